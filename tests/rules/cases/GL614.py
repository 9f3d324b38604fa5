"""Texts that GL614 must and must not report."""

BAD = {
    "in a for loop": ("import gc\nfor x in xs:\n    use(x)\n    gc.collect()\n", [4]),
    "first in a loop": ("import gc\nfor x in xs:\n    gc.collect()\n    use(x)\n", [3]),
    "imported": ("from gc import collect\nfor x in xs:\n    use(x)\n    collect()\n", [4]),
    "alias": ("import gc as g\nfor x in xs:\n    use(x)\n    g.collect()\n", [4]),
    "one generation": ("import gc\nfor x in xs:\n    gc.collect(0)\n", [3]),
    "in a function": ("import gc\ndef f(xs):\n    for x in xs:\n        use(x)\n        gc.collect()\n", [5]),
    "in a method": (
        "import gc\nclass A:\n    def f(self):\n        for x in self.xs:\n            use(x)\n            gc.collect()\n",
        [6],
    ),
    "nested loops": ("import gc\nfor y in ys:\n    for x in y:\n        gc.collect()\n", [4]),
    "with": ("import gc\nfor x in xs:\n    with lock:\n        gc.collect()\n", [4]),
    "in finally": ("import gc\nfor x in xs:\n    try:\n        use(x)\n    finally:\n        gc.collect()\n", [6]),
    "in try": ("import gc\nfor x in xs:\n    try:\n        gc.collect()\n    except ValueError:\n        pass\n", [4]),
    "asynchronous loop": ("import gc\nasync def f(xs):\n    async for x in xs:\n        gc.collect()\n", [4]),
    "a range": ("import gc\nfor i in range(n):\n    gc.collect()\n", [3]),
    "a long range": ("import gc\nfor i in range(1000):\n    gc.collect()\n", [3]),
    "enumerate": ("import gc\nfor i, x in enumerate(xs):\n    use(i, x)\n    gc.collect()\n", [4]),
    "values": ("import gc\nfor x in d.values():\n    gc.collect()\n", [3]),
    "a call": ("import gc\nfor x in load():\n    use(x)\n    gc.collect()\n", [4]),
    "two in one loop": ("import gc\nfor x in xs:\n    gc.collect()\n    use(x)\n    gc.collect()\n", [3, 5]),
    "inner function is no loop": ("import gc\nfor x in xs:\n    def f():\n        pass\n    gc.collect()\n", [5]),
    "import in the function": ("def f(xs):\n    import gc\n    for x in xs:\n        gc.collect()\n", [4]),
}

GOOD = {
    "once": "import gc\nfor x in xs:\n    use(x)\ngc.collect()\n",
    "in the else of the loop": "import gc\nfor x in xs:\n    use(x)\nelse:\n    gc.collect()\n",
    "now and then": "import gc\nfor i, x in enumerate(xs):\n    if i % 1000 == 0:\n        gc.collect()\n",
    "on errors": "import gc\nfor x in xs:\n    try:\n        use(x)\n    except MemoryError:\n        gc.collect()\n",
    "one large object after the other": "import gc\nfor p in ps:\n    m = load(p)\n    del m\n    gc.collect()\n",
    "beside the cache of a GPU": "import gc, torch\nfor p in ps:\n    use(p)\n    gc.collect()\n    torch.cuda.empty_cache()\n",
    "three times": "import gc\nfor _ in range(3):\n    gc.collect()\n",
    "a short literal": "import gc\nfor x in (1, 2):\n    gc.collect()\n",
    "until nothing is left": "import gc\nwhile gc.collect():\n    pass\n",
    "a while loop": "import gc\nwhile True:\n    use()\n    gc.collect()\n",
    "its count is used": "import gc\nfor x in xs:\n    n = gc.collect()\n",
    "its count is printed": "import gc\nfor x in xs:\n    print(gc.collect())\n",
    "in a comprehension, whose counts are kept": "import gc\nx = [gc.collect() for _ in xs]\n",
    "in a nested function": "import gc\nfor x in xs:\n    def f():\n        gc.collect()\n    use(f)\n",
    "a lambda": "import gc\nfor x in xs:\n    use(lambda: gc.collect())\n",
    "another collect": "import gc\nfor x in xs:\n    pool.collect()\n",
    "own collect": "import gc\ndef collect():\n    pass\nfor x in xs:\n    collect()\n",
    "left after it": "import gc\nfor x in xs:\n    gc.collect()\n    break\n",
    "returned after it": "import gc\ndef f(xs):\n    for x in xs:\n        gc.collect()\n        return x\n",
    "switched off": "import gc\nfor x in xs:\n    gc.disable()\n",
}

PEDANTIC = {
    "gc.collect()": ("import gc\ngc.collect()\n", [2]),
    "gc.collect(), case 2": ("import gc\ndef f():\n    work()\n    gc.collect()\n", [4]),
    "gc.collect(), case 3": ("import gc\nfor i in range(3):\n    gc.collect()\n", [3]),
    "collect()": ("from gc import collect\ncollect()\n", [2]),
    "gc.collect(0) in a method": ("import gc\nclass A:\n    def close(self):\n        gc.collect(0)\n", [4]),
}

SILENT = {
    "beside disable": "import gc\ndef f(xs):\n    gc.disable()\n    work(xs)\n    gc.collect()\n",
    "before freeze": "import gc\ngc.collect()\ngc.freeze()\n",
}

PEDANTIC |= {
    "in a loop beside disable": ("import gc\ndef f():\n    gc.disable()\n    while work():\n        gc.collect()\n", [5]),
    "something else is disabled": ("import gc\ndef f():\n    log.disable()\n    gc.collect()\n", [4]),
}
