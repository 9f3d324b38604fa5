"""Texts that GL608 must and must not report."""

_ROW = "from dataclasses import dataclass\n@dataclass\nclass Row:\n    a: int\n    b: str = ''\n"
_OLD = "import attr\n@attr.s\nclass Row:\n    a = attr.ib()\n"

BAD = {
    "list comprehension": (_ROW + "rows = [Row(x) for x in rows]\n", [2]),
    "set comprehension": (_ROW + "rows = {Row(x) for x in rows}\n", [2]),
    "dict comprehension": (_ROW + "rows = {x: Row(x) for x in rows}\n", [2]),
    "generator into a tuple": (_ROW + "rows = tuple(Row(x) for x in rows)\n", [2]),
    "generator into sorted": (_ROW + "rows = sorted(Row(x) for x in rows)\n", [2]),
    "append": (_ROW + "def f(rows, out):\n    for x in rows:\n        out.append(Row(x))\n", [2]),
    "append by a name": (
        _ROW + "def f(rows, out):\n    for x in rows:\n        r = Row(x)\n        r.b = 'c'\n        out.append(r)\n",
        [2],
    ),
    "add": (_ROW + "def f(rows, out):\n    for x in rows:\n        out.add(Row(x))\n", [2]),
    "subscript": (_ROW + "def f(rows, out):\n    for x in rows:\n        out[x] = Row(x)\n", [2]),
    "attribute of the instance": (
        _ROW + "class T:\n    def f(self, rows):\n        for x in rows:\n            self.rows.append(Row(x))\n",
        [2],
    ),
    "pairs": (_ROW + "rows = [(x, Row(x)) for x in rows]\n", [2]),
    "setdefault": (_ROW + "def f(rows, out):\n    for x in rows:\n        out.setdefault(x, Row(x))\n", [2]),
    "async for": (_ROW + "async def f(rows, out):\n    async for x in rows:\n        out.append(Row(x))\n", [2]),
    "nested loops": (_ROW + "def f(m):\n    return [[Row(x) for x in line] for line in lines]\n", [2]),
    "frozen": (
        "import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass P:\n    x: int\nps = [P(i) for i in range(n)]\n",
        [2],
    ),
    "empty parentheses": (
        "from dataclasses import dataclass\n@dataclass()\nclass P:\n    x: int\nps = [P(i) for i in range(n)]\n",
        [2],
    ),
    "another name": ("from dataclasses import dataclass as dc\n@dc\nclass P:\n    x: int\nps = [P(i) for i in rows]\n", [2]),
    "attrs": (_OLD + "rows = [Row(x) for x in rows]\n", [2]),
    "attrs with annotations": (
        "import attr\n@attr.s(auto_attribs=True)\nclass P:\n    x: int\ndef f(rows, out):\n    for x in rows:\n"
        "        out.append(P(x))\n",
        [2],
    ),
    "attr.dataclass": ("import attr\n@attr.dataclass\nclass P:\n    x: int\nps = [P(x) for x in rows]\n", [2]),
    "with methods": (
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    def up(self):\n"
        "        self.x += 1\nps = [P(x) for x in rows]\n",
        [2],
    ),
    "another decorator": (
        "from dataclasses import dataclass\nfrom functools import total_ordering\n@total_ordering\n"
        "@dataclass\nclass P:\n    x: int\n"
        "ps = [P(x) for x in rows]\n",
        [4],
    ),
    "arguments over lines": (
        "from dataclasses import dataclass\n@dataclass(\n    order=True,\n    frozen=True,\n)\nclass P:\n"
        "    x: int\nps = [P(x) for x in rows]\n",
        [2],
    ),
    "object as base": (
        "from dataclasses import dataclass\n@dataclass\nclass P(object):\n    x: int\nps = [P(x) for x in rows]\n",
        [2],
    ),
    "made before its class stands in the file": (
        "from dataclasses import dataclass\ndef f(rows):\n    return [P(x) for x in rows]\n@dataclass\nclass P:\n    x: int\n",
        [4],
    ),
    "a variable for init only": (
        "from dataclasses import InitVar, dataclass\n@dataclass\nclass P:\n    x: int\n    y: InitVar[int]\n"
        "ps = [P(x, x) for x in rows]\n",
        [2],
    ),
}

