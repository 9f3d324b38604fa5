"""Texts that GL616 must and must not report."""

BAD = {
    "a generator as a tuple": ("x = tuple(a.b for a in y)[0]\n", [1]),
    "map as a tuple": ("x = tuple(map(f, y))[0]\n", [1]),
    "keys": ("x = [a for a in d.keys() if a][0]\n", [1]),
    "values": ("x = [a for a in d.values() if a.ok][0]\n", [1]),
    "items, unpacked": ("k, v = [(a, b) for a, b in d.items() if b][0]\n", [1]),
    "a generator": ("x = list(a for a in y if a)[0]\n", [1]),
    "filter": ("x = list(filter(f, y))[0]\n", [1]),
    "map": ("x = list(map(f, y))[0].name\n", [1]),
    "a set": ("x = [a for a in set(y) if a][0]\n", [1]),
    "a comprehension": ("x = [a for a in y][0]\n", [1]),
    "a filtered comprehension": ("x = [a for a in y if a.ok][0]\n", [1]),
    "a comprehension of a call": ("x = [a for a in load() if f(a)][0]\n", [1]),
    "two loops in it": ("x = [b for a in y for b in a][0]\n", [1]),
    "a call in it": ("x = [f(a) for a in y][0]\n", [1]),
    "several lines": ("x = [\n    a\n    for a in y\n    if a\n][0]\n", [1]),
    "in a condition": ("if [a for a in y if f(a)][0] == 1:\n    pass\n", [1]),
    "in a return": ("def f(y):\n    return [a for a in y if f(a)][0]\n", [2]),
    "in a loop": ("for y in ys:\n    use([a for a in y if f(a)][0])\n", [2]),
    "in a lambda": ("f = lambda y: [a for a in y if f(a)][0]\n", [1]),
    "then another index": ("x = [a for a in y if f(a)][0][1]\n", [1]),
    "where a call may fail": ("try:\n    x = g([a for a in y if f(a)][0])\nfinally:\n    h()\n", [2]),
    "with a comment": ("x = [\n    a  # one\n    for a in y\n][0]\n", [1]),
}

GOOD = {
    "a list under a name whose items are saved on the way": (
        "def f(rows):\n    saved = [save(row) for row in rows]\n    return saved[0].id\n"
    ),
    "next": "x = next(iter(y))\n",
    "the last": "x = list(y)[-1]\n",
    "there is one": "if len(y) == 1:\n    x = list(y)[0]\n",
    "a generator that may have to run to its end": "x = list(make(y))[0]\n",
    "a dictionary, which may have one item": "x = list(d.values())[0]\n",
    "a set": "x = list(set(y))[0]\n",
    "a short literal": "x = [a for a in (1, 2) if f(a)][0]\n",
    "the second": "x = list(y)[1]\n",
    "a slice": "x = list(y)[:1]\n",
    "by name": "x = list(y)[i]\n",
    "False is no index here": "x = list(y)[False]\n",
    "a list that is kept": "z = list(y)\nx = z[0]\n",
    "a set comprehension": "x = {a: 1 for a in y}[0]\n",
    "sorted, which GL212 is about": "x = sorted(y)[0]\n",
    "a literal": "x = [1, 2][0]\n",
    "split": "x = y.split()[0]\n",
    "own list": "def list(y):\n    return y\nx = list(y)[0]\n",
    "own list as an argument": "def f(list, y):\n    return list(y)[0]\n",
    "a method": "x = y.list(z)[0]\n",
    "no argument": "x = list()[0]\n",
    "starred": "x = list(*y)[0]\n",
    "asynchronous": "async def f(y):\n    return [a async for a in y][0]\n",
    "with await": "async def f(y):\n    return [await a for a in y][0]\n",
    "stored into": "list(y)[0] = 1\n",
    "deleted": "del list(y)[0]\n",
    "a type": "x: list[0]\n",
    "a string": "x = str(y)[0]\n",
}

PEDANTIC = {
    "where nothing is expected": ("try:\n    x = [a for a in y if f(a)][0]\nexcept IndexError:\n    x = None\n", [2]),
    "a comprehension that is popped": ("def f(x):\n    return [g(i) for i in x].pop(0)\n", [2]),
    "an iterator over a list": ("def f(x):\n    return next(iter(list(x)))\n", [2]),
    "a list under a name": ("def f(x):\n    found = [i for i in x if i.ok]\n    return found[0]\n", [3]),
}

SILENT = {
    "a list that is used for more": "def f(x):\n    found = list(x)\n    return found[0], len(found)\n",
    "asked again and again": "def f(x):\n    found = list(x)\n    while go():\n        use(found[0])\n",
    "a list that is changed": "def f(x):\n    found = list(x)\n    found[0] = 1\n",
    "an iterator": "def f(x):\n    return next(iter(x))\n",
}
