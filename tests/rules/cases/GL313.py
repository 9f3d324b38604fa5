"""Texts that GL313 must and must not report."""

BAD = {
    "isfile through a name": (
        "import os\nfor n in os.listdir(d):\n    p = os.path.join(d, n)\n    if os.path.isfile(p):\n        use(p)\n",
        [2],
    ),
    "isdir": ("import os\nfor n in os.listdir(d):\n    if os.path.isdir(os.path.join(d, n)):\n        use(n)\n", [2]),
    "islink": ("import os\nfor n in os.listdir(d):\n    if os.path.islink(os.path.join(d, n)):\n        use(n)\n", [2]),
    "not": ("import os\nfor n in os.listdir(d):\n    if not os.path.isfile(os.path.join(d, n)):\n        continue\n", [2]),
    "a list": ("import os\nx = [n for n in os.listdir(d) if os.path.isfile(os.path.join(d, n))]\n", [2]),
    "a generator": ("import os\nx = any(os.path.isdir(os.path.join(d, n)) for n in os.listdir(d))\n", [2]),
    "a set": ("import os\nx = {n for n in os.listdir(d) if os.path.isdir(os.path.join(d, n))}\n", [2]),
    "a dict": ("import os\nx = {n: os.path.isdir(os.path.join(d, n)) for n in os.listdir(d)}\n", [2]),
    "sorted": ("import os\nfor n in sorted(os.listdir(d)):\n    if os.path.isfile(os.path.join(d, n)):\n        use(n)\n", [2]),
    "enumerate": (
        "import os\nfor i, n in enumerate(os.listdir(d)):\n    if os.path.isfile(os.path.join(d, n)):\n        use(n)\n",
        [2],
    ),
    "imported functions": (
        "from os import listdir\nfrom os.path import isfile, join\nx = [n for n in listdir(d) if isfile(join(d, n))]\n",
        [3],
    ),
    "alias of the module": ("import os as o\nx = [n for n in o.listdir(d) if o.path.isfile(o.path.join(d, n))]\n", [2]),
    "alias of the path module": (
        "import os\nimport os.path as p\nx = [n for n in os.listdir(d) if p.isfile(p.join(d, n))]\n",
        [3],
    ),
    "an attribute": (
        "import os\nclass A:\n    def f(self):\n"
        "        return [n for n in os.listdir(self.d) if os.path.isdir(os.path.join(self.d, n))]\n",
        [4],
    ),
    "the folder of the process": ("import os\nfor n in os.listdir():\n    if os.path.isfile(n):\n        use(n)\n", [2]),
    "the folder of the process by name": (
        "import os\nfor n in os.listdir('.'):\n    if os.path.isfile(n):\n        use(n)\n",
        [2],
    ),
    "a literal": ("import os\nx = [n for n in os.listdir('a') if os.path.isfile(os.path.join('a', n))]\n", [2]),
    "in a function": (
        "import os\ndef f(d):\n    for n in os.listdir(d):\n        p = os.path.join(d, n)\n"
        "        if os.path.isdir(p):\n            f(p)\n",
        [3],
    ),
    "in an and": ("import os\nx = [n for n in os.listdir(d) if n[0] != '.' and os.path.isfile(os.path.join(d, n))]\n", [2]),
    "in a while loop in it": (
        "import os\nfor n in os.listdir(d):\n    while os.path.isfile(os.path.join(d, n)):\n        wait(n)\n",
        [2],
    ),
    "as an argument": ("import os\nfor n in os.listdir(d):\n    use(n, os.path.isdir(os.path.join(d, n)))\n", [2]),
    "joined by hand": ("import os\nfor n in os.listdir(d):\n    if os.path.isdir(d + '/' + n):\n        use(n)\n", [2]),
    "joined with the separator": ("import os\nx = [n for n in os.listdir(d) if os.path.isfile(d + os.sep + n)]\n", [2]),
    "in a formatted text": ("import os\nx = [n for n in os.listdir(d) if os.path.isfile(f'{d}/{n}')]\n", [2]),
    "a filter": ("import os\nx = list(filter(lambda n: os.path.isfile(os.path.join(d, n)), os.listdir(d)))\n", [2]),
}