PEDANTIC = {
    "made for each of something": (_ROW + "found = [Row(x) for x in xs]\n", [2]),
    "made once": (_ROW + "row = Row(1)\n", [2]),
    "made nowhere in the file": (_ROW, [2]),
    "a base": ("from dataclasses import dataclass\n@dataclass\nclass P(Q):\n    x: int\nps = [P(x) for x in rows]\n", [2]),
    "a base of others": (_ROW + "class R(Row):\n    pass\nrows = [Row(x) for x in rows]\n", [2]),
    "a text with a dict": ("class Name(str):\n    def up(self):\n        return 1\n", [1]),
    "a tuple with a dict": ("class Pair(tuple):\n    pass\n", [1]),
    "a named tuple with a dict": ("from collections import namedtuple\nclass P(namedtuple('P', 'x y')):\n    pass\n", [2]),
    "a cached property": (
        "from dataclasses import dataclass\nfrom functools import cached_property\n@dataclass\nclass P:\n    x: int\n"
        "    @cached_property\n    def y(self):\n        return 1\nps = [P(x) for x in rows]\n",
        [3],
    ),
    "an attribute that is no field": (
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    def __post_init__(self):\n"
        "        self.y = 1\n"
        "ps = [P(x) for x in rows]\n",
        [2],
    ),
    "super": (
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    def __repr__(self):\n"
        "        return super().__repr__()\n"
        "ps = [P(x) for x in rows]\n",
        [2],
    ),
}

GOOD = {
    "slots": "from dataclasses import dataclass\n@dataclass(slots=True)\nclass P:\n    x: int\nps = [P(x) for x in rows]\n",
    "said no": "from dataclasses import dataclass\n@dataclass(slots=False)\nclass P:\n    x: int\nps = [P(x) for x in rows]\n",
    "slots by hand": "from dataclasses import dataclass\n@dataclass\nclass P:\n    __slots__ = ('x',)\n    x: int\n"
    "ps = [P(x) for x in rows]\n",
    "define": "import attrs\n@attrs.define\nclass P:\n    x: int\nps = [P(x) for x in rows]\n",
    "frozen of attrs": "from attrs import frozen\n@frozen\nclass P:\n    x: int\nps = [P(x) for x in rows]\n",
    "a plain class": "class P:\n    def __init__(self, x):\n        self.x = x\nps = [P(x) for x in rows]\n",
    "a typed named tuple": "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\nps = [P(x) for x in rows]\n",
    "a named tuple": "from collections import namedtuple\nP = namedtuple('P', 'x')\nps = [P(x) for x in rows]\n",
    "an enumeration of texts": "from enum import Enum\nclass P(str, Enum):\n    a = 'a'\n",
    "a text with slots": "class P(str):\n    __slots__ = ()\n",
    "made once": _ROW + "row = Row(1)\n",
    "made for a short literal": _ROW + "rows = [Row(x) for x in (1, 2, 3)]\n",
    "made for three turns": _ROW + "rows = [Row(x) for x in range(3)]\n",
    "used at once": _ROW + "def f(rows):\n    for x in rows:\n        send(Row(x))\n",
    "yielded": _ROW + "def f(rows):\n    for x in rows:\n        yield Row(x)\n",
    "summed": _ROW + "n = sum(Row(x).a for x in rows)\n",
    "returned at the first": _ROW + "def f(rows):\n    for x in rows:\n        return [Row(x)]\n",
    "one key": _ROW + "def f(xs, d):\n    for x in rows:\n        d['last'] = Row(x)\n",
    "a while loop of events": _ROW + "def f(out):\n    while True:\n        out.append(Row(read()))\n",
    "own decorator": "from mine import dataclass\n@dataclass\nclass P:\n    x: int\nps = [P(x) for x in rows]\n",
    "options unknown": "from dataclasses import dataclass\n@dataclass(**options)\nclass P:\n    x: int\n"
    "ps = [P(x) for x in rows]\n",
    "reads its dict": "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    def d(self):\n"
    "        return self.__dict__\nps = [P(x) for x in rows]\n",
    "vars": "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    def d(self):\n"
    "        return vars(self)\nps = [P(x) for x in rows]\n",
    "a metaclass": "from dataclasses import dataclass\n@dataclass\nclass P(metaclass=M):\n    x: int\n"
    "ps = [P(x) for x in rows]\n",
    "a registering decorator": "from dataclasses import dataclass\n@register\n@dataclass\nclass P:\n    x: int\n"
    "ps = [P(x) for x in rows]\n",
    "set past freezing": "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass P:\n    x: int\n"
    "    def __post_init__(self):\n"
    "        object.__setattr__(self, 'y', 1)\nps = [P(x) for x in rows]\n",
}
