"""Loops that fill a new collection and do nothing else, and loops that do more."""

BAD = {
    "a list": ("def f(xs):\n    out = []\n    for x in xs:\n        out.append(x.name)\n    return out\n", [3]),
    "a list under a condition": (
        "def f(xs):\n    out = []\n    for x in xs:\n        if x > 2:\n            out.append(x)\n    return out\n",
        [3],
    ),
    "two conditions": (
        "def f(xs):\n    out = []\n    for x in xs:\n        if x:\n            if x > 2:\n"
        "                out.append(x + 1)\n    return out\n",
        [3],
    ),
    "the others are skipped": (
        "def f(xs):\n    out = []\n    for x in xs:\n        if not x.ok:\n            continue\n"
        "        out.append(x.name)\n    return out\n",
        [3],
    ),
    "a set": ("def f(xs):\n    out = set()\n    for x in xs:\n        out.add(x.lower())\n    return out\n", [3]),
    "a dict": ("def f(xs):\n    out = {}\n    for k, v in xs:\n        out[k] = v * 2\n    return out\n", [3]),
    "a dict by its name": (
        "def f(xs):\n    out = dict()\n    for k, v in xs:\n        out[k.lower()] = v\n    return out\n",
        [3],
    ),
    "a list by its name": ("def f(xs):\n    out = list()\n    for x in xs:\n        out.append(x * x)\n    return out\n", [3]),
    "at the level of the module": ("out = []\nfor x in range(1000):\n    out.append(x * x)\n", [2]),
    "with an annotation": (
        "def f(xs):\n    out: list[int] = []\n    for x in xs:\n        out.append(x * x)\n    return out\n",
        [3],
    ),
    "by addition": ("def f(xs):\n    out = []\n    for x in xs:\n        out += [x.name]\n    return out\n", [3]),
    "in a coroutine": (
        "async def f(xs):\n    out = []\n    for x in xs:\n        out.append(await x.load())\n    return out\n",
        [3],
    ),
    "over an asynchronous source": (
        "async def f(xs):\n    out = []\n    async for x in xs:\n        out.append(x.name)\n    return out\n",
        [3],
    ),
    "in a method": (
        "class A:\n    def f(self):\n        out = []\n        for x in self.xs:\n"
        "            out.append(x.name)\n        return out\n",
        [4],
    ),
    "in a branch": (
        "def f(xs):\n    if xs:\n        out = []\n        for x in xs:\n            out.append(x.name)\n        return out\n",
        [4],
    ),
    "in another loop": (
        "def f(rows):\n    for row in rows:\n        out = []\n        for x in row:\n"
        "            out.append(x.name)\n        yield out\n",
        [4],
    ),
    "something else between": (
        "def f(xs):\n    out = []\n    n = 3\n    for x in xs:\n        out.append(x * n)\n    return out\n",
        [4],
    ),
    "a tuple as element": (
        "def f(xs):\n    out = []\n    for i, x in enumerate(xs):\n        out.append((i, x.name))\n    return out\n",
        [3],
    ),
    "a lambda as element": ("def f(xs):\n    out = []\n    for x in xs:\n        out.append(lambda: x)\n    return out\n", [3]),
    "two after each other": (
        "def f(xs):\n    a = []\n    for x in xs:\n        a.append(x.a)\n    b = []\n    for x in xs:\n"
        "        b.append(x.b)\n    return a, b\n",
        [3, 6],
    ),
    "under try": (
        "def f(xs):\n    out = []\n    try:\n        got = []\n        for x in xs:\n"
        "            got.append(x.name)\n    except E:\n        got = out\n    return got\n",
        [5],
    ),
    "a choice as element": (
        "def f(xs):\n    out = []\n    for x in xs:\n        out.append(1 if x else 2)\n    return out\n",
        [3],
    ),
    "in a nested function": (
        "def g():\n    def f(xs):\n        out = []\n        for x in xs:\n            out.append(x.n)\n"
        "        return out\n    return f\n",
        [4],
    ),
}