PEDANTIC = {
    "size": ("import os\nx = {n: os.path.getsize(os.path.join(d, n)) for n in os.listdir(d)}\n", [2]),
    "the newest": ("import os\nx = max(os.listdir(d), key=lambda n: os.path.getmtime(os.path.join(d, n)))\n", [2]),
    "sorted by age": ("import os\nx = sorted(os.listdir(d), key=lambda n: os.stat(f'{d}/{n}').st_mtime)\n", [2]),
    "a list with a name": ("import os\nx = os.listdir(d)\nfor n in x:\n    os.path.isfile(os.path.join(d, n))\n", [2]),
    "files of a walk": (
        "import os\nn = 0\nfor r, ds, fs in os.walk(d):\n    n += sum(os.path.getsize(os.path.join(r, f)) for f in fs)\n",
        [3],
    ),
    "folders of a walk": (
        "import os\nfor r, ds, fs in os.walk(d):\n    for s in sorted(ds):\n        if os.path.islink(os.path.join(r, s)):\n"
        "            use(s)\n",
        [2],
    ),
}

GOOD = {
    "scandir": "import os\nfor e in os.scandir(d):\n    if e.is_file():\n        use(e.path)\n",
    "nothing is asked": "import os\nfor n in os.listdir(d):\n    use(os.path.join(d, n))\n",
    "another folder": "import os\nx = [n for n in os.listdir(d) if os.path.isfile(os.path.join(e, n))]\n",
    "a deeper path": "import os\nx = [n for n in os.listdir(d) if os.path.isfile(os.path.join(d, n, 'a.py'))]\n",
    "another name": "import os\nx = [n for n in os.listdir(d) if os.path.isfile(os.path.join(d, m))]\n",
    "the name alone, elsewhere": "import os\nx = [n for n in os.listdir(d) if os.path.isfile(n)]\n",
    "existence": "import os\nx = [n for n in os.listdir(d) if os.path.exists(os.path.join(d, n))]\n",
    "size, which scandir must ask for too": "import os\nx = [os.path.getsize(os.path.join(d, n)) for n in os.listdir(d)]\n",
    "a list that is kept": "import os\nx = os.listdir(d)\nfor n in x:\n    os.path.isfile(os.path.join(d, n))\n",
    "by name": "import os\nx = [n for n in os.listdir(d) if n.endswith('.py')]\n",
    "walk": "import os\nfor r, ds, fs in os.walk(d):\n    for f in fs:\n        os.path.isfile(os.path.join(r, f))\n",
    "a walk of another folder": "import os\nfor r, ds, fs in os.walk(d):\n    for f in fs:\n"
    "        os.path.getsize(os.path.join(d, f))\n",
    "another text": "import os\nx = [n for n in os.listdir(d) if os.path.isfile(d + '/a/' + n)]\n",
    "a suffix": "import os\nx = [n for n in os.listdir(d) if os.path.isfile(d + '/' + n + '.py')]\n",
    "a walk of syntax": "import ast, os\nfor node in ast.walk(tree):\n    os.path.isfile(node)\n",
    "asked after the loop": "import os\nfor n in os.listdir(d):\n    pass\nos.path.isfile(os.path.join(d, n))\n",
    "another listdir": "x = [n for n in store.listdir(d) if os.path.isfile(os.path.join(d, n))]\n",
    "own listdir": "import os\ndef listdir(d):\n    return d\n"
    "x = [n for n in listdir(d) if os.path.isfile(os.path.join(d, n))]\n",
    "another isfile": "import os\nx = [n for n in os.listdir(d) if store.isfile(os.path.join(d, n))]\n",
    "another join": "import os\nx = [n for n in os.listdir(d) if os.path.isfile(join(d, n))]\n",
    "filtered first": "import os\nfor n in filter(ok, os.listdir(d)):\n    os.path.isfile(os.path.join(d, n))\n",
    "unpacked": "import os\nfor a, *b in os.listdir(d):\n    os.path.isfile(os.path.join(d, a))\n",
    "a descriptor": "import os\nx = os.listdir(fd)\n",
    "the length": "import os\nx = len(os.listdir(d))\n",
    "a path that is bound otherwise": "import os\nfor n in os.listdir(d):\n    p = find(n)\n    os.path.isfile(p)\n",
}
