"""Lists of what a generator gives, walked once or needed."""

BAD = {
    "a generator expression": ("def f(n):\n    for x in list(i * i for i in range(n)):\n        print(x)\n", [2]),
    "a tuple of it": ("def f(n):\n    for x in tuple(i * i for i in range(n)):\n        print(x)\n", [2]),
    "a map": ("def f(names):\n    for x in list(map(len, names)):\n        print(x)\n", [2]),
    "a filter": ("def f(names):\n    for x in list(filter(bool, names)):\n        print(x)\n", [2]),
    "a filter with a lambda": ("def f(names):\n    for x in list(filter(lambda n: n, names)):\n        print(x)\n", [2]),
    "a zip": ("def f(a, b):\n    for x, y in list(zip(a, b)):\n        print(x, y)\n", [2]),
    "an enumerate": ("def f(names):\n    for i, x in list(enumerate(names)):\n        print(i, x)\n", [2]),
    "under a name": ("def f(names):\n    sizes = list(map(len, names))\n    for x in sizes:\n        print(x)\n", [2]),
    "under a name with something between": (
        "def f(names):\n    sizes = list(map(len, names))\n    print('now')\n    for x in sizes:\n        print(x)\n",
        [2],
    ),
    "in a comprehension": ("def f(names):\n    return [x + 1 for x in list(map(len, names))]\n", [2]),
    "in a set comprehension": ("def f(names):\n    return {x + 1 for x in list(map(len, names))}\n", [2]),
    "added up": (
        "def f(n):\n    total = 0\n    for x in list(i * 2 for i in range(n)):\n        total += x\n    return total\n",
        [3],
    ),
    "collected": (
        "def f(names):\n    out = []\n    for x in list(map(str, names)):\n        out.append(x.strip())\n    return out\n",
        [3],
    ),
    "counted": ("def f(names):\n    for i, x in enumerate(list(map(str, names))):\n        print(i, x)\n", [2]),
    "ends early": ("def f(names):\n    for x in list(map(len, names)):\n        if x > 3:\n            return x\n", [2]),
    "with a condition": ("def f(n, least):\n    for x in list(i for i in range(n) if i - least):\n        print(x)\n", [2]),
    "at the level of the module": ("import sys\nfor x in list(map(len, sys.argv)):\n    print(x)\n", [2]),
    "in a method": ("class A:\n    def f(self, names):\n        for x in list(map(len, names)):\n            print(x)\n", [3]),
    "in a coroutine": ("async def f(names):\n    for x in list(map(len, names)):\n        print(x)\n", [2]),
    "in an inner loop": (
        "def f(rows):\n    for row in rows:\n        for x in list(map(len, row)):\n            print(x)\n",
        [3],
    ),
    "over two ranges": ("def f(n):\n    for x in list(i * j for i in range(n) for j in range(n)):\n        print(x)\n", [2]),
}

PEDANTIC = {
    "elements of unknown code": ("def f(rows):\n    for x in list(load(r) for r in rows):\n        print(x)\n", [2]),
    "the loop calls unknown code": ("def f(names):\n    for x in list(map(len, names)):\n        use(x)\n", [2]),
    "the loop stores into objects": ("def f(rows):\n    for x in list(r for r in rows):\n        x.seen = True\n", [2]),
    "the loop yields": ("def f(rows):\n    for x in list(r + 1 for r in rows):\n        yield x\n", [2]),
    "a short range": ("def f():\n    for x in list(i * i for i in range(5)):\n        print(x)\n", [2]),
    "a product": (
        "import itertools\n\ndef f(a, b):\n    for x, y in list(itertools.product(a, b)):\n        print(x, y)\n",
        [4],
    ),
    "a chain under its own name": ("from itertools import chain\n\nfor x in tuple(chain(a, b)):\n    print(x)\n", [3]),
    "a generator of the file": (
        "def rows(path):\n    with open(path) as f:\n        yield from f\n\ndef f(path):\n    for row in list(rows(path)):\n"
        "        print(row)\n",
        [6],
    ),
    "a generator of the class": (
        "class A:\n    def parts(self):\n        yield self.name\n\n    def show(self):\n        found = list(self.parts())\n"
        "        for part in found:\n            print(part)\n",
        [6],
    ),
    "the loop waits": ("async def f(rows):\n    for x in list(r + 1 for r in rows):\n        await x\n", [2]),
}

