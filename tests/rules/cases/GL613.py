"""Texts that GL613 must and must not report."""

BAD = {
    "in a loop head": ("for i in list(range(n)):\n    use(i)\n", [1]),
    "tuple": ("for i in tuple(range(n)):\n    use(i)\n", [1]),
    "with a start": ("for i in list(range(1, n)):\n    use(i)\n", [1]),
    "with a step": ("for i in list(range(0, n, 2)):\n    use(i)\n", [1]),
    "long literal": ("for i in list(range(1000)):\n    use(i)\n", [1]),
    "in a comprehension": ("x = [f(i) for i in list(range(n))]\n", [1]),
    "in a generator": ("x = sum(i * i for i in list(range(n)))\n", [1]),
    "enumerate": ("for i, j in enumerate(list(range(n))):\n    use(i, j)\n", [1]),
    "zip": ("for i, j in zip(list(range(n)), xs):\n    use(i, j)\n", [1]),
    "sum": ("x = sum(list(range(n)))\n", [1]),
    "len": ("x = len(list(range(a, b)))\n", [1]),
    "set": ("x = set(list(range(n)))\n", [1]),
    "reversed": ("for i in reversed(list(range(n))):\n    use(i)\n", [1]),
    "membership": ("x = y in list(range(n))\n", [1]),
    "no membership": ("x = y not in list(range(n))\n", [1]),
    "an item": ("x = list(range(n))[-1]\n", [1]),
    "a name that is walked": ("def f(n):\n    r = list(range(n))\n    for i in r:\n        use(i)\n", [2]),
    "a name that is walked often": ("def f(n, xs):\n    r = list(range(n))\n    return [(x, i) for x in xs for i in r]\n", [2]),
    "a name that is asked": ("def f(n):\n    r = list(range(n))\n    return len(r), 3 in r, r[0]\n", [2]),
    "a name in a nested function": (
        "def f(n):\n    r = list(range(n))\n    def g():\n        return sum(r)\n    return g()\n",
        [2],
    ),
    "the length of something": ("for i in list(range(len(xs))):\n    use(xs[i])\n", [1]),
    "with a comment": ("for i in list(  # all\n    range(n)\n):\n    use(i)\n", [1]),
    "in async code": ("async def f(n):\n    for i in list(range(n)):\n        await g(i)\n", [2]),
    "a comprehension": ("for i in [i for i in range(n)]:\n    use(i)\n", [1]),
    "a comprehension with a name": ("def f(n, x):\n    numbers = [k for k in range(1, n)]\n    return x in numbers\n", [2]),
}

GOOD = {
    "the range": "for i in range(n):\n    use(i)\n",
    "a short one": "for i in list(range(10)):\n    use(i)\n",
    "a short one with a start": "for i in list(range(1, 65)):\n    use(i)\n",
    "returned": "def f(n):\n    return list(range(n))\n",
    "passed on": "shuffle(list(range(n)))\n",
    "added to": "x = list(range(n)) + [1]\n",
    "compared": "x = list(range(n)) == y\n",
    "an item, or a slice": "x = list(range(n))[k]\n",
    "sliced": "x = list(range(n))[1:]\n",
    "an attribute": "class A:\n    def f(self, n):\n        self.r = list(range(n))\n",
    "a name that is changed": "def f(n):\n    r = list(range(n))\n    r.append(1)\n    for i in r:\n        use(i)\n",
    "a name that is stored into": "def f(n):\n    r = list(range(n))\n    r[0] = 1\n    for i in r:\n        use(i)\n",
    "a name that is deleted from": "def f(n):\n    r = list(range(n))\n    del r[0]\n    for i in r:\n        use(i)\n",
    "a name that is returned": "def f(n):\n    r = list(range(n))\n    for i in r:\n        use(i)\n    return r\n",
    "a name that is bound twice": "def f(n):\n    r = list(range(n))\n    r = r or [1]\n    for i in r:\n        use(i)\n",
    "a name that is added to": "def f(n):\n    r = list(range(n))\n    r += [1]\n    for i in r:\n        use(i)\n",
    "a name that is printed": "def f(n):\n    r = list(range(n))\n    print(r)\n",
    "a name that is never used": "def f(n):\n    r = list(range(n))\n",
    "a name of the module": "r = list(range(n))\nfor i in r:\n    use(i)\n",
    "another iterable": "for i in list(xs):\n    use(i)\n",
    "own range": "def range(n):\n    return n\nfor i in list(range(n)):\n    use(i)\n",
    "own list": "from m import list\nfor i in list(range(n)):\n    use(i)\n",
    "the left side of in": "x = list(range(n)) in y\n",
    "sorted with a key": "x = sorted(list(range(n)), key=f)\n",
    "map": "x = map(f, list(range(n)))\n",
    "a comprehension that is changed": "def f(n):\n    numbers = [k for k in range(n)]\n"
    "    numbers.pop()\n    return numbers\n",
    "a comprehension of something else": "for i in [i + 1 for i in range(n)]:\n    use(i)\n",
    "a comprehension of some": "for i in [i for i in range(n) if i % 3]:\n    use(i)\n",
    "a comprehension of another name": "for i in [k for i in range(n)]:\n    use(i)\n",
}

PEDANTIC = {
    "list(range(10))": ("list(range(10))\n", [1]),
    "xs = list(range(n)) in a function": ("def f(n):\n    xs = list(range(n))\n    g(xs)\n", [2]),
    "for i in np.arange(10).tolist(): print(i)": ("import numpy as np\nfor i in np.arange(10).tolist(): print(i)\n", [2]),
    "x = tuple(range(n))": ("x = tuple(range(n))\n", [1]),
    "for i in np.arange(n): print(i)": ("import numpy as np\nfor i in np.arange(n): print(i)\n", [2]),
}

PEDANTIC |= {
    "unpacked": ("def f(n):\n    for i in [*range(n)]:\n        print(i)\n", [2]),
    "unpacked into a tuple": ("def f(n):\n    return [i * 2 for i in (*range(n),)]\n", [2]),
    "passed on": ("def f(n):\n    save(list(range(n)))\n", [2]),
}

SILENT = {
    "shuffled": "import random\ndeck = list(range(520))\nrandom.shuffle(deck)\nprint(deck)\n",
    "taken from": "def f(n):\n    xs = list(range(n))\n    while xs:\n        print(xs.pop())\n",
    "returned": "def f(n):\n    return list(range(n))\n",
    "added to": "def f(n):\n    return [1] + list(range(n))\n",
    "among others": "def f(n):\n    for i in [0, *range(n)]:\n        print(i)\n",
    "unpacked and kept": "def f(n):\n    xs = [*range(n)]\n    return xs\n",
}
