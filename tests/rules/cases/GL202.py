"""Texts that GL202 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a list and one item": """
def f(rows):
    out = []
    for row in rows:
        out = out + [row]  # !
    return out
""",
        "a list and two items": """
def f(rows):
    out = list()
    for row in rows:
        out = out + [row.a, row.b]  # !
    return out
""",
        "a list and a list": """
def f(rows):
    out = []
    for row in rows:
        out = out + row.children + [None]  # !
    return out
""",
        "unpacked into a list": """
def f(rows):
    out = []
    for row in rows:
        out = [*out, row]  # !
    return out
""",
        "unpacked with another": """
def f(rows):
    out = []
    for row in rows:
        out = [*out, *row.children]  # !
    return out
""",
        "a dict unpacked": """
def f(rows):
    table = {}
    for row in rows:
        table = {**table, row.key: row}  # !
    return table
""",
        "two dicts unpacked": """
def f(rows):
    table = dict()
    for row in rows:
        table = {**table, **row.more}  # !
    return table
""",
        "dict() of a dict": """
def f(rows):
    table = {}
    for row in rows:
        table = dict(table, last=row)  # !
    return table
""",
        "union of dicts": """
def f(rows):
    table = {}
    for row in rows:
        table = table | {row.key: row}  # !
    return table
""",
        "union of sets": """
def f(rows):
    tags = set()
    for row in rows:
        tags = tags | row.tags  # !
    return tags
""",
        "a set unpacked": """
def f(rows):
    tags = set()
    for row in rows:
        tags = {*tags, row.tag}  # !
    return tags
""",
        "while": """
def f(queue):
    out = []
    while queue:
        out = out + [queue.pop()]  # !
    return out
""",
        "async for": """
async def f(stream):
    out = []
    async for row in stream:
        out = out + [row]  # !
    return out
""",
        "an attribute": """
class Table:
    def __init__(self):
        self.rows = []

    def load(self, source):
        for row in source:
            self.rows = self.rows + [row]  # !
""",
        "an annotated parameter": """
def f(out: list[int], rows):
    for row in rows:
        out = out + [row]  # !
    return out
""",
        "typing.Dict": """
from typing import Dict

def f(table: Dict[str, int], rows):
    for row in rows:
        table = {**table, row: 1}  # !
    return table
""",
        "inside an else branch": """
def f(rows):
    out = []
    for row in rows:
        if row.empty:
            continue
        else:
            out = out + [row]  # !
    return out
""",
        "inside try": """
def f(rows):
    out = []
    for row in rows:
        try:
            out = out + [int(row)]  # !
        except ValueError:
            pass
    return out
""",
        "at module level": """
out = []
for row in rows:
    out = out + [row]  # !
""",
        "in the inner of two loops": """
def f(tables):
    out = []
    for table in tables:
        for row in table:
            out = out + [row]  # !
    return out
""",
        "its length is looked at": """
def f(rows, n):
    out = []
    for row in rows:
        if len(out) < n:
            out = out + [row]  # !
    return out
""",
        "an item of it is looked at": """
def f(rows):
    out = [0]
    for row in rows:
        out = out + [out[-1] + row]  # !
    return out
""",
        "in a nested function": """
def f(rows):
    def g():
        out = []
        for row in rows:
            out = out + [row]  # !
        return out
    return g
""",
    }
)

GOOD = plain(
    {
        "append": """
def f(rows):
    out = []
    for row in rows:
        out.append(row)
""",
        "extends in place": """
def f(rows):
    out = []
    for row in rows:
        out += [row]
""",
        "no loop": """
def f(row):
    out = []
    out = out + [row]
""",
        "each copy is yielded": """
def f(rows):
    path = []
    for row in rows:
        path = path + [row]
        yield path
""",
        "each copy is stored": """
def f(rows, paths):
    path = []
    for row in rows:
        path = path + [row]
        paths.append(path)
""",
        "each copy is handed on": """
def f(rows):
    path = []
    for row in rows:
        path = path + [row]
        visit(path)
""",
        "starts anew in each turn": """
def f(tables):
    for table in tables:
        out = []
        out = out + [table]
        show(out)
""",
        "a short literal": """
def f(a, b):
    out = []
    for row in (a, b):
        out = out + [row]
    return out
""",
        "three turns": """
