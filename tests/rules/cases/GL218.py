"""Texts that GL218 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a range": """
def f(n):
    for i in list(range(n)):  # !
        print(i)
""",
        "a range as a tuple": """
def f(n):
    for i in tuple(range(n)):  # !
        print(i)
""",
        "sorted": """
def f(rows):
    for row in list(sorted(rows)):  # !
        print(row)
""",
        "sorted with a key": """
def f(rows):
    for row in tuple(sorted(rows, key=str)):  # !
        print(row)
""",
        "a list of a list": """
def f(rows):
    for row in list(list(rows)):  # !
        rows.remove(row)
""",
        "a comprehension": """
def f(rows):
    for name in list([row.name for row in rows]):  # !
        print(name)
""",
        "a set comprehension": """
def f(rows):
    for name in list({row.name for row in rows}):  # !
        print(name)
""",
        "split": """
def f(text: str):
    for word in list(text.split()):  # !
        print(word)
""",
        "splitlines": """
def f(text: str):
    for line in list(text.splitlines()):  # !
        print(line)
""",
        "a string": """
def f(text: str):
    for letter in list(text):  # !
        print(letter)
""",
        "str()": """
def f(number):
    return [int(digit) for digit in list(str(number))]  # !
""",
        "a tuple": """
def f(rows: tuple):
    for row in list(rows):  # !
        print(row)
""",
        "a named range": """
def f(n):
    numbers = range(n)
    for i in list(numbers):  # !
        print(i)
""",
        "in a list comprehension": """
def f(n):
    return [i * i for i in list(range(n))]  # !
""",
        "in a generator": """
def f(n):
    return sum(i * i for i in list(range(n)))  # !
""",
        "in a dict comprehension": """
def f(n):
    return {i: None for i in list(range(n))}  # !
""",
        "the second loop of a comprehension": """
def f(n, m):
    return [i * j for i in range(n) for j in list(range(m))]  # !
""",
        "a local list that stays as it is": """
def f(source):
    rows = [row for row in source]
    for row in list(rows):  # !
        print(row)
""",
        "a local list, filled before": """
def f(source):
    rows = []
    for row in source:
        rows.append(row.name)
    return [name.upper() for name in list(rows)]  # !
""",
        "async function": """
async def f(n):
    for i in list(range(n)):  # !
        await step(i)
""",
        "with else": """
def f(n):
    for i in list(range(n)):  # !
        print(i)
    else:
        print('end')
""",
        "at module level": """
for i in list(range(1000)):  # !
    print(i)
""",
    }
)

GOOD = plain(
    {
        "the range": """
def f(n):
    for i in range(n):
        print(i)
""",
        "a dict that changes": """
def f(table: dict):
    for key in list(table):
        del table[key]
""",
        "the keys of a dict": """
def f(table):
    for key in list(table.keys()):
        table.pop(key)
""",
        "items of a dict": """
def f(table):
    for key, value in list(table.items()):
        use(key, value)
""",
        "a list that changes": """
def f(rows: list):
    for row in list(rows):
        rows.remove(row)
""",
        "a local list that changes": """
def f(source):
    rows = [row for row in source]
    for row in list(rows):
        if row.bad:
            rows.remove(row)
""",
        "a local list that is handed on": """
def f(source):
    rows = [row for row in source]
    for row in list(rows):
        change(rows)
""",
        "a local list that something else holds": """
def f(self, source):
    rows = []
    self.rows = rows
    for row in list(rows):
        self.change(row)
""",
        "a parameter": """
def f(rows: list):
    for row in list(rows):
        use(row)
""",
        "unknown": """
def f(rows):
    for row in list(rows):
        use(row)
""",
        "an attribute": """
def f(self):
    for row in list(self.rows):
        use(row)
""",
        "a set": """
def f(rows: set):
    for row in list(rows):
        rows.discard(row)
""",
        "a generator": """
def f(rows):
    for row in list(row for row in rows if row):
        rows.remove(row)
""",
        "map": """
def f(rows):
    for row in list(map(str, rows)):
        rows.append(row)
""",
        "zip": """
def f(a, b):
    for x, y in list(zip(a, b)):
        a.remove(x)
""",
        "a call": """
def f(table):
    for row in list(table.rows()):
        table.remove(row)
""",
        "not walked": """
def f(n):
    return list(range(n))
""",
        "handed on": """
def f(n):
    for i in shuffled(list(range(n))):
        print(i)
