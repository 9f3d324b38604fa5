"""Texts that GL210 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a set to look into": """
def f(words, known):
    for word in words:
        if word in set(known):  # !
            print(word)
""",
        "a set in a comprehension": """
def f(rows, left):
    return [row for row in rows if row not in frozenset(left)]  # !
""",
        "a parameter parsed": """
import json

def f(rows, text):
    for row in rows:
        print(row, json.loads(text)['limit'])  # !
""",
        "named, and only read": """
import json

def f(rows, text):
    for row in rows:
        settings = json.loads(text)  # !
        print(row, settings['limit'])
""",
        "get": """
import json

def f(rows, text):
    for row in rows:
        print(row, json.loads(text).get('limit'))  # !
""",
        "the function imported": """
from json import loads

def f(rows, text):
    return [row for row in rows if row.id in loads(text)]  # !
""",
        "an alias of the module": """
import json as j

def f(rows, text):
    return [row for row in rows if row.id in j.loads(text)]  # !
""",
        "a constant date": """
from datetime import datetime

def f(rows):
    return [row for row in rows if row.at > datetime.strptime('1.1.2020', '%d.%m.%Y')]  # !
""",
        "an ISO date": """
import datetime

def f(rows, start):
    return [row for row in rows if row.at > datetime.datetime.fromisoformat(start)]  # !
""",
        "time": """
import time

def f(rows, start):
    for row in rows:
        print(row.at > time.strptime(start, '%H:%M'))  # !
""",
        "a time stamp": """
import pandas as pd

def f(rows, start):
    return [row for row in rows if row.at > pd.Timestamp(start)]  # !
""",
        "to_datetime": """
import pandas as pd

def f(rows, start):
    for row in rows:
        if row.at > pd.to_datetime(start):  # !
            print(row)
""",
        "a version": """
from packaging.version import Version

def f(tags):
    return [tag for tag in tags if Version('1.0') < tag]  # !
""",
        "a signature": """
import inspect

def f(rows, function):
    for row in rows:
        print(row, inspect.signature(function))  # !
""",
        "a literal": """
import ast

def f(rows, text):
    for row in rows:
        print(row, ast.literal_eval(text))  # !
""",
        "a version that is installed": """
from importlib.metadata import version

def f(rows, name):
    return [row for row in rows if row.version == version(name)]  # !
""",
        "a network": """
import ipaddress

def f(addresses, text):
    return [a for a in addresses if a in ipaddress.ip_network(text)]  # !
""",
        "a hash of a constant": """
import hashlib

def f(rows, secret: bytes):
    for row in rows:
        print(row, hashlib.sha256(secret).hexdigest())  # !
""",
        "an attribute that stays": """
import json

class A:
    def f(self, rows):
        for row in rows:
            print(row, json.loads(self.text)['limit'])  # !
""",
        "while": """
import json

def f(queue, text):
    while queue:
        print(queue.pop(), json.loads(text)['limit'])  # !
""",
        "async": """
import json

async def f(stream, text):
    async for row in stream:
        print(row, json.loads(text)['limit'])  # !
""",
        "an argument put together": """
from datetime import datetime

def f(rows, day):
    for row in rows:
        print(row.at > datetime.strptime(day + ' 12:00', '%d.%m.%Y %H:%M'))  # !
""",
        "an f-string": """
from datetime import datetime

def f(rows, day):
    for row in rows:
        print(row.at > datetime.strptime(f'{day} 12:00', '%d.%m.%Y %H:%M'))  # !
""",
        "in the inner of two loops": """
import json

def f(tables, text):
    for table in tables:
        for row in table:
            print(row, json.loads(text)['limit'])  # !
""",
    }
)

GOOD = plain(
    {
        "a set of what the loop changes": """
def f(words, known):
    for word in words:
        if word not in set(known):
            known.append(word)
""",
        "a set of each item": """
def f(rows, name):
    return [row for row in rows if name in set(row)]
""",
        "a set that is kept": """
