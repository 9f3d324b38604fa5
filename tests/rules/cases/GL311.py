"""Texts that GL311 must and must not report."""

BAD = {
    "append to a literal path": ("for x in xs:\n    with open('log', 'a') as f:\n        f.write(x)\n", [2]),
    "read_text of a literal path": (
        "from pathlib import Path\nfor x in xs:\n    text = Path('a.txt').read_text()\n    use(x, text)\n",
        [3],
    ),
    "read_bytes of a path": (
        "import pathlib\n\ndef f(xs, p: pathlib.Path):\n    return [x + p.read_bytes() for x in xs]\n",
        [4],
    ),
    "append to a name": ("def g(p, xs):\n    for x in xs:\n        with open(p, 'a') as f:\n            f.write(x)\n", [3]),
    "append to an attribute": (
        "class A:\n    def g(self, xs):\n        for x in xs:\n            with open(self.p, 'a') as f:\n"
        "                f.write(x)\n",
        [4],
    ),
    "append in bytes": ("for x in xs:\n    with open(p, 'ab') as f:\n        f.write(x)\n", [2]),
    "mode by keyword": ("for x in xs:\n    with open(p, mode='a') as f:\n        f.write(x)\n", [2]),
    "without with": ("for x in xs:\n    f = open(p, 'a')\n    f.write(x)\n    f.close()\n", [2]),
    "chained": ("for x in xs:\n    open(p, 'a').write(x)\n", [2]),
    "read for every item": ("for x in xs:\n    with open(p) as f:\n        use(x, f.read())\n", [2]),
    "inner loop over the file": ("for x in xs:\n    for l in open(p):\n        use(x, l)\n", [2]),
    "in a comprehension": ("r = [x in open(p).read() for x in xs]\n", [1]),
    "second generator": ("r = [(x, l) for x in xs for l in open(p)]\n", [1]),
    "joined path": ("import os\nfor x in xs:\n    with open(os.path.join(d, 'a.txt'), 'a') as f:\n        f.write(x)\n", [3]),
    "a path object": (
        "from pathlib import Path\nlog = Path('log')\nfor x in xs:\n    with log.open('a') as f:\n        f.write(x)\n",
        [4],
    ),
    "path with operator": ("for x in xs:\n    with open(base + '.log', 'a') as f:\n        f.write(x)\n", [2]),
    "io.open": ("import io\nfor x in xs:\n    with io.open(p, 'a') as f:\n        f.write(x)\n", [3]),
    "two files": (
        "for x in xs:\n    with open(p, 'a') as f, open(q, 'a') as g:\n        f.write(x)\n        g.write(x)\n",
        [2, 2],
    ),
    "only the inner loop": (
        "for p in ps:\n    for x in xs:\n        with open(p, 'a') as f:\n            f.write(x)\n",
        [3],
    ),
    "in try": (
        "for x in xs:\n    try:\n        with open(p, 'a') as f:\n            f.write(x)\n"
        "    except OSError:\n        log(x)\n",
        [3],
    ),
    "range of unknown length": ("for i in range(n):\n    with open(p, 'a') as f:\n        f.write(str(i))\n", [2]),
    "with an encoding": ("for x in xs:\n    with open(p, 'a', encoding='utf-8') as f:\n        f.write(x)\n", [2]),
    "f-string of a constant": ("for x in xs:\n    with open(f'{d}/log', 'a') as f:\n        f.write(x)\n", [2]),
}

