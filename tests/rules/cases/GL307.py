"""Files of JSON that are walked once, and what is in memory or needed as a whole."""

P = "import json\nfrom pathlib import Path\n\n\n"

BAD = {
    "a loop": (P + "def f(p):\n    with open(p) as g:\n        for x in json.load(g):\n            print(x)\n", [7]),
    "under a name": (
        P + "def f(p):\n    with open(p) as g:\n        rows = json.load(g)\n    for x in rows:\n        print(x)\n",
        [7],
    ),
    "a text with a name": (
        P + "def f(p):\n    with open(p) as g:\n        text = g.read()\n    for x in json.loads(text):\n        print(x)\n",
        [8],
    ),
    "a comprehension": (P + "def f(p):\n    return [x['n'] for x in json.load(open(p))]\n", [6]),
    "added up": (P + "def f(p):\n    return sum(x['n'] for x in json.load(open(p)))\n", [6]),
    "any": (P + "def f(p):\n    return any(x['n'] for x in json.load(open(p)))\n", [6]),
    "counted": (P + "def f(p):\n    for i, x in enumerate(json.load(open(p))):\n        print(i, x)\n", [6]),
    "a path": (P + "def f():\n    for x in json.loads(Path('a').read_text()):\n        print(x)\n", [6]),
    "the bytes of a path": (P + "def f():\n    for x in json.loads(Path('a').read_bytes()):\n        print(x)\n", [6]),
    "a file that is read": (
        P + "def f(p):\n    with open(p) as g:\n        for x in json.loads(g.read()):\n            print(x)\n",
        [7],
    ),
    "orjson": (
        "import orjson\nfrom pathlib import Path\n\nfor x in orjson.loads(Path('a').read_bytes()):\n    print(x)\n",
        [4],
    ),
    "ujson": ("import ujson\n\nwith open('a') as g:\n    for x in ujson.load(g):\n        print(x)\n", [4]),
    "simplejson": ("import simplejson as json\n\nwith open('a') as g:\n    for x in json.load(g):\n        print(x)\n", [4]),
    "imported by name": ("from json import load\n\nwith open('a') as g:\n    for x in load(g):\n        print(x)\n", [4]),
    "packed": ("import gzip\nimport json\n\nwith gzip.open('a') as g:\n    for x in json.load(g):\n        print(x)\n", [5]),
    "ends early": (P + "def f(p):\n    for x in json.load(open(p)):\n        if x:\n            return x\n", [6]),
    "in a method": (P + "class A:\n    def f(self):\n        for x in json.load(self.file):\n            print(x)\n", [7]),
    "a file of unknown kind": (P + "def f(g):\n    for x in json.load(g):\n        print(x)\n", [6]),
    "in a coroutine": (P + "async def f(g):\n    for x in json.load(g):\n        await x\n", [6]),
    "in an inner loop": (P + "def f(ps):\n    for p in ps:\n        for x in json.load(open(p)):\n            print(x)\n", [7]),
    "a set": (P + "def f(g):\n    return {x['n'] for x in json.load(g)}\n", [6]),
    "a path of unknown kind": (P + "def f(p):\n    for x in json.loads(p.read_text()):\n        print(x)\n", [6]),
}

PEDANTIC = {
    "one part of a text with a name": (
        P + "def f():\n    raw = Path('a.json').read_bytes()\n    return json.loads(raw)[0]\n",
        [7],
    ),
    "one part": (P + "def f(g):\n    return json.load(g)['version']\n", [6]),
    "all of it": (P + "def f(g):\n    return json.load(g)\n", [6]),
    "used twice": (P + "def f(g):\n    x = json.load(g)\n    print(len(x))\n    return x\n", [6]),
}

GOOD = {
    "a text bound twice": P
    + "def f(g, s):\n    if s is None:\n        s = g.read()\n    for x in json.loads(s):\n        print(x)\n",
    "one record per line": P + "def f(p):\n    with open(p) as g:\n        for x in g:\n            print(json.loads(x))\n",
    "a text": P + "def f(s):\n    for x in json.loads(s):\n        print(x)\n",
    "a response": P + "def f(r):\n    for x in json.loads(r.text):\n        print(x)\n",
    "what a response reads": P + "def f(r):\n    for x in json.loads(r.read()):\n        print(x)\n",
    "a process": P + "import subprocess\ndef f():\n    for x in json.loads(subprocess.check_output('a')):\n        print(x)\n",
    "in memory": P + "import io\ndef f(s):\n    for x in json.load(io.StringIO(s)):\n        print(x)\n",
    "kept": P + "def f(g):\n    rows = json.load(g)\n    for x in rows:\n        print(x, len(rows))\n",
    "its length": P + "def f(g):\n    rows = json.load(g)\n    print(len(rows))\n    for x in rows:\n        print(x)\n",
    "passed on": P + "def f(g):\n    use(json.load(g))\n",
    "items of a table": P + "def f(g):\n    for k, v in json.load(g).items():\n        print(k, v)\n",
    "one part": P + "def f(g):\n    return json.load(g)['version']\n",
    "sorted": P + "def f(g):\n    for x in sorted(json.load(g)):\n        print(x)\n",
    "yaml": "import json\nimport yaml\n\nfor x in yaml.load(open('a')):\n    print(x)\n",
    "pickle": "import json\nimport pickle\n\nfor x in pickle.load(open('a', 'rb')):\n    print(x)\n",
    "another load": "import json\n\nfor x in shop.load(open('a')):\n    print(x)\n",
    "given back": P + "def f(g):\n    return json.load(g)\n",
    "lazily": P + "def f(g):\n    return (x for x in json.load(g))\n",
    "walked twice": P + "def f(g):\n    a = json.load(g)\n    for x in a:\n        print(x)\n    for x in a:\n"
    "        print(x)\n",
    "written": P + "def f(g, x):\n    json.dump(x, g)\n",
    "no argument": P + "def f():\n    for x in json.load():\n        print(x)\n",
    "an element": P + "def f(g):\n    for x in json.load(g)['rows']:\n        print(x)\n",
}
