"""Stored arrays of which a part is used."""

P = "import numpy as np\n\n"

BAD = {
    "the first rows": (P + "x = np.load('a.npy')[:9]\n", [3]),
    "the last rows": (P + "x = np.load('a.npy')[-9:]\n", [3]),
    "one row": (P + "x = np.load('a.npy')[0]\n", [3]),
    "some rows": (P + "def f(p, a, b):\n    return np.load(p)[a:b]\n", [4]),
    "a column": (P + "x = np.load('a.npy')[:, 0]\n", [3]),
    "a window": (P + "def f(p, i):\n    return np.load(p)[i:i + 9, 2:5]\n", [4]),
    "under a name": (P + "def f(p):\n    x = np.load(p)\n    return x[:9]\n", [4]),
    "under a name with something between": (P + "def f(p):\n    x = np.load(p)\n    print(p)\n    return x[:9]\n", [4]),
    "every tenth": (P + "x = np.load('a.npy')[10::10]\n", [3]),
    "passed on": (P + "use(np.load('a.npy')[:9])\n", [3]),
    "added up": (P + "print(np.load('a.npy')[:9].sum())\n", [3]),
    "in a loop": (P + "def f(ps):\n    for p in ps:\n        use(np.load(p)[0])\n", [5]),
    "in a comprehension": (P + "def f(ps):\n    return [np.load(p)[0] for p in ps]\n", [4]),
    "imported by name": ("from numpy import load\n\nx = load('a.npy')[:9]\n", [3]),
    "under the full name": ("import numpy\n\nx = numpy.load('a.npy')[:9]\n", [3]),
    "a path object": ("from pathlib import Path\n" + P + "x = np.load(Path('a') / 'b.npy')[:9]\n", [4]),
    "a method": (P + "class A:\n    def f(self):\n        return np.load(self.path)[:9]\n", [5]),
    "a coroutine": (P + "async def f(p):\n    return np.load(p)[:9]\n", [4]),
    "dots": (P + "x = np.load('a.npy')[..., 0]\n", [3]),
    "a conversion afterwards": (P + "x = np.load('a.npy')[:9].astype('float32')\n", [3]),
    "with a keyword that matters not": (P + "x = np.load('a.npy', fix_imports=False)[:9]\n", [3]),
}

PEDANTIC = {
    "an index of unknown kind": (P + "def f(p, i):\n    return np.load(p)[i]\n", [4]),
}

GOOD = {
    "mapped": P + "x = np.load('a.npy', mmap_mode='r')[:9]\n",
    "an archive": P + "x = np.load('a.npz')['w']\n",
    "an archive by its suffix": P + "x = np.load('a.npz')[k]\n",
    "an archive by a text": P + "def f(p):\n    return np.load(p)['w']\n",
    "an archive by a formatted text": P + "def f(p, i):\n    return np.load(p)[f'arr_{i}']\n",
    "objects": P + "x = np.load('a.npy', allow_pickle=True)[:9]\n",
    "all of it": P + "x = np.load('a.npy')\nprint(x.sum())\n",
    "used twice": P + "x = np.load('a.npy')\nprint(x[:9], x.mean())\n",
    "a full slice": P + "x = np.load('a.npy')[:]\n",
    "turned round": P + "x = np.load('a.npy')[::-1]\n",
    "a mask": P + "def f(p, y):\n    return np.load(p)[y > 3]\n",
    "a list of places": P + "x = np.load('a.npy')[[1, 2]]\n",
    "stored into": P + "x = np.load('a.npy')\nx[:9] = 0\n",
    "given back": P + "def f(p):\n    return np.load(p)\n",
    "another load": "import numpy\nimport pickle\n\nx = pickle.load(f)[:9]\n",
    "a method load": "import numpy\n\nx = shop.load('a')[:9]\n",
    "a new axis": P + "x = np.load('a.npy')[None]\n",
    "unknown arguments": P + "x = np.load('a.npy', **options)[:9]\n",
    "more arguments": P + "x = np.load('a.npy', None, True)[:9]\n",
    "no call": P + "x = np.load\n",
    "in a loop that walks it": P + "x = np.load('a.npy')\nfor i in range(9):\n    print(x[i:])\n",
}