def f(x):
    out = []
    for i in range(3):
        out = out + [x]
    return out
""",
        "left at once": """
def f(rows):
    out = []
    for row in rows:
        if row:
            out = out + [row]
            break
    return out
""",
        "returned at once": """
def f(rows, out: list):
    for row in rows:
        out = out + [row]
        return out
""",
        "a number": """
def f(rows):
    total = 0
    for row in rows:
        total = total + row
    return total
""",
        "a string, which GL201 is about": """
def f(rows):
    text = ''
    for row in rows:
        text = text + row
    return text
""",
        "flags": """
def f(rows):
    flags = 0
    for row in rows:
        flags = flags | row.flag
    return flags
""",
        "not known what it is": """
def f(out, rows):
    for row in rows:
        out = out + [row]
    return out
""",
        "another name on the left": """
def f(rows, head):
    head = []
    for row in rows:
        line = head + [row]
        show(line)
""",
        "in front": """
def f(rows):
    out = []
    for row in rows:
        out = [row] + out
    return out
""",
        "the loop is elsewhere": """
def f(rows):
    for row in rows:
        def g(out: list):
            out = out + [row]
            return out
        use(g)
""",
        "another object in each turn": """
class Table:
    rows: list

def f(tables):
    for table in tables:
        table.rows = table.rows + [1]
""",
        "also set to something else": """
def f(rows):
    out = []
    for row in rows:
        if row.first:
            out = list(row)
        out = out + [row]
    return out
""",
        "a tuple of few parts": """
def f(shape):
    out = ()
    for n in shape:
        out += (n,)
    return out
""",
        "numpy": """
import numpy as np

def f(rows):
    total = np.zeros(3)
    for row in rows:
        total = total + row
    return total
""",
        "a union of shapes": """
def f(shape, parts):
    for part in parts:
        shape = shape.union(part)
    return shape
""",
        "a union under another name": """
def f(rows):
    tags = set()
    for row in rows:
        every = tags.union(row.tags)
        print(every)
""",
    }
)

BAD |= marked(
    {
        "a set's union": """
def f(rows):
    tags = set()
    for row in rows:
        tags = tags.union(row.tags)  # !
    return tags
""",
        "a set's union with two": """
def f(rows):
    tags = {"all"}
    for row in rows:
        tags = tags.union(row.tags, [row.name])  # !
    return tags
""",
    }
)

PEDANTIC = {
    "a union with a set": (
        "def f(tags, rows):\n    for row in rows:\n        tags = tags.union({row})\n    return tags\n",
        [3],
    ),
    "l = l + [i]": ("l = []\nfor i in range(10):\n    l = l + [i]\n", [3]),
    "out = out + [i] in a function": (
        "def f(items, out):\n    for i in items:\n        out = out + [i]\n    return out\n",
        [3],
    ),
    "t += (i,) in a function": ("def f(items):\n    t = ()\n    for i in items:\n        t += (i,)\n    return t\n", [4]),
    "d = {**d, k: 1} in a function": ("def f(d, items):\n    for k in items:\n        d = {**d, k: 1}\n    return d\n", [3]),
    "bar = [1, 2, 3] + foo": ("foo = [4, 5, 6]\nbar = [1, 2, 3] + foo\n", [2]),
    "return foo + [1] in a function": ("def f(foo):\n    return foo + [1]\n", [2]),
    "return (1, 2) + foo in a function": ("def f(foo):\n    return (1, 2) + foo\n", [2]),
    "acc = acc + [i] in a function": (
        ("def f(items):\n    acc = []\n    for i in items:\n        acc = acc + [i]\n        print(acc)\n"),
        [4],
    ),
    "self.l = self.l + [x] in a method": (
        ("class A:\n    def f(self, xs):\n        for x in xs:\n            self.l = self.l + [x]\n"),
        [4],
    ),
    "g(['x'] + xs + ['y']) in a function": ("def f(a, xs):\n    g(['x'] + xs + ['y'])\n", [2]),
    "each turn has its own, the loop ends, or all is new": (
        "def f(xs, a):\n    for x in xs:\n        row = [x]\n        row = row + [1]\n        print(row)\n"
        "    for x in xs:\n        if x:\n"
        "            a = a + [x]\n            break\n    return a, [1] + [2]\n",
        [],
    ),
}