""",
        "a short literal": """
def f(a, b):
    for row in list((a, b)):
        print(row)
""",
        "a few turns": """
def f():
    for i in list(range(3)):
        print(i)
""",
        "their own": """
def list(x):
    return x

def f(n):
    for i in list(range(n)):
        print(i)
""",
        "waits meanwhile": """
async def f(source):
    rows = [row for row in source]
    register(rows)
    for row in list(rows):
        await row
""",
        "an asynchronous loop": """
async def f(n):
    async for i in tuple(range(n)):
        print(i)
""",
        "split of an unknown thing": """
def f(frame):
    for part in list(frame.split()):
        print(part)
""",
    }
)

PEDANTIC = {
    "for i in list(items):": ("items = [1, 2, 3]\nfor i in list(items):\n    print(i)\n", [2]),
    "for i in list((1, 2, 3)):": ("for i in list((1, 2, 3)):\n    print(i)\n", [1]),
    "for x in list(xs): in a function": ("def f(xs):\n    for x in list(xs):\n        print(x)\n", [2]),
    "for i in list(items): print(i)": ("items = {1, 2}\nfor i in list(items): print(i)\n", [2]),
    "for k in list(d.keys()): in a function": ("def f(d):\n    for k in list(d.keys()):\n        print(k)\n", [2]),
    "for i in list({1, 2, 3}):": ("for i in list({1, 2, 3}):\n    print(i)\n", [1]),
    "for i in list(items):, case 2": ("from mod import items\nfor i in list(items):\n    print(i)\n", [2]),
    "for i in list(range(10)):": ("for i in list(range(10)):\n    print(i)\n", [1]),
    "for i in list([1, 2, 3]):": ("for i in list([1, 2, 3]):\n    print(i)\n", [1]),
    "for x in list(self.xs): in a method": (
        "class A:\n    def f(self):\n        for x in list(self.xs):\n            print(x)\n",
        [3],
    ),
    "in enumerate and zip": (
        "def f(xs, ys):\n    for i, x in enumerate(list(xs)):\n        print(i, x)\n    for x, y in zip(tuple(xs), ys):\n"
        "        print(x, y)\n",
        [2, 4],
    ),
    "changed in another function, which this loop does not call": (
        "xs = [1]\nfor x in list(xs):\n    print(x)\nfor x in list(xs):\n    work(x)\nfor x in list(xs):\n"
        "    xs.append(x)\n\n\n"
        "def work(x):\n    xs.append(x)\n",
        [2],
    ),
}

_WALK = "def f(xs, d):\n    for x in {}:\n        print(x)\n"
_TAKE = "def f(xs, d):\n    for x in {}:\n        xs.remove(x)\n"

BAD |= {
    "a set made on the spot": (_WALK.format("list(set(xs))"), [2]),
    "names of a folder": ("import os\n\ndef f(path):\n    for x in list(os.listdir(path)):\n        print(x)\n", [4]),
}

PEDANTIC |= {
    "a slice": (_WALK.format("xs[:]"), [2]),
    "a display": (_WALK.format("[*xs]"), [2]),
    "a copy": (_WALK.format("xs.copy()"), [2]),
    "map": (_WALK.format("list(map(int, xs))"), [2]),
    "filter": (_WALK.format("tuple(filter(None, xs))"), [2]),
    "zip": (_WALK.format("list(zip(xs, d))"), [2]),
    "reversed": (_WALK.format("list(reversed(xs))"), [2]),
    "a generator": (_WALK.format("list(x * 2 for x in xs)"), [2]),
}

SILENT = {
    "a slice, and the loop takes out": _TAKE.format("xs[:]"),
    "a copy, and the loop takes out": _TAKE.format("xs.copy()"),
    "filtered, and the loop takes out": _TAKE.format("list(filter(None, xs))"),
    "a generator, and the loop takes out": _TAKE.format("list(x for x in xs if x)"),
    "a copy, and the loop calls what it does not know": "def f(calls):\n    for call in calls[:]:\n        call()\n",
    "a part": _WALK.format("xs[1:]"),
    "turned round": _WALK.format("xs[::-1]"),
    "an unknown iterator": _WALK.format("list(xs.walk())"),
    "others run meanwhile": "async def f(xs):\n    for x in list(xs):\n        await x.close()\n",
    "two in one": _WALK.format("[*xs, *d]"),
}