def f(rows, names):
    for row in rows:
        row.names = set(names)
""",
        "once before": """
import json

def f(rows, text):
    limit = json.loads(text)['limit']
    for row in rows:
        print(row, limit)
""",
        "another text each time": """
import json

def f(lines):
    return [json.loads(line) for line in lines]
""",
        "computed from the item": """
import json

def f(rows):
    for row in rows:
        text = row.text
        print(json.loads(text)['limit'])
""",
        "bound in the loop": """
import json

def f(rows, text):
    for row in rows:
        print(json.loads(text)['limit'])
        text = row.text
""",
        "an attribute of the item": """
import json

def f(rows):
    for row in rows:
        print(json.loads(row.text)['limit'])
""",
        "an item of a list by index": """
import json

def f(rows, n):
    for i in range(n):
        print(json.loads(rows[i])['limit'])
""",
        "a call": """
import json

def f(rows, read):
    for row in rows:
        print(json.loads(read())['limit'])
""",
        "each gets its own": """
import json

def f(rows, text):
    for row in rows:
        row.settings = json.loads(text)
""",
        "changed": """
import json

def f(rows, text):
    for row in rows:
        settings = json.loads(text)
        settings['row'] = row
        send(settings)
""",
        "collected": """
import json

def f(rows, text):
    return [json.loads(text) for _ in rows]
""",
        "handed on": """
import json

def f(rows, text):
    for row in rows:
        send(row, json.loads(text))
""",
        "no loop": """
import json

def f(text):
    return json.loads(text)['limit']
""",
        "the iterable": """
import json

def f(text):
    for row in json.loads(text):
        print(row)
""",
        "a short loop": """
import json

def f(text):
    for name in ('a', 'b'):
        print(json.loads(text)[name])
""",
        "tried until it works": """
import json

def f(text):
    while True:
        try:
            return json.loads(text)['limit']
        except ValueError:
            text = text[:-1]
""",
        "no arguments": """
import importlib.metadata

def f(rows):
    for row in rows:
        print(row, importlib.metadata.entry_points())
""",
        "their own": """
def loads(text):
    return {}

def f(rows, text):
    for row in rows:
        print(row, loads(text)['limit'])
""",
        "another object's": """
import json

def f(rows, tool, text):
    for row in rows:
        print(row, tool.loads(text)['limit'], json.dumps(row))
""",
        "a method in the loop may change it": """
import json

class A:
    def f(self, rows):
        for row in rows:
            self.read(row)
            print(json.loads(self.text)['limit'])
""",
        "a hash that is fed": """
import hashlib

def f(rows, salt):
    for row in rows:
        digest = hashlib.sha256(salt)
        digest.update(row)
        print(digest.hexdigest())
""",
        "a path may point elsewhere": """
import os

def f(rows, path):
    for row in rows:
        row.link(path)
        print(os.path.realpath(path))
""",
        "a function in a loop": """
import json

def f(rows, text):
    for row in rows:
        row.read = lambda: json.loads(text)['limit']
""",
        "changed through its methods": """
import json

def f(rows, text):
    text = bytearray(text)
    for row in rows:
        text.extend(row)
        print(json.loads(text)['limit'])
""",
        "a file for each item": """
def f(paths):
    for path in paths:
        with open(path) as file:
            print(file.read())
""",
        "a file that is written": """
def f(rows, path):
    for row in rows:
        with open(path, "a") as file:
            file.write(row)
""",
        "what the kernel says now": """
def f(rows):
    for row in rows:
        print(open("/proc/stat").read(), row)
""",
        "another variable each time": """
import os

def f(names):
    return [os.environ[name] for name in names]
""",
        "a variable that is set": """
import os

def f(names):
    for name in names:
        os.environ["NAME"] = name
""",
        "a matrix that the loop changes": """
import numpy as np

def f(points, a):
    for point in points:
        a[0] = point
        print(np.linalg.inv(a))
""",
    }
)

BAD |= marked(
    {
        "a matrix inverted": """
import numpy as np