GOOD = {
    "walked as it is": "def f(names):\n    for x in map(len, names):\n        print(x)\n",
    "the loop changes the dict": "def f(d):\n    for k in list(k for k in d if k):\n        del d[k]\n",
    "the loop changes the list": "def f(rows):\n    for r in list(filter(None, rows)):\n        rows.remove(r)\n",
    "the loop adds to the list": "def f(rows):\n    for r in list(map(str, rows)):\n        rows.append(r)\n",
    "the loop hands it on": "def f(rows):\n    for r in list(map(str, rows)):\n        use(rows, r)\n",
    "the loop binds it anew": "def f(rows):\n    for r in list(map(str, rows)):\n        rows = r\n",
    "the length is asked for": "def f(names):\n    sizes = list(map(len, names))\n    print(len(sizes))\n    for x in sizes:\n"
    "        print(x)\n",
    "walked twice": "def f(names):\n    sizes = list(map(len, names))\n    for x in sizes:\n        print(x)\n"
    "    for x in sizes:\n        print(x)\n",
    "given back": "def f(names):\n    return list(map(len, names))\n",
    "passed on": "def f(names):\n    use(list(map(len, names)))\n",
    "indexed": "def f(names):\n    return list(map(len, names))[2:]\n",
    "a copy of a list": "def f(rows):\n    for r in list(rows):\n        print(r)\n",
    "a call of unknown kind": "def f(rows):\n    for r in list(rows.walk()):\n        print(r)\n",
    "a function that gives a list": "def rows():\n    return [1]\n\nfor row in list(rows()):\n    print(row)\n",
    "a function in which another yields": "def rows():\n    def inner():\n        yield 1\n    return inner\n\n"
    "for row in list(rows()):\n    print(row)\n",
    "a decorated generator": "@contextmanager\ndef rows():\n    yield 1\n\nfor row in list(rows()):\n    print(row)\n",
    "the loop may change what the generator walks": "class A:\n    def parts(self):\n        yield from self.all\n\n"
    "    def clear(self):\n        for part in list(self.parts()):\n            self.all.remove(part)\n",
    "groups, which end with the next one": "import itertools\n\n"
    "for key, group in list(itertools.groupby(rows)):\n    print(key)\n",
    "the keys": "def f(d):\n    for k in list(d.keys()):\n        print(k)\n",
    "reversed": "def f(names):\n    for x in reversed(list(map(len, names))):\n        print(x)\n",
    "sorted": "def f(names):\n    for x in sorted(list(map(len, names))):\n        print(x)\n",
    "a short range": "def f():\n    for x in list(i * i for i in range(5)):\n        print(x)\n",
    "walked in another loop": "def f(names, n):\n    sizes = list(map(len, names))\n    for _ in range(n):\n"
    "        for x in sizes:\n            print(x)\n",
    "walked in another function": "def f(names):\n    sizes = list(map(len, names))\n    def g():\n        for x in sizes:\n"
    "            print(x)\n    return g\n",
    "a lazy generator of it": "def f(names):\n    return (x for x in list(map(len, names)))\n",
    "asynchronous": "async def f(rows):\n    for x in list([r async for r in rows]):\n        print(x)\n",
    "a name of its own": "def list(x):\n    return x\n\n\ndef f(names):\n    for x in list(map(len, names)):\n"
    "        print(x)\n",
    "unpacked": "def f(names):\n    for x in list(map(len, *names)):\n        print(x)\n",
}

PEDANTIC |= {
    "the first of a list with a name": ("def f(y):\n    xs = list(map(int, y))\n    return xs[0]\n", [2]),
    "a list with a name, added up": ("def f(y):\n    xs = list(map(int, y))\n    return sum(xs)\n", [2]),
    "a list with a name, sorted": ("def f(y):\n    xs = tuple(i * 2 for i in y)\n    return sorted(xs)\n", [2]),
}

SILENT = {
    "the last": "def f(y):\n    xs = list(map(int, y))\n    return xs[-1]\n",
    "two of them": "def f(y):\n    xs = list(map(int, y))\n    return xs[0], xs[1]\n",
    "its length": "def f(y):\n    xs = list(map(int, y))\n    return len(xs)\n",
    "the first at once, which is GL616": "def f(y):\n    return list(map(int, y))[0]\n",
    "added up at once, which is GL610": "def f(y):\n    return sum(list(map(int, y)))\n",
    "a slice": "def f(y):\n    xs = list(map(int, y))\n    return xs[0:2]\n",
}

BAD |= {
    "unpacked into a display": ("def f(names):\n    for x in [*map(len, names)]:\n        print(x)\n", [2]),
    "backwards": ("def f(names):\n    for x in list(reversed(names)):\n        print(x)\n", [2]),
    "counted by a counter": (
        "from collections import Counter\n\ndef f(names):\n    return Counter(list(map(len, names)))\n",
        [4],
    ),
    "pairs for a dict": ("def f(a, b):\n    return dict(list(zip(a, b)))\n", [2]),
    "a deque": ("import collections\n\ndef f(a):\n    return collections.deque(list(x + 1 for x in a))\n", [4]),
    "a sum of floats": ("import math\n\ndef f(a):\n    return math.fsum(tuple(map(float, a)))\n", [4]),
}