GOOD = {
    "read_text of another path each time": "from pathlib import Path\nfor x in xs:\n    use(Path(x).read_text())\n",
    "read_text of something else": "for x in xs:\n    use(zipped.read_text(x))\n",
    "a function called read_text": "for x in xs:\n    use(x, read_text())\n",
    "opened once": "with open(p, 'a') as f:\n    for x in xs:\n        f.write(x)\n",
    "another path each time": "for p in ps:\n    with open(p) as f:\n        use(f)\n",
    "a path made from the item": "for x in xs:\n    with open(f'{x}.txt', 'a') as f:\n        f.write(x)\n",
    "a path bound in the loop": "for x in xs:\n    p = name(x)\n    with open(p, 'a') as f:\n        f.write(x)\n",
    "a path from a call": "for x in xs:\n    with open(next_path(), 'a') as f:\n        f.write(x)\n",
    "a path from an index": "for i in range(n):\n    with open(paths[i]) as f:\n        use(f)\n",
    "an attribute that changes": "for x in xs:\n    a.p = x\n    with open(a.p, 'a') as f:\n        f.write(x)\n",
    "written from the start": "for x in xs:\n    with open(p, 'w') as f:\n        f.write(x)\n",
    "another attempt": "for i in range(n):\n    with open(p) as f:\n        if f.read():\n            break\n",
    "it returns": "def g(p):\n    for i in range(n):\n        with open(p) as f:\n            return f.read()\n",
    "waiting for the file to change": "import time\nfor i in range(n):\n    with open(p) as f:\n"
    "        use(f)\n    time.sleep(1)\n",
    "a while loop": "while True:\n    with open(p) as f:\n        use(f.read())\n",
    "below /proc": "for i in range(n):\n    with open('/proc/stat') as f:\n        use(f.read())\n",
    "only for some items": "for x in xs:\n    if bad(x):\n        with open(p, 'a') as f:\n            f.write(x)\n",
    "on errors": "for x in xs:\n    try:\n        use(x)\n    except ValueError:\n"
    "        with open(p, 'a') as f:\n            f.write(x)\n",
    "the path is used otherwise": "for x in xs:\n    run_on(p)\n    with open(p) as f:\n        use(f.read())\n",
    "read and written": "for x in xs:\n    with open(p) as f:\n        t = f.read()\n"
    "    with open(p, 'w') as f:\n        f.write(t + x)\n",
    "another program in between": (
        "import subprocess\nfor c in cs:\n    subprocess.run(c)\n    with open('out') as f:\n        use(f.read())\n"
    ),
    "three turns": "for x in ('a', 'b', 'c'):\n    with open(p, 'a') as f:\n        f.write(x)\n",
    "another open": "for x in xs:\n    with archive.open(p) as f:\n        use(f)\n",
    "own open": "def open(p, m):\n    return p\nfor x in xs:\n    open(p, 'a')\n",
    "unknown mode": "for x in xs:\n    with open(p, mode) as f:\n        use(f)\n",
    "in a nested function": "for x in xs:\n    def g():\n        with open(p) as f:\n            return f.read()\n    use(g)\n",
    "the loop's own iterable": "for l in open(p):\n    use(l)\n",
    "a generator that waits": "def g(p, xs):\n    for x in xs:\n        with open(p, 'a') as f:\n"
    "            f.write(x)\n        yield x\n",
    "no arguments": "for x in xs:\n    open()\n",
}

PEDANTIC = {
    "f = open('a.txt')": ("for i in range(10):\n    f = open('a.txt')\n    f.read()\n    f.close()\n", [2]),
    "with open(path, 'w') as g: in a function": (
        ("def f(xs, path):\n    while xs:\n        with open(path, 'w') as g:\n            g.write(xs.pop())\n"),
        [3],
    ),
    "with open('a') as g: in a function": (
        ("def f(xs):\n    for x in xs:\n        if x:\n            with open('a') as g:\n                g.read()\n"),
        [4],
    ),
}

BAD |= {
    "by keyword": (
        "def f(xs):\n    for x in xs:\n        with open(file='log', mode='a') as g:\n            g.write(x)\n",
        [3],
    ),
    "packed": ("import gzip\nfor x in xs:\n    with gzip.open('a.gz', 'rt') as g:\n        use(x in g.read())\n", [3]),
    "packed, read as it is": ("import bz2\nfor x in xs:\n    with bz2.open('a.bz2') as g:\n        use(x in g.read())\n", [3]),
}

SILENT = {
    "packed files": "import gzip\nfor x in xs:\n    with gzip.open(x, 'rt') as g:\n        use(g.read())\n",
    "another gzip": "for x in xs:\n    with gzip.open('a.gz') as g:\n        use(x in g.read())\n",
}

BAD |= {
    "with a codec": ("import codecs\nfor x in xs:\n    with codecs.open('log', 'a', 'utf-8') as g:\n        g.write(x)\n", [3]),
    "an archive": ("import zipfile\nfor x in xs:\n    with zipfile.ZipFile('a.zip') as g:\n        use(g.read(x))\n", [3]),
}

PEDANTIC |= {
    "numbers of a library": ("import h5py\nfor x in xs:\n    with h5py.File('a.h5') as g:\n        use(g[x])\n", [3]),
    "a picture": ("from PIL import Image\nfor x in xs:\n    use(Image.open('a.png').crop(x))\n", [3]),
    "a table appended": ("def f(frames, path):\n    for x in frames:\n        x.to_csv(path, mode='a', header=False)\n", [3]),
    "what seems to be a path": (
        "class A:\n    def f(self, xs):\n        for x in xs:\n"
        "            with self.path.open('a') as g:\n                g.write(x)\n",
        [4],
    ),
    "asynchronously": (
        "import aiofiles\nasync def f(xs, p):\n    for x in xs:\n        async with aiofiles.open(p, 'a') as g:\n"
        "            await g.write(x)\n",
        [4],
    ),
}

SILENT |= {
    "a file of one's own": "import zipfile\nclass A:\n    def f(self, xs):\n        for x in xs:\n            self.load(x)\n"
    "            zipfile.ZipFile(self).testzip()\n",
    "another picture": "from PIL import Image\nfor x in xs:\n    use(Image.open(x))\n",
    "a table of each": "def f(frames):\n    for name, x in frames:\n        x.to_csv(name, mode='a')\n",
    "a member of an archive": "def f(archive, xs):\n    for x in xs:\n        use(archive.open('a.txt'), x)\n",
    "another path": "def f(paths):\n    for p in paths:\n        with p.open('a') as g:\n            g.write('x')\n",
    "once": "import h5py\nwith h5py.File('a.h5') as g:\n    for x in xs:\n        use(g[x])\n",
}
