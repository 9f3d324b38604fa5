"""Texts that GL618 must and must not report."""

BAD = {
    "get": ("class A:\n    def get_x(self):\n        return self.x\n", [2]),
    "get of a private one": ("class A:\n    def get_x(self):\n        return self._x\n", [2]),
    "get of a mangled one": ("class A:\n    def get_x(self):\n        return self.__x\n", [2]),
    "set": ("class A:\n    def set_x(self, x):\n        self.x = x\n", [2]),
    "set by another name": ("class A:\n    def set_x(self, value):\n        self._x = value\n", [2]),
    "both": (
        "class A:\n    def get_x(self):\n        return self._x\n    def set_x(self, v):\n        self._x = v\n",
        [2, 4],
    ),
    "camel case": ("class A:\n    def getName(self):\n        return self.name\n", [2]),
    "camel case of more words": ("class A:\n    def getFullName(self):\n        return self._full_name\n", [2]),
    "camel case, set": ("class A:\n    def setName(self, name):\n        self.name = name\n", [2]),
    "a docstring": ('class A:\n    def get_x(self):\n        """The x."""\n        return self.x\n', [2]),
    "annotations": ("class A:\n    def get_x(self) -> int:\n        return self.x\n", [2]),
    "annotations, set": ("class A:\n    def set_x(self, x: int) -> None:\n        self.x = x\n", [2]),
    "an attribute of several words": ("class A:\n    def get_full_name(self):\n        return self.full_name\n", [2]),
    "another name of the object": ("class A:\n    def get_x(this):\n        return this.x\n", [2]),
    "in a nested class": ("class A:\n    class B:\n        def get_x(self):\n            return self.x\n", [3]),
    "in a class in a function": (
        "def f():\n    class B:\n        def get_x(self):\n            return self.x\n    return B\n",
        [3],
    ),
    "in a generic class": ("class A():\n    def get_x(self):\n        return self.x\n", [2]),
    "under a comment": ("class A:\n    # plain\n    def get_x(self):\n        return self.x  # all\n", [3]),
    "only by place": ("class A:\n    def get_x(self, /):\n        return self.x\n", [2]),
    "on one line": ("class A:\n    def get_x(self): return self.x\n", [2]),
    "of another script": ("class A:\n    def get_größe(self):\n        return self._größe\n", [2]),
    "beside others": (
        "class A:\n    y = 1\n    def f(self):\n        return 1\n    def get_y(self):\n        return self.y\n",
        [5],
    ),
}

PEDANTIC = {
    "a property": ("class A:\n    @property\n    def x(self):\n        return self._x\n", [3]),
    "a property with a setter": (
        "class A:\n    @property\n    def x(self):\n        return self._x\n    @x.setter\n"
        "    def x(self, v):\n        self._x = v\n",
        [3, 6],
    ),
    "with a base": ("class A(B):\n    def get_x(self):\n        return self.x\n", [2]),
    "another name": ("class A:\n    def size(self):\n        return self._n\n", [2]),
    "a name of another attribute": ("class A:\n    def get_x(self):\n        return self.y\n", [2]),
}

GOOD = {
    "it computes": "class A:\n    def get_x(self):\n        return self.x + 1\n",
    "it calls": "class A:\n    def get_x(self):\n        return self.x()\n",
    "it copies": "class A:\n    def get_x(self):\n        return list(self.x)\n",
    "it goes deeper": "class A:\n    def get_x(self):\n        return self.a.x\n",
    "it checks": "class A:\n    def set_x(self, x):\n        if x < 0:\n            raise ValueError\n        self.x = x\n",
    "it converts": "class A:\n    def set_x(self, x):\n        self.x = int(x)\n",
    "it says so": "class A:\n    def set_x(self, x):\n        self.x = x\n        self.changed()\n",
    "it chains": "class A:\n    def set_x(self, x):\n        self.x = x\n        return self\n",
    "it loads at need": "class A:\n    def get_x(self):\n        if self.x is None:\n            self.x = load()\n"
    "        return self.x\n",
    "an argument": "class A:\n    def get_x(self, k):\n        return self.x\n",
    "a default": "class A:\n    def set_x(self, x=None):\n        self.x = x\n",
    "arguments": "class A:\n    def get_x(self, *a, **k):\n        return self.x\n",
    "a special method": "class A:\n    def __enter__(self):\n        return self.x\n",
    "abstract": "import abc\nclass A:\n    @abc.abstractmethod\n    def get_x(self):\n        return self.x\n",
    "a class method": "class A:\n    @classmethod\n    def get_x(cls):\n        return cls.x\n",
    "a static method": "class A:\n    @staticmethod\n    def get_x(a):\n        return a.x\n",
    "registered": "class A:\n    @app.route('/')\n    def get_x(self):\n        return self.x\n",
    "a coroutine": "class A:\n    async def get_x(self):\n        return self.x\n",
    "a function": "def get_x(a):\n    return a.x\n",
    "of another object": "class A:\n    def get_x(self):\n        return other.x\n",
    "the object": "class A:\n    def get_x(self):\n        return self\n",
    "a constant": "class A:\n    def set_x(self, x):\n        self.x = None\n",
    "two targets": "class A:\n    def set_x(self, x):\n        self.x = self.y = x\n",
    "nothing": "class A:\n    def get_x(self):\n        return\n",
    "cached": "from functools import cached_property\nclass A:\n    @cached_property\n    def get_x(self):\n"
    "        return self.x\n",
    "a function in a method": "class A:\n    def f(self):\n        def get_x(o):\n            return o.x\n",
    "a lambda": "class A:\n    get_x = lambda self: self.x\n",
}

PEDANTIC |= {
    "a default": ("class A:\n    def set_x(self, x=None):\n        self.x = x\n", [2]),
}