PEDANTIC |= {
    "directories": ("import os\n\nfor entry in list(os.scandir('.')):\n    print(entry)\n", [3]),
    "paths": ("class A:\n    def f(self):\n        for p in list(self.root.rglob('*.png')):\n            yield p\n", [3]),
    "paths, counted": (
        "class A:\n    def f(self):\n        for i, p in enumerate(list(self.root.iterdir())):\n            print(i, p)\n",
        [3],
    ),
    "matches": ("import re\n\ndef f(text):\n    return [m.start() for m in list(re.finditer('a', text))]\n", [4]),
    "a reader": ("import csv\n\ndef f(file):\n    for row in tuple(csv.reader(file)):\n        print(row)\n", [4]),
    "joined": ("def f(root):\n    return ', '.join(list(map(str, root.iterdir())))\n", [2]),
    "put into a list": ("def f(out, names):\n    out.extend(list(map(len, names)))\n", [2]),
    "put into a dict": ("def f(out, names):\n    out.update([(x, 1) for x in names])\n", [2]),
    "through another map": ("def f(names):\n    for x in map(str, list(filter(None, names))):\n        print(x)\n", [2]),
    "beside another": ("def f(a, b):\n    for x, y in zip(list(map(len, a)), b):\n        print(x, y)\n", [2]),
    "the first by next": ("def f(names):\n    return next(iter(list(map(len, names))))\n", [2]),
    "taken apart": ("def f(text):\n    a, b = list(map(int, text.split()))\n    return a + b\n", [2]),
    "looked up": ("def f(names):\n    return 3 in list(map(len, names))\n", [2]),
    "whether there is one": ("def f(names):\n    if list(filter(str.isupper, names)):\n        print(1)\n", [2]),
    "whether there is none": ("def f(rows):\n    return len([r for r in rows if r.ok]) == 0\n", [2]),
    "handed on": ("def f(names):\n    yield from list(map(len, names))\n", [2]),
    "a comprehension, added up": ("def f(rows):\n    return sum([r.price * r.amount for r in rows])\n", [2]),
    "a comprehension, the greatest": ("def f(rows):\n    return max([len(r) for r in rows], default=0)\n", [2]),
    "a comprehension, in order": ("def f(rows):\n    return sorted([r.name for r in rows])\n", [2]),
    "a comprehension with a name": (
        "def f(rows):\n    names = [r.name for r in rows]\n    for name in names:\n        print(name)\n",
        [2],
    ),
    "a comprehension with a name, added up": ("def f(rows):\n    sizes = [r.size for r in rows]\n    return sum(sizes)\n", [2]),
    "what may be a generator": ("def f(gen):\n    items = list(gen)\n    for item in items:\n        print(item)\n", [2]),
    "lines of a file": (
        "def f(path):\n    with open(path) as file:\n        lines = list(file)\n    for line in lines:\n        print(line)\n",
        [3],
    ),
    "what may be a generator, called": ("def f(shop):\n    for item in list(shop.items_of(1)):\n        print(item)\n", [2]),
    "what may be a generator, counted": (
        "from collections import Counter\n\ndef f(names):\n    return Counter(list(names))\n",
        [4],
    ),
}

SILENT |= {
    "a file that is closed": "def f(path):\n    with open(path) as file:\n        rows = list(map(str.strip, file))\n"
    "    for row in rows:\n        print(row)\n",
    "errors that are handled": "def f(texts):\n    try:\n        sizes = list(map(int, texts))\n    except ValueError:\n"
    "        return\n    for size in sizes:\n        print(size)\n",
    "emptied before the walk": "def f(rows):\n    old = list(filter(None, rows))\n    rows.clear()\n    for row in old:\n"
    "        print(row)\n",
    "copied before a change": "def f(gen):\n    items = list(gen)\n    gen.close()\n    for x in items:\n        print(x)\n",
    "walked twice, unknown": "def f(gen):\n    items = list(gen)\n    for item in items:\n        print(item)\n"
    "    for item in items:\n        print(item)\n",
    "given away": "def f(gen):\n    items = list(gen)\n    for item in items:\n        print(item)\n    return items\n",
    "put into what it comes from": "def f(rows):\n    rows.extend(list(x for x in rows if x))\n",
    "put into what a comprehension walks": "def f(table):\n    table.update([(k + 1, 1) for k in table])\n",
    "a list lengthened by a comprehension": "def f(out, rows):\n    out.extend([r.name for r in rows])\n",
    "joined as it should be": "def f(rows):\n    return ', '.join([r.name for r in rows])\n",
    "the greater of two lists": "def f(a, b):\n    return max(list(map(int, a)), b)\n",
    "compared": "def f(a, b):\n    return list(map(int, a)) == b\n",
    "repeated": "import itertools\n\ndef f(a):\n    return itertools.repeat(list(map(int, a)))\n",
    "an index of pandas": "import pandas as pd\n\ndef f(index, a):\n    return index.union(list(map(int, a)))\n",
    "a path": "import os\n\ndef f(a):\n    return os.path.join(list(map(str, a)))\n",
    "several unpacked": "def f(a, b):\n    for x in [*map(int, a), *map(int, b)]:\n        print(x)\n",
    "asynchronous, added up": "async def f(rows):\n    return sum([r async for r in rows])\n",
    "waited for": "async def f(rows):\n    return sum([await r for r in rows])\n",
    "a set, which takes out duplicates": "def f(names):\n    for x in set(map(str, names)):\n        print(x)\n",
    "a length": "def f(rows):\n    return len([r for r in rows if r.ok]) > 3\n",
}
