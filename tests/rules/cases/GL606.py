"""Texts that GL606 must and must not report."""

_HEAD = "import functools\nfrom functools import cache, lru_cache\n"
_MANY = "def g(xs):\n    return [A(x) for x in xs]\n"


def _method(decorator: str, signature: str = "self", base: str = "") -> str:
    return f"{_HEAD}class A{base}:\n    @{decorator}\n    def f({signature}):\n        return 1\n"


BAD = {
    "cache": (_method("cache") + _MANY, [4]),
    "cache of the module": (_method("functools.cache") + _MANY, [4]),
    "lru_cache": (_method("lru_cache") + _MANY, [4]),
    "lru_cache called": (_method("lru_cache()") + _MANY, [4]),
    "lru_cache without limit": (_method("lru_cache(maxsize=None)") + _MANY, [4]),
    "lru_cache with a limit": (_method("lru_cache(maxsize=500)") + _MANY, [4]),
    "lru_cache with a named limit": (_method("lru_cache(LIMIT)") + _MANY, [4]),
    "with more arguments": (_method("cache", "self, a, b=1") + _MANY, [4]),
    "positional-only": (_method("cache", "self, /, a") + _MANY, [4]),
    "with another name for self": (_method("cache", "this") + _MANY, [4]),
    "with a base": (_method("cache", base="(B)") + _MANY, [4]),
    "alias": ("from functools import cache as memo\nclass A:\n    @memo\n    def f(self):\n        return 1\n" + _MANY, [3]),
    "below property": (_HEAD + "class A:\n    @property\n    @cache\n    def f(self):\n        return 1\n" + _MANY, [5]),
    "made in a for loop": (_method("cache") + "for x in xs:\n    use(A(x))\n", [4]),
    "made in a while loop": (_method("cache") + "while xs:\n    use(A(xs.pop()))\n", [4]),
    "made in a set": (_method("cache") + "x = {A(y) for y in ys}\n", [4]),
    "made in a generator": (_method("cache") + "x = tuple(A(y) for y in ys)\n", [4]),
    "made through its module": (_method("cache") + "import m\nx = [m.A(y) for y in ys]\n", [4]),
    "made in its own class": (
        _method("cache") + "    @classmethod\n    def many(cls, xs):\n        return [A(x) for x in xs]\n",
        [4],
    ),
    "two methods": (_method("cache") + "    @cache\n    def h(self):\n        return 2\n" + _MANY, [4, 7]),
    "a class in a function": (
        _HEAD + "def k(xs):\n    class A:\n        @cache\n        def f(self):\n            return 1\n"
        "    return [A(x) for x in xs]\n",
        [5],
    ),
}

GOOD = {
    "cached_property": _method("functools.cached_property") + _MANY,
    "there may be one": _method("cache"),
    "there is one": _method("cache") + "a = A()\n",
    "made in a function once": _method("cache") + "def g():\n    return A()\n",
    "no cache": _method("wraps(h)") + _MANY,
    "a static method": _HEAD + "class A:\n    @staticmethod\n    @cache\n    def f(x):\n        return 1\n" + _MANY,
    "a class method": _HEAD + "class A:\n    @classmethod\n    @cache\n    def f(cls):\n        return 1\n" + _MANY,
    "an enumeration": _HEAD + "import enum\nclass A(enum.Enum):\n    @cache\n    def f(self):\n        return 1\n" + _MANY,
    "an enumeration, imported": _HEAD + "from enum import IntEnum\nclass A(IntEnum):\n    @cache\n"
    "    def f(self):\n        return 1\n" + _MANY,
    "cleared": _method("cache") + "    def close(self):\n        self.f.cache_clear()\n" + _MANY,
    "cleared through the class": _method("cache") + "A.f.cache_clear()\n" + _MANY,
    "a function": _HEAD + "@cache\ndef f(self):\n    return 1\n",
    "a function in a method": _HEAD + "class A:\n    def f(self):\n        @cache\n        def h(x):\n"
    "            return 1\n        return h\n" + _MANY,
    "no parameters": _HEAD + "class A:\n    @cache\n    def f():\n        return 1\n" + _MANY,
    "keeps nothing": _method("lru_cache(maxsize=0)") + _MANY,
    "another cache": "from cachetools import cache\nclass A:\n    @cache\n    def f(self):\n        return 1\n" + _MANY,
    "own cache": _HEAD.replace("cache, ", "") + "def cache(f):\n    return f\nclass A:\n    @cache\n"
    "    def f(self):\n        return 1\n" + _MANY,
    "another class in the loop": _method("cache") + "x = [B(y) for y in ys]\n",
    "a plain method": _HEAD + "class A:\n    def f(self):\n        return 1\n" + _MANY,
    "a coroutine, whose result cannot be kept": _HEAD + "class A:\n    @cache\n    async def f(self):\n"
    "        return 1\n" + _MANY,
}

