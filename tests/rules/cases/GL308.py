"""Copies by way of a text, and texts that are written or read for their own sake."""

J = "import json\n\n"

BAD = {
    "in one line": (J + "def f(a):\n    return json.loads(json.dumps(a))\n", [4]),
    "under a name": (J + "def f(a):\n    s = json.dumps(a)\n    b = json.loads(s)\n    b['x'] = 1\n    return b\n", [5]),
    "imported by name": ("from json import dumps as d, loads as p\n\nx = p(d(y))\n", [3]),
    "the module under another name": ("import ujson as json\n\nx = json.loads(json.dumps(y))\n", [3]),
    "a faster library": ("import orjson\n\nrows = [orjson.loads(orjson.dumps(row)) for row in rows]\n", [3]),
    "an attribute": (J + "class A:\n    def copy(self):\n        return A(json.loads(json.dumps(self.data)))\n", [5]),
    "yaml": ("import yaml\n\nx = yaml.safe_load(yaml.safe_dump(y))\n", [3]),
    "msgpack": ("import msgpack\n\nx = msgpack.unpackb(msgpack.packb(y))\n", [3]),
}

PEDANTIC = {
    "pickle": ("import pickle\n\ndef f(a):\n    return pickle.loads(pickle.dumps(a))\n", [4]),
    "pickle by its names": ("from pickle import dumps, loads\n\ndef f(a):\n    s = dumps(a)\n    return loads(s)\n", [5]),
}

GOOD = {
    "written": J + "def f(a, out):\n    out.write(json.dumps(a))\n",
    "read": J + "def f(text):\n    return json.loads(text)\n",
    "the other way round": J + "def f(text):\n    return json.dumps(json.loads(text))\n",
    "other types become texts": J + "x = json.loads(json.dumps(y, default=str))\n",
    "an encoder": J + "x = json.loads(json.dumps(y, cls=Encoder))\n",
    "objects are made": J + "x = json.loads(json.dumps(y), object_hook=make)\n",
    "a protocol": "import pickle\n\nx = pickle.loads(pickle.dumps(y, 2))\n",
    "the text is kept": J + "def f(a):\n    s = json.dumps(a)\n    log(s)\n    return json.loads(s)\n",
    "another library reads": "import json\nimport pickle\n\nx = pickle.loads(json.dumps(y))\n",
    "another loads": J + "x = shop.loads(json.dumps(y))\n",
    "stars": J + "x = json.loads(json.dumps(*y))\n",
    "read elsewhere": J + "def f(a):\n    s = json.dumps(a)\n    def g():\n        return json.loads(s)\n    return g\n",
    "changed in between": J + "x = json.loads(json.dumps(y).replace('a', 'b'))\n",
}
