"""List comprehensions that a loop walks."""


def loop(walked: str, body: str = "print(x)", head: str = "def f(n, rows):") -> str:
    return f"{head}\n    for x in {walked}:\n        {body}\n"


BAD = {
    "squares": (loop("[i * i for i in range(n)]"), [2]),
    "an attribute of each": (loop("[r.name for r in rows]"), [2]),
    "with a condition": (loop("[r for r in rows if r.ok]"), [2]),
    "a part of each": (loop("[r[0] for r in rows]"), [2]),
    "a method that looks": (loop("[r.lower() for r in rows]"), [2]),
    "counted": (loop("enumerate([r.name for r in rows])"), [2]),
    "counted from one": (loop("enumerate([r.name for r in rows], 1)"), [2]),
    "beside another": (loop("zip(rows, [r.name for r in rows])"), [2]),
    "mapped": (loop("map(str, [r.name for r in rows])"), [2]),
    "filtered": (loop("filter(None, [r.name for r in rows])"), [2]),
    "two loops in it": (loop("[(r, i) for r in rows for i in range(n)]"), [2]),
    "collected": (loop("[r.name for r in rows]", "out.append(x)", "def f(rows, out):"), [2]),
    "ends early": (loop("[r.name for r in rows]", "return x"), [2]),
    "with an else": (loop("[r.name for r in rows]") + "    else:\n        print(1)\n", [2]),
    "at the level of the module": ("import sys\nfor x in [i * 2 for i in range(len(sys.argv))]:\n    print(x)\n", [2]),
    "in a coroutine": (loop("[i + 1 for i in range(n)]", head="async def f(n):"), [2]),
    "in a method": ("class A:\n    def f(self, rows):\n        for x in [r.name for r in rows]:\n            print(x)\n", [3]),
    "tuples": (loop("[(r.a, r.b) for r in rows]"), [2]),
    "a sum of two": (loop("[r + n for r in rows]"), [2]),
    "in a while loop": (
        "def f(rows, n):\n    while n:\n        for x in [r.name for r in rows]:\n            print(x)\n        n -= 1\n",
        [3],
    ),
    "on two lines": ("def f(rows):\n    for x in [\n        r.name for r in rows\n    ]:\n        print(x)\n", [2]),
}

PEDANTIC = {
    "over a short range": (loop("[i * i for i in range(5)]"), [2]),
    "a part of each item": (loop("[c for r in rows for c in r.cells]"), [2]),
    "elements of unknown code": (loop("[load(r) for r in rows]"), [2]),
    "the loop stores into objects": (loop("[r.name for r in rows]", "x.y = 1"), [2]),
    "the loop waits": (loop("[r.name for r in rows]", "await x", "async def f(rows):"), [2]),
    "in another comprehension": ("def f(zs):\n    return [c for c in [str(y) for y in zs]]\n", [2]),
}

GOOD = {
    "round brackets": loop("(r.name for r in rows)"),
    "the list itself": loop("rows"),
    "a literal": loop("[1, 2, 3]"),
    "over a literal": loop("[i * i for i in (1, 2, 3)]"),
    "over a short range": loop("[i * i for i in range(5)]"),
    "the loop takes out": loop("[r for r in rows if r.old]", "rows.remove(x)"),
    "the loop deletes": loop("[k for k in rows if k.old]", "del rows[x]"),
    "the loop pops": loop("[k for k in rows if k.old]", "rows.pop(x)"),
    "the loop adds": loop("[r for r in rows]", "rows.append(x)"),
    "the loop binds it anew": loop("[r + n for r in rows]", "n = x"),
    "a set": loop("{r.name for r in rows}"),
    "a dict": loop("{r.name: 1 for r in rows}"),
    "sorted": loop("sorted([r.name for r in rows])"),
    "reversed": loop("reversed([r.name for r in rows])"),
    "kept": "def f(rows):\n    names = [r.name for r in rows]\n    for x in names:\n        print(x, len(names))\n",
    "asynchronous": loop("[r async for r in rows]", head="async def f(rows):"),
    "awaited": loop("[await r for r in rows]", head="async def f(rows):"),
    "joined": "def f(rows):\n    return ''.join([r.name for r in rows])\n",
    "given to a function": loop("use([r.name for r in rows])"),
    "an asynchronous loop": "async def f(rows):\n    async for x in rows:\n        print([r for r in x])\n",
    "the values of a dict that changes": loop("[v for v in rows.values()]", "rows[x] = 1"),
}

_OWN = (
    "class A:\n    def f(self):\n        for x in [r.name for r in self.rows]:\n            self.show(x)\n\n"
    "    def show(self, x):\n"
)

BAD |= {"lists of lists": (loop("[[c for c in r.cells] for r in rows]"), [2])}

PEDANTIC |= {
    "a method that leaves it alone": (_OWN + "        print(x, self.name)\n", [3]),
    "a function on the spot": (loop("[(lambda v: v)(r) for r in rows]"), [2]),
}

SILENT = {
    "a method that takes out": _OWN + "        self.rows.remove(x)\n",
    "a method that calls one that takes out": _OWN
    + "        self.drop(x)\n\n    def drop(self, x):\n        self.rows.remove(x)\n",
    "a method of elsewhere": _OWN + "        self.elsewhere(x)\n",
    "itself handed on": _OWN + "        work(self, x)\n",
    "the loop takes out": GOOD["the loop takes out"],
}
