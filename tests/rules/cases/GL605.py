"""Texts that GL605 must and must not report."""

_HEAD = "import functools\nfrom functools import cache, lru_cache\n"

BAD = {
    "lru_cache without limit by keyword": (_HEAD + "@lru_cache(maxsize=None)\ndef f(url: float):\n    return url\n", [3]),
    "lru_cache without limit by position": (_HEAD + "@lru_cache(None)\ndef f(at: float):\n    return at\n", [3]),
    "cache": (_HEAD + "@cache\ndef f(line: float):\n    return line\n", [3]),
    "qualified": (_HEAD + "@functools.cache\ndef f(query: float):\n    return query\n", [3]),
    "alias of the module": ("import functools as ft\n@ft.cache\ndef f(sql: float):\n    return sql\n", [2]),
    "alias of the function": ("from functools import cache as memo\n@memo\ndef f(body: float):\n    return body\n", [2]),
    "limit and types": (_HEAD + "@lru_cache(maxsize=None, typed=True)\ndef f(message: float):\n    return message\n", [3]),
    "floats": (_HEAD + "@cache\ndef f(a: float, b: float):\n    return a + b\n", [3]),
    "decimals": (_HEAD + "from decimal import Decimal\n@cache\ndef f(key: Decimal):\n    return key\n", [4]),
    "optional floats": (_HEAD + "@cache\ndef f(key: float | None = None):\n    return key\n", [3]),
    "annotation in quotes": (_HEAD + "@cache\ndef f(key: 'float'):\n    return key\n", [3]),
    "typing.Optional": (_HEAD + "from typing import Optional\n@cache\ndef f(x: Optional[float]):\n    return x\n", [4]),
    "a moment": (_HEAD + "import datetime\n@cache\ndef f(at: datetime.datetime):\n    return at\n", [4]),
    "a function": (
        _HEAD + "from collections.abc import Callable\n@cache\ndef f(g: Callable[..., int], n: bool):\n    return g\n",
        [4],
    ),
    "keyword-only": (_HEAD + "@cache\ndef f(*, email: float):\n    return email\n", [3]),
    "positional-only": (_HEAD + "@cache\ndef f(word: float, /):\n    return word\n", [3]),
    "second parameter": (_HEAD + "@cache\ndef f(kind, username: float = 0.0):\n    return kind\n", [3]),
    "private name": (_HEAD + "@cache\ndef f(_token: complex):\n    return _token\n", [3]),
    "static method": (
        _HEAD + "class A:\n    @staticmethod\n    @cache\n    def f(document: float):\n        return document\n",
        [5],
    ),
    "class method": (_HEAD + "class A:\n    @classmethod\n    @cache\n    def f(cls, at: float):\n        return at\n", [5]),
    "below another decorator": (_HEAD + "@traced\n@cache\ndef f(uri: float):\n    return uri\n", [4]),
    "coroutine": (_HEAD + "@cache\nasync def f(address: float):\n    return address\n", [3]),
    "another cache is cleared": (
        _HEAD + "@cache\ndef f(url: float):\n    return url\n\n@cache\ndef g():\n    pass\n\ng.cache_clear()\n",
        [3],
    ),
    "around a function": (
        "import functools\ndef _area(width: float):\n    return width**2\narea = functools.lru_cache(maxsize=None)(_area)\n",
        [4],
    ),
    "around a function, without a word": (
        "from functools import cache, lru_cache\ndef _area(width: float):\n    return width**2\narea = cache(_area)\n",
        [4],
    ),
}