PEDANTIC = {
    "@functools.lru_cache(maxsize=10) in a method": (
        ("import functools\nclass A:\n    @functools.lru_cache(maxsize=10)\n    def m(self, x):\n        return x\n"),
        [3],
    ),
    "@cache in a method": ("from functools import cache\nclass A:\n    @cache\n    def m(self): pass\n", [3]),
    "@lru_cache() in a method": (
        ("from functools import lru_cache\nclass A:\n    @lru_cache()\n    def m(self, a, b): return a\n"),
        [3],
    ),
    "@lru_cache(maxsize=None) in a method": (
        ("from functools import lru_cache\nclass A:\n    @property\n    @lru_cache(maxsize=None)\n    def m(self): return 1\n"),
        [4],
    ),
    "@c in a method": (("from functools import lru_cache as c\nclass A:\n    @c\n    async def m(self): return 1\n"), [3]),
    "@functools.cache in a method": (
        (
            "import functools\nclass A:\n    @functools.cache\n    def m(self):\n        return 1\n"
            "    def x(self):\n        self.m.cache_clear()\n"
        ),
        [3],
    ),
    "@lru_cache(None) in a method": (
        (
            "from functools import lru_cache\nclass Outer:\n    class Inner:\n        @lru_cache(None)\n"
            "        def m(self, y): ...\n"
        ),
        [4],
    ),
    "under a condition of the class": (
        "from functools import cache\nclass A:\n    if X:\n        @cache\n        def m(self): pass\n",
        [4],
    ),
    "under another name": (
        "from functools import lru_cache\nkept = lru_cache(maxsize=None)\nclass A:\n    @kept\n    def m(self): pass\n",
        [4],
    ),
    "put around a method": (
        "from functools import lru_cache\nclass A:\n    def m(self): pass\n    kept = lru_cache(maxsize=9)(m)\n",
        [4],
    ),
    "put around a lambda": ("from functools import cache\nclass A:\n    m = cache(lambda self: 1)\n", [3]),
    "async_lru": ("from async_lru import alru_cache\nclass A:\n    @alru_cache\n    async def m(self): pass\n", [3]),
    "cachetools": ("from cachetools import cached\nclass A:\n    @cached(cache={})\n    def m(self): pass\n", [3]),
    "cachetools.func": (
        "import cachetools.func\nclass A:\n    @cachetools.func.ttl_cache(ttl=9)\n    def m(self): pass\n",
        [3],
    ),
}

SILENT = {
    "a key of its own": "from cachetools import cached, keys\nclass A:\n    @cached({}, key=keys.methodkey)\n"
    "    def m(self): pass\n",
    "of the class": "from functools import cache\nclass A:\n    @cache\n    def __new__(cls): pass\n",
    "a cache in the object": "import operator, cachetools\nclass A:\n    @cachetools.cachedmethod(operator.attrgetter('c'))\n"
    "    def m(self): pass\n",
    "put around a function": "from functools import cache\ndef f(x): pass\nclass A:\n    kept = cache(f)\n",
    "a cache per object": "from functools import cache\nclass A:\n    def __init__(self):\n        self.m = cache(self.n)\n",
    "static under a condition": "from functools import cache\nclass A:\n    if X:\n        @staticmethod\n        @cache\n"
    "        def m(x): pass\n",
    "not of the class": "from functools import cache\nif X:\n    @cache\n    def m(self): pass\n",
}
