"""Costly values that nobody reads."""


def body(text, imports="import copy, json, re, glob, hashlib"):
    """A function of the text."""
    return f"{imports}\n\n\ndef f(x, y):\n" + "".join(f"    {line}\n" for line in text.split("\n"))


BAD = {
    "deepcopy": (body("a = copy.deepcopy(x)\nreturn x"), [5]),
    "sorted": (body("a = sorted(x)\nreturn x"), [5]),
    "sum": (body("a = sum(x)\nreturn x"), [5]),
    "json.dumps": (body("a = json.dumps(x)\nreturn x"), [5]),
    "json.loads": (body("a = json.loads(x)\nreturn x"), [5]),
    "an annotated name": (body("a: dict = copy.deepcopy(x)\nreturn x"), [5]),
    "a function imported by name": (body("a = deepcopy(x)\nreturn x", "from copy import deepcopy"), [5]),
    "a module under another name": (body("a = c.deepcopy(x)\nreturn x", "import copy as c"), [5]),
    "with a key": (body("a = sorted(x, key=lambda i: i[0], reverse=True)\nreturn x"), [5]),
    "in a loop": (body("for i in x:\n    a = copy.deepcopy(i)\nreturn x"), [6]),
    "in a branch": (body("if y:\n    a = sorted(x)\nreturn x"), [6]),
    "stored twice": (body("a = sorted(x)\na = sorted(y)\nreturn x"), [5, 6]),
    "an attribute as argument": (body("a = sorted(x.rows)\nreturn x"), [5]),
    "a subscript as argument": (body("a = sorted(x[0])\nreturn x"), [5]),
    "in a coroutine": ("async def f(x):\n    a = sorted(x)\n    return x\n", [2]),
    "in a method": ("class A:\n    def f(self):\n        a = sorted(self.rows)\n        return 1\n", [3]),
    "in a nested function": ("def f(x):\n    def g():\n        a = sorted(x)\n        return 1\n    return g\n", [3]),
    "in a handler": (body("try:\n    x()\nexcept ValueError:\n    a = sorted(y)\nreturn x"), [8]),
    "in finally": (body("try:\n    x()\nfinally:\n    a = sorted(y)\nreturn x"), [8]),
    "in a case": (body("match x:\n    case 1:\n        a = sorted(y)\nreturn x"), [7]),
    "pandas": (body("a = pd.read_csv(x)\nreturn x", "import pandas as pd"), [5]),
    "numpy": (body("a = np.sort(x)\nreturn x", "import numpy as np"), [5]),
    "a name that another function reads": ("def f(x):\n    a = sorted(x)\n    return x\n\n\ndef g(a):\n    return a\n", [2]),
    "re": (body("a = re.findall('x', y)\nreturn x"), [5]),
}

GOOD = {
    "read": body("a = sorted(x)\nreturn a"),
    "read later": body("a = sorted(x)\nif y:\n    return x\nreturn a"),
    "read by a function inside": body("a = sorted(x)\ndef g():\n    return a\nreturn g"),
    "read by a comprehension": body("a = sorted(x)\nreturn [i for i in a]"),
    "read in a string": body("a = sorted(x)\nreturn f'{a}'"),
    "extended": body("a = sorted(x)\na += y\nreturn x"),
    "deleted": body("a = copy.deepcopy(x)\ndel a\nreturn x"),
    "a check": body("try:\n    a = json.loads(x)\nexcept ValueError:\n    return y\nreturn x"),
    "under with": body("with y:\n    a = json.loads(x)\nreturn x"),
    "said to be unused": body("_a = sorted(x)\nreturn x"),
    "an argument does something": body("a = sorted(x())\nreturn x"),
    "an argument is a generator": body("a = sum(i.run() for i in x)\nreturn x"),
    "global": body("global a\na = sorted(x)\nreturn x"),
    "nonlocal": "def f(x):\n    a = 1\n    def g():\n        nonlocal a\n        a = sorted(x)\n    return g, a\n",
    "a name of the module": "import copy\n\na = copy.deepcopy([1])\n",
    "a field of a class": "import copy\n\n\nclass A:\n    a = copy.deepcopy([1])\n",
    "an attribute": body("x.a = sorted(y)\nreturn x"),
    "two targets": body("a = x.b = sorted(y)\nreturn x"),
    "unpacked": body("a, b = sorted(y)\nreturn b"),
    "locals are read": body("a = sorted(x)\nreturn locals()"),
    "a call that does more": body("a = x.save()\nreturn y"),
    "a function of that name": "def sorted(x):\n    x.clear()\n\n\ndef f(x):\n    a = sorted(x)\n    return x\n",
    "a method of that name": body("a = x.deepcopy(y)\nreturn x"),
    "awaited": "async def f(x):\n    a = await x.read()\n    return x\n",
    "a cheap call": body("a = len(x)\nreturn x"),
    "the walrus is read": body("if (a := sorted(x)):\n    return a\nreturn y"),
}

PEDANTIC = {
    "x = 1 in a function": ("def f():\n    x = 1\n", [2]),
    "x = g() in a function": ("def f():\n    x = g()\n    return 2\n", [2]),
    "except ValueError as e: in a function": (
        "def f():\n    try:\n        g()\n    except ValueError as e:\n        pass\n",
        [4],
    ),
    "with open('x') as g: in a function": ("def f():\n    with open('x') as g:\n        pass\n", [2]),
    "x: int = 3 in a function": ("def f():\n    x: int = 3\n", [2]),
    "if (y := 3): in a function": ("def f():\n    if (y := 3):\n        pass\n", [2]),
    "a, b = g() in a function": ("def f():\n    a, b = g()\n    return a\n", [2]),
    "r = self.x() in a method": ("class A:\n    def m(self):\n        r = self.x()\n", [3]),
    "data = [i for i in range(3)] in a function": ("def f():\n    data = [i for i in range(3)]\n    print('x')\n", [2]),
    "x = y = z in a function": ("def f(z):\n    x = y = z\n    return y\n", [2]),
    "another value before it is read": (
        "import json\n\n\ndef f(a, b):\n    x = json.loads(a)\n    print(b)\n    x = json.loads(b)\n    y = json.loads(a)\n"
        "    y = json.loads(y['b'])\n    z = json.loads(a)\n    if b:\n        z = 1\n    return x, y, z\n",
        [5],
    ),
}