GOOD = {
    "a limit": _HEAD + "@lru_cache(maxsize=100)\ndef f(url):\n    return url\n",
    "the default limit": _HEAD + "@lru_cache\ndef f(url):\n    return url\n",
    "the default limit, called": _HEAD + "@lru_cache()\ndef f(url):\n    return url\n",
    "a limit by name": _HEAD + "@lru_cache(LIMIT)\ndef f(url):\n    return url\n",
    "no parameters": _HEAD + "@cache\ndef f():\n    return 1\n",
    "a flag": _HEAD + "@cache\ndef f(message: bool):\n    return 1\n",
    "a class": _HEAD + "@cache\ndef f(request: type):\n    return 1\n",
    "a literal type": _HEAD + "from typing import Literal\n@cache\ndef f(text: Literal['a', 'b']):\n    return 1\n",
    "few locales": _HEAD + "@cache\ndef f(locale: str):\n    return 1\n",
    "a name": _HEAD + "@cache\ndef f(name):\n    return 1\n",
    "numbers by position": _HEAD + "@cache\ndef f(n: int):\n    return 1\n",
    "a number for a name that sounds open": _HEAD + "@cache\ndef f(line: int):\n    return 1\n",
    "recursive": _HEAD + "@cache\ndef f(text):\n    return text and f(text[1:])\n",
    "cleared": _HEAD + "@cache\ndef f(url):\n    return 1\n\ndef reset():\n    f.cache_clear()\n",
    "cleared through its module": _HEAD + "@cache\ndef f(url):\n    return 1\n\nimport m\nm.f.cache_clear()\n",
    "a method, which GL606 is about": _HEAD + "class A:\n    @cache\n    def f(self, url):\n        return 1\n",
    "inside a function, and gone with it": _HEAD
    + "def g(urls):\n    @cache\n    def f(url):\n        return 1\n    return [f(u) for u in urls]\n",
    "another cache": "from cachetools import cache\n@cache\ndef f(url):\n    return 1\n",
    "own decorator": "import functools\ndef cache(f):\n    return f\n\n@cache\ndef f(url):\n    return 1\n",
    "no decorator": _HEAD + "def f(url):\n    return 1\n",
    "property of a class": _HEAD + "class A:\n    @functools.cached_property\n    def url(self):\n        return 1\n",
    "wraps": _HEAD + "@functools.wraps(g)\ndef f(url):\n    return 1\n",
    "only the instance": _HEAD + "class A:\n    @classmethod\n    @cache\n    def f(cls):\n        return 1\n",
    "only the name says that it is open": _HEAD + "@cache\ndef f(url: str):\n    return 1\n",
    "any arguments, most of them few": _HEAD + "@cache\ndef f(*args, **more):\n    return 1\n",
    "broken annotation": _HEAD + "@cache\ndef f(x: 'a b'):\n    return 1\n",
    "around a function, with a limit": "import functools\ndef f(x: float):\n    pass\ng = functools.lru_cache(maxsize=9)(f)\n",
    "around a function, emptied": "import functools\ndef f(x: float):\n    pass\ng = functools.cache(f)\n"
    "def reset():\n    g.cache_clear()\n",
    "a cache of this file": "def cache(f):\n    return f\ng = cache(len)\n",
}

PEDANTIC = {
    "@cache": ("from functools import cache\n@cache\ndef f():\n    print('a')\n", [2]),
    "@lru_cache(maxsize=None)": ("from functools import lru_cache\n@lru_cache(maxsize=None)\ndef f(x):\n    return x\n", [2]),
    "@functools.cache": ("import functools\n@functools.cache\ndef f(a, b):\n    return a\n", [2]),
    "@cache in a method": ("from functools import cache\nclass A:\n    @cache\n    def m(self):\n        return 1\n", [3]),
    "@lru_cache(None)": (
        (
            "from functools import lru_cache\n@lru_cache(None)\ndef fib(n):\n"
            "    return n if n < 2 else fib(n - 1) + fib(n - 2)\n"
        ),
        [2],
    ),
    "@cache, case 2": (
        ("from functools import cache\ndef outer():\n    @cache\n    def inner(x): return x\n    return inner\n"),
        [3],
    ),
    "@ft.lru_cache(maxsize=None)": ("import functools as ft\n@ft.lru_cache(maxsize=None)\nasync def f(flag: bool): ...\n", [2]),
    "@cache, case 3": (
        ("from functools import cache\nclass A:\n    @staticmethod\n    @cache\n    def m(x):\n        return 1\n"),
        [4],
    ),
    "@cache, case 4": ("from functools import cache\n@cache\ndef f(x):\n    return x\nf.cache_clear()\n", [2]),
    "around a function from elsewhere": ("from functools import lru_cache\nfrom m import f\ng = lru_cache(None)(f)\n", [3]),
    "around a lambda": ("import functools\ng = functools.cache(lambda x: x + 1)\n", [2]),
    "around a method of one object": (
        "import functools\nclass A:\n    def __init__(self):\n        self.f = functools.cache(self.load)\n",
        [4],
    ),
}

SILENT = {
    "a method of an enumeration": "import functools\nfrom enum import Enum\nclass A(Enum):\n    X = 1\n    @functools.cache\n"
    "    def text(self):\n        return self.name\n",
}
