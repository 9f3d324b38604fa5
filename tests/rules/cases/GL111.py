"""Definitions that a later one replaces before anything uses them."""

BAD = {
    "functions of a module": ("def f():\n    return 1\n\n\ndef f():\n    return 2\n", [1]),
    "coroutines": ("async def f():\n    return 1\n\n\nasync def f():\n    return 2\n", [1]),
    "a function and a class": ("def f():\n    return 1\n\n\nclass f:\n    pass\n", [1]),
    "classes": ("class A:\n    pass\n\n\nclass A:\n    x = 1\n", [1]),
    "methods": ("class A:\n    def f(self):\n        return 1\n\n    def f(self):\n        return 2\n", [2]),
    "tests": ("def test_a():\n    assert 1\n\n\ndef test_a():\n    assert 2\n", [1]),
    "tests of a class": (
        "class TestA:\n    def test_a(self):\n        assert 1\n\n    def test_a(self):\n        assert 2\n",
        [2],
    ),
    "nested functions": ("def g():\n    def f():\n        return 1\n    def f():\n        return 2\n    return f\n", [2]),
    "nested classes": ("class B:\n    class A:\n        pass\n\n    class A:\n        x = 1\n", [2]),
    "three times": ("def f():\n    return 1\ndef f():\n    return 2\ndef f():\n    return 3\n", [1, 3]),
    "far apart": ("def f():\n    return 1\n\n\ndef g():\n    return 3\n\n\ndef f():\n    return 2\n\n\nf()\n", [1]),
    "used afterwards": ("def f():\n    return 1\n\n\ndef f():\n    return 2\n\n\nprint(f())\n", [1]),
    "used before": ("f = 1\nprint(f)\ndef f():\n    return 1\ndef f():\n    return 2\n", [3]),
    "with a plain decorator": ("@cache\ndef f():\n    return 1\n\n\n@cache\ndef f():\n    return 2\n", [2]),
    "static methods": (
        "class A:\n    @staticmethod\n    def f():\n        return 1\n\n    @staticmethod\n    def f():\n        return 2\n",
        [3],
    ),
    "one with a decorator": ("def f():\n    return 1\n\n\n@cache\ndef f():\n    return 2\n", [1]),
    "data classes": ("@dataclass\nclass A:\n    x: int\n\n\n@dataclass\nclass A:\n    y: int\n", [2]),
    "private ones": ("def _f():\n    return 1\n\n\ndef _f():\n    return 2\n", [1]),
    "with other parameters": ("def f(a):\n    return 1\n\n\ndef f(a, b=2):\n    return 2\n", [1]),
    "special methods": (
        "class A:\n    def __len__(self):\n        return 1\n\n    def __len__(self):\n        return 2\n",
        [2],
    ),
    "skipped tests": ("@skip\ndef test_a():\n    assert 1\n\n\ndef test_a():\n    assert 2\n", [2]),
    "in a class inside a function": (
        "def g():\n    class A:\n        def f(self): return 1\n        def f(self): return 2\n    return A\n",
        [3],
    ),
}

GOOD = {
    "used between": "def f():\n    return 1\n\n\nprint(f())\n\n\ndef f():\n    return 2\n",
    "kept under another name": "def f():\n    return 1\n\n\nold = f\n\n\ndef f():\n    return old()\n",
    "used by a function between": "def f():\n    return 1\n\n\ndef g():\n    return f()\n\n\ndef f():\n    return 2\n",
    "itself": "def f():\n    return f()\n\n\ndef f():\n    return 2\n",
    "a default": "def f():\n    return 1\n\n\ndef f(old=f):\n    return old()\n",
    "a decorator": "def f(x):\n    return 1\n\n\n@f\ndef f():\n    return 2\n",
    "a base": "class A:\n    pass\n\n\nclass A(A):\n    pass\n",
    "an annotation": "class A:\n    pass\n\n\ndef A(x: A):\n    return x\n",
    "a setter": "class A:\n    @property\n    def x(self): return 1\n    @x.setter\n    def x(self, v): pass\n",
    "an overload": "@overload\ndef f(x: int) -> int: ...\n@overload\ndef f(x: str) -> str: ...\ndef f(x): return x\n",
    "registered": "@app.route('/a')\ndef f(): return 1\n@app.route('/b')\ndef f(): return 2\n",
    "dispatched": "@g.register\ndef _(x: int): return 1\n@g.register\ndef _(x: str): return 2\n",
    "underscores": "def _(): return 1\ndef _(): return 2\n",
    "one or the other": "if a:\n    def f(): return 1\nelse:\n    def f(): return 2\n",
    "a guarded one": "def f(): return 1\ntry:\n    def f(): return 2\nexcept ValueError:\n    pass\n",
    "another scope": "def f(): return 1\nclass A:\n    def f(self): return 2\n",
    "two classes": "class A:\n    def f(self): return 1\nclass B:\n    def f(self): return 2\n",
    "given away": "def f(): return 1\nf = wrap(f)\ndef f(): return 2\n",
    "collected by locals": "def f(): return 1\nall = locals()\ndef f(): return 2\n",
    "a fixture": "@pytest.fixture\ndef f(): return 1\n@pytest.fixture\ndef f(): return 2\n",
    "an attribute of that name between": "class A:\n    def f(self): return 1\n    g = B.f\n    def f(self): return 2\n",
    "deleted between": "def f(): return 1\ndel f\ndef f(): return 2\n",
    "conditional properties": "class A:\n    @cached_property\n    def f(self): return 1\n"
    "    @f.getter\n    def f(self): return 2\n",
}

PEDANTIC = {
    "import os": ("import os\nimport os\n", [2]),
    "from c import b": ("from a import b\nfrom c import b\n", [2]),
    "def os(): pass": ("import os\ndef os(): pass\n", [2]),
    "class os: pass": ("import os\nclass os: pass\n", [2]),
    "from a import b, b": ("from a import b, b\n", [1]),
    "def f(): pass in a function": ("def f(): pass\n@deco\ndef f(): pass\n", [3]),
    "import os, case 2": ("import os\ndef g():\n    import os\n    return os\n", [3]),
    "import b as x": ("import a as x\nimport b as x\n", [2]),
    "def m(self): pass in a method": (
        "class A:\n    @property\n    def m(self): pass\n    @property\n    def m(self): pass\n",
        [5],
    ),
    "in a branch": (
        "if x:\n    def f():\n        return 1\n\n    def f():\n        return 2\nelse:\n    def f():\n        return 3\n",
        [5],
    ),
}