def f(points, shape):
    return [np.linalg.inv(shape) @ point for point in points]  # !
""",
        "an equation solved": """
from scipy import linalg

def f(points, a, b):
    for point in points:
        x = linalg.solve(a, b)  # !
        print(x[0], point)
""",
        "an expression compiled": """
def f(rows, text):
    for row in rows:
        code = compile(text, "<rule>", "eval")  # !
        print(eval(code, {"row": row}))
""",
    }
)

PEDANTIC = {
    "the environment": (
        "import os\ndef f(rows):\n    for row in rows:\n        if os.environ.get('DEBUG'):\n            print(row)\n",
        [4],
    ),
    "the environment, by key": ("import os\ndef f(rows):\n    return [os.environ['HOME'] + row for row in rows]\n", [3]),
    "getenv, imported": ("from os import getenv\ndef f(rows):\n    for row in rows:\n        print(getenv('A'), row)\n", [4]),
    "the same file": (
        "def f(rows, path):\n    for row in rows:\n        with open(path, 'rb') as file:\n            print(file, row)\n",
        [3],
    ),
    "the same table": (
        "import pandas as pd\ndef f(names):\n    for name in names:\n        print(pd.read_csv('rates.csv')[name])\n",
        [4],
    ),
    "the host's name": ("import socket\ndef f(rows):\n    return [(socket.gethostname(), row) for row in rows]\n", [3]),
    "a matrix that is handed on": (
        "import numpy as np\ndef f(points, a):\n    for point in points:\n        point.set(np.linalg.inv(a))\n",
        [4],
    ),
    "n = len(x) in a function": (
        ("def f(items):\n    x = (1, 2, 3)\n    for i in items:\n        n = len(x)\n        print(n)\n"),
        [4],
    ),
    "print(x, len(y)) in a function": ("def f(xs, y):\n    for x in xs:\n        print(x, len(y))\n", [3]),
    "d = json.loads(text)": (
        ("import json\ndef f(items, text):\n    for i in range(10):\n        d = json.loads(text)\n        print(d['a'])\n"),
        [4],
    ),
    "while i < len(items):": (
        ("import re\ndef f(items):\n    i = 0\n    while i < len(items):\n        print(items[i])\n        i += 1\n"),
        [4],
    ),
    "y = max(lo, hi) in a function": (
        "def f(xs, lo, hi):\n    for x in xs:\n        y = max(lo, hi)\n        print(x * y)\n",
        [3],
    ),
    "print(sorted(d)) in a function": ("def f(d):\n    for i in range(100):\n        print(sorted(d))\n", [3]),
    "a text that other functions use, and a file": (
        "import json\nfrom pathlib import Path\nTEXT = '{}'\ndef f(xs):\n    for x in xs:\n"
        "        print(json.loads(TEXT)['a'], x)\n"
        "    for x in xs:\n        print(Path('a.txt').read_text(), x)\ndef g():\n    return work(TEXT)\n",
        [6, 8],
    ),
    "changed, asked once, or set in the loop": (
        "import json\nfrom os import environ, getenv\ndef f(xs, text):\n    for x in xs:\n        d = json.loads(text)\n"
        "        d['x'] = x\n"
        "        print(d)\n    for x in xs:\n        if x:\n            print(json.loads(text))\n            break\n"
        "    for x in xs:\n"
        "        environ['X'] = x\n        print(getenv('X'))\n",
        [],
    ),
}


def _each(expression: str, before: str = "", arguments: str = "xs, a, b") -> str:
    return f"{before}\ndef f({arguments}):\n    for x in xs:\n        print(x, {expression})\n"


_PURE = "def area(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n"
_NOISY = "def area(n):\n    print(n)\n    return n * 2\n"
_MADE = "def area(n):\n    return [0] * n\n"

PEDANTIC |= {
    "a sum over parts of items": (_each("sum(i.price for i in a)"), [4]),
    "a call within a call": (_each("len(a.split(','))"), [4]),
    "a text put in small letters": (_each("x == a.lower()"), [4]),
    "texts joined": (_each("', '.join(a)"), [4]),
    "a root": (_each("math.sqrt(2) * x", "import math"), [4]),
    "two statistics of what is walked": (
        "import statistics as s\ndef f(xs):\n    return [(x - s.mean(xs)) / s.stdev(xs) for x in xs if x < s.median(xs)]\n",
        [3, 3, 3],
    ),
    "a mean of an array": (_each("x - np.mean(a)", "import numpy as np"), [4]),
    "a mean by its method": (_each("x - a.mean()", "import numpy as np"), [4]),
    "a column of a frame": (_each("x - a['y'].max()", "import pandas as pd"), [4]),
    "groups of a frame": (_each("a.groupby('y')['z'].mean()[x]", "import pandas as pd"), [4]),
    "a container written as text": (_each("json.dumps(a)", "import json"), [4]),
    "what a pattern finds": (_each("re.findall('[0-9]+', a)[0]", "import re"), [4]),
    "a template": ("def f(xs, t, c):\n    for x in xs:\n        body = t.render(c)\n        x.send(body)\n", [3]),
    "a folder": (_each("x in os.listdir(a)", "import os"), [4]),
    "a function of the file": (_each("x * area(20)", _PURE), [9]),
    "a function of the file, by a parameter": (_each("x % area(a)", _PURE), [9]),
    "the limit of a counter": (
        "def f(limit):\n    i = 0\n    while i < limit():\n        i += 1\n    while i > limit.low(3):\n        i -= 1\n",
        [3, 5],
    ),
    "the limit of a counter, by a method": (
        "class A:\n    def f(self):\n        i = 0\n        while i < self.size():\n            i += 1\n",
        [4],
    ),
}

SILENT = {
    "items that the loop changes": "def f(cart):\n    for i in cart:\n        i.price *= 2\n"
    "        print(sum(j.price for j in cart))\n",
    "items that the loop may change": "def f(cart):\n    for i in cart:\n        i.raise_it()\n"
    "        print(sum(j.price for j in cart))\n",
    "items of items that grow": "def f(xs, a):\n    for x in xs:\n        a[0].append(x)\n        print(len(a[0]))\n",
    "an array that the loop fills": "import numpy as np\ndef f(xs, a):\n    for x in xs:\n        a[0] = x\n"
    "        print(a.mean())\n",
    "another frame each time": "import pandas as pd\ndef f(xs, a):\n    for x in xs:\n        a = a[a.y > x]\n"
    "        print(a.y.max())\n",
    "parameters that are trained": _each("a.sum()", "import numpy\nimport torch"),
    "a function that prints": _each("x * area(20)", _NOISY),
    "a function of the item": _each("area(x)", _PURE),
    "a list of its own for each": "".join((_MADE, "def f(xs, n):\n    for x in xs:\n        x.cells = area(n)\n")),
    "a function that remembers": _each("x * area(20)", "import functools\n@functools.cache\n" + _PURE),
    "a function that reads what the loop counts": "n = 0\ndef g():\n    return n + 1\ndef f(xs):\n    global n\n"
    "    for x in xs:\n        n += 1\n        print(g() + 1)\n",
    "parts for each": "def f(xs, a):\n    for x in xs:\n        x.parts = a.split(',')\n",
    "the time": "import time\ndef f(n):\n    while n < time.time():\n        n += 1\n",
    "a limit that moves": "class A:\n    def f(self):\n        i = 0\n        while i < self.size():\n"
    "            self.grow()\n            i += 1\n",
    "a place in a file": "def f(file, n):\n    while n < file.tell():\n        n += 1\n",
    "waits for a file": "import os, time\ndef f(a, xs):\n    for x in xs:\n        if os.listdir(a):\n"
    "            print(x)\n        time.sleep(1)\n",
    "a context that the loop fills": "def f(xs, t, c):\n    for x in xs:\n        c['x'] = x\n        print(t.render(c))\n",
}