PEDANTIC = {
    "the variable is read afterwards": (
        "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x.n)\n    return out, x\n",
        [3],
    ),
    "the variable is deleted afterwards": ("out = []\nfor x in range(999):\n    out.append(x * x)\ndel x\n", [2]),
    "a list that is given": ("def f(xs, out):\n    for x in xs:\n        out.append(x.name)\n", [2]),
    "a list that holds something": (
        "def f(xs):\n    out = [0]\n    for x in xs:\n        out.append(x.name)\n    return out\n",
        [3],
    ),
    "a copy": ("def f(xs):\n    out = []\n    for x in xs:\n        out.append(x)\n    return out\n", [3]),
    "a short loop": ("def f():\n    out = []\n    for x in (1, 2, 3):\n        out.append(x * x)\n    return out\n", [3]),
    "an attribute": (
        "class A:\n    def f(self, xs):\n        self.out = []\n        for x in xs:\n            self.out.append(x.name)\n",
        [4],
    ),
    "made in an outer block": (
        "def f(xs):\n    out = []\n    if xs:\n        for x in xs:\n            out.append(x.n)\n    return out\n",
        [4],
    ),
}

GOOD = {
    "a comprehension": "def f(xs):\n    return [x.name for x in xs]\n",
    "does more in a turn": "def f(xs):\n    out = []\n    for x in xs:\n        print(x)\n        out.append(x.name)\n"
    "    return out\n",
    "asks what it has": "def f(xs):\n    out = []\n    for x in xs:\n        if x not in out:\n            out.append(x)\n"
    "    return out\n",
    "uses what it has": "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x + len(out))\n    return out\n",
    "another branch": (
        "def f(xs):\n    out = []\n    for x in xs:\n        if x:\n            out.append(x)\n"
        "        else:\n            print(x)\n    return out\n"
    ),
    "an else of the loop": "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x.n)\n    else:\n        print(1)\n"
    "    return out\n",
    "a deque": "from collections import deque\ndef f(xs):\n    out = deque()\n    for x in xs:\n"
    "        out.append(x.n)\n    return out\n",
    "an add that is no set's": "def f(xs, shop):\n    for x in xs:\n        shop.add(x.n)\n",
    "a subscript of something unknown": "def f(xs, a):\n    for i, x in enumerate(xs):\n        a[i] = x.n\n",
    "the same key in every turn": "def f(xs):\n    d = {}\n    for x in xs:\n        d['last'] = x\n    return d\n",
    "a while loop": "def f(n):\n    out = []\n    while n:\n        out.append(n)\n        n -= 1\n    return out\n",
    "it yields": "def f(xs):\n    out = []\n    for x in xs:\n        out.append((yield x))\n    return out\n",
    "ends early": "def f(xs):\n    out = []\n    for x in xs:\n        if x:\n            break\n"
    "        out.append(x)\n    return out\n",
    "in the body of a class": "class A:\n    out = []\n    for x in range(1000):\n        out.append(x + 1)\n",
    "fills the parts of a list": "def f(xs):\n    out = [[], []]\n    for x in xs:\n"
    "        out[x % 2].append(x)\n    return out\n",
    "a call of another method": "def f(xs):\n    out = []\n    for x in xs:\n        out.insert(0, x.n)\n    return out\n",
    "walks what it fills": "def f(xs):\n    out = [xs]\n    for x in out:\n        out.append(x.n)\n    return out\n",
    "a slice": "def f(xs):\n    out = []\n    for i, x in enumerate(xs):\n        out[i:i] = [x]\n    return out\n",
    "under with": "def f(xs):\n    out = []\n    for x in xs:\n        with lock:\n            out.append(x.n)\n"
    "    return out\n",
    "stars": "def f(xs, out):\n    for x in xs:\n        out.append(*x)\n",
    "the target is an attribute": "def f(xs, me):\n    out = []\n    for me.x in xs:\n"
    "        out.append(me.x)\n    return out\n",
    "counts": "def f(xs):\n    d = {}\n    for x in xs:\n        d[x] = d.get(x, 0) + 1\n    return d\n",
}
