"""Texts that GL216 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a parameter": """
def f(rows: list):
    for i in range(len(rows)):  # !
        print(rows[i])
""",
        "twice in the body": """
def f(rows: list):
    for i in range(len(rows)):  # !
        print(rows[i].a, rows[i].b)
""",
        "an attribute": """
class A:
    def f(self):
        self.rows = list(source())
        for i in range(len(self.rows)):  # !
            print(self.rows[i])
""",
        "a list comprehension": """
def f(rows: list):
    return [rows[i] for i in range(len(rows))]  # !
""",
        "a generator": """
def f(rows: list):
    return sum(rows[i].price for i in range(len(rows)))  # !
""",
        "a dict comprehension": """
def f(rows: list):
    return {rows[i].key: rows[i] for i in range(len(rows))}  # !
""",
        "a condition of a comprehension": """
def f(rows: list):
    return [rows[i] for i in range(len(rows)) if rows[i]]  # !
""",
        "after the first loop of a comprehension": """
def f(pages, rows: list):
    return [rows[i] + page for page in pages for i in range(len(rows))]  # !
""",
        "the outer of two loops": """
def f(tables: list):
    for i in range(len(tables)):  # !
        for row in tables[i]:
            print(row)
""",
        "both of two loops": """
def f(a: list, b: tuple):
    for i in range(len(a)):  # !
        for j in range(len(b)):  # !
            print(a[i], b[j])
""",
        "an item of the item": """
def f(rows: list):
    for i in range(len(rows)):  # !
        print(rows[i][0])
""",
        "a method of the item": """
def f(rows: list):
    for i in range(len(rows)):  # !
        rows[i].close()
""",
        "an attribute of the item is set": """
def f(rows: list):
    for i in range(len(rows)):  # !
        rows[i].open = False
""",
        "an item of the item is set": """
def f(rows: list):
    for i in range(len(rows)):  # !
        rows[i][0] = None
""",
        "a list": """
def f(text: str):
    words = text.split()
    for i in range(len(words)):  # !
        print(words[i])
""",
        "a tuple": """
def f(pair: tuple):
    for i in range(len(pair)):  # !
        print(pair[i])
""",
        "a string": """
def f(text: str):
    for i in range(len(text)):  # !
        print(text[i])
""",
        "with break": """
def f(rows: list):
    for i in range(len(rows)):  # !
        if rows[i]:
            break
""",
        "with else": """
def f(rows: list):
    for i in range(len(rows)):  # !
        print(rows[i])
    else:
        print('end')
""",
        "at module level": """
rows = list(source())
for i in range(len(rows)):  # !
    print(rows[i])
""",
        "async": """
async def f(jobs: list):
    for i in range(len(jobs)):  # !
        await jobs[i]
""",
        "deep inside the body": """
def f(rows: list):
    for k in range(len(rows)):  # !
        if rows[k]:
            try:
                print(rows[k])
            finally:
                print('end')
""",
        "a sequence": """
from collections.abc import Sequence

def f(rows: Sequence[int]):
    for i in range(len(rows)):  # !
        print(rows[i])
""",
        "another kind of sequence": """
import typing

def f(rows: typing.Sequence):
    return [rows[i] for i in range(len(rows))]  # !
""",
    }
)

GOOD = plain(
    {
        "the items": """
def f(rows: list):
    for row in rows:
        print(row)
""",
        "enumerate": """
def f(rows: list):
    for i, row in enumerate(rows):
        print(i, row)
""",
        "the object's own iteration": """
class Rows:
    def __iter__(self):
        for i in range(len(self)):
            yield self[i]
""",
        "the position is printed": """
def f(rows: list):
    for i in range(len(rows)):
        print(i, rows[i])
""",
        "the item is replaced": """
def f(rows: list):
    for i in range(len(rows)):
        rows[i] = rows[i].strip()
""",
        "the item is added to": """
def f(rows: list):
    for i in range(len(rows)):
        rows[i] += 1
""",
        "the item is deleted": """
def f(rows: list):
    for i in range(len(rows)):
        del rows[i]
""",
        "the neighbour": """
def f(rows: list):
    for i in range(len(rows)):
        print(rows[i] - rows[i - 1])
""",
        "two sequences": """
def f(a, b):
    for i in range(len(a)):
        print(a[i], b[i])
""",
        "from the second": """
def f(rows: list):
    for i in range(1, len(rows)):
        print(rows[i])
""",
        "all but one": """
def f(rows: list):
    for i in range(len(rows) - 1):
        print(rows[i])
""",
        "another sequence": """
def f(a, b):
    for i in range(len(a)):
        print(b[i])
""",
        "read after the loop": """
def f(rows: list):
    for i in range(len(rows)):
        if rows[i]:
            break
    return i
""",
        "the sequence grows": """
def f(rows: list):
    for i in range(len(rows)):
        rows.append(rows[i])
""",
        "the sequence is handed on": """
def f(rows: list):
    for i in range(len(rows)):
        change(rows, rows[i])
""",
        "the sequence is bound anew": """
def f(rows: list):
    for i in range(len(rows)):
        rows = rows[i].rows
""",
        "a dict with numbers": """
def f(n):
    table = {k: k for k in n}
    for i in range(len(table)):
        print(table[i])
""",
        "of an unknown kind": """
def f(word):
    for i in range(len(word)):
        print(word[i])
""",
        "the index is not used": """
def f(rows: list):
    for i in range(len(rows)):
        print('row')
""",
        "a column of an array": """
def f(table):
    for i in range(len(table)):
        print(table[:, i])
""",
        "a place in a matrix": """
def f(table):
    for i in range(len(table)):
        print(table[i, 0])
""",
        "a call": """
def f():
    for i in range(len(rows())):
        print(rows()[i])
""",
        "compiled by numba": """
import numba

@numba.njit
def f(rows: list):
    total = 0
    for i in range(len(rows)):
        total += rows[i]
    return total
""",
        "a short literal": """
def f():
    names = ['a', 'b']
    for i in range(len(names)):
        print(names[i])
""",
        "their own range": """
def f(rows, range):
    for i in range(len(rows)):
        print(rows[i])
""",
        "the index is bound again": """
def f(rows: list):
    for i in range(len(rows)):
        i = 0
        print(rows[i])
""",
        "a while loop that skips": """
def f(rows: list):
    k = 0
    while k < len(rows):
        if rows[k] == 1:
            k += 1
        print(rows[k])
        k += 1
""",
        "a while loop that waits for an item": """
def f(rows: list):
    k = 0
    while k < len(rows):
        if not rows[k].ready():
            continue
        print(rows[k])
        k += 1
""",
        "a while loop over a growing list": """
def f(rows: list):
    k = 0
    while k < len(rows):
        rows.extend(rows[k].more)
        k += 1
""",
    }
)

BAD |= marked(
    {
        "a while loop": """
def f(rows: list):
    k = 0
    while k < len(rows):  # !
        print(rows[k].name)
        k += 1
""",
        "a while loop, the length first": """
def f(text):
    words = str(text).split()
    k = 0
    while len(words) > k:  # !
        if words[k]:
            print(words[k])
        k += 1
""",
    }
)

PEDANTIC = {
    "a while loop over what is not known": (
        "def f(rows):\n    k = 0\n    while k < len(rows):\n        print(rows[k])\n        k += 1\n",
        [3],
    ),
    "a while loop that prints the position": (
        "def f(rows: list):\n    k = 0\n    while k != len(rows):\n        print(k, rows[k])\n        k += 1\n",
        [3],
    ),
    "a while loop that starts later": (
        "def f(rows: list):\n    k = 1\n    while k < len(rows):\n        print(rows[k])\n        k += 1\n",
        [3],
    ),
    "a while loop whose position is read after": (
        "def f(rows: list):\n    k = 0\n    while k < len(rows):\n        if rows[k]:\n            break\n"
        "        k += 1\n    return k\n",
        [3],
    ),
    "for i in range(len(x)):": ("for i in range(len(x)):\n    print(x[i])\n", [1]),
    "for i in range(len(items)): in a function": (
        "def f(items):\n    for i in range(len(items)):\n        print(i, items[i])\n",
        [2],
    ),
    "for i in range(len(l)): in a function": (
        "def f():\n    l = ['a', 'b']\n    for i in range(len(l)):\n        print(l[i])\n",
        [3],
    ),
    "return [items[i] for i in range(len(items))] in a function": (
        "def f(items):\n    return [items[i] for i in range(len(items))]\n",
        [2],
    ),
    "for i in range(len(self.xs)): in a method": (
        ("class A:\n    def f(self):\n        for i in range(len(self.xs)):\n            use(self.xs[i])\n"),
        [3],
    ),
    "for i in range(0, len(items)): in a function": (
        "def f(items):\n    for i in range(0, len(items)):\n        print(items[i])\n",
        [2],
    ),
    "for idx in range(len(items)): in a function": (
        ("def f(items):\n    for idx in range(len(items)):\n        item = items[idx]\n        foo(item, idx)\n"),
        [2],
    ),
    "for i in range(len(d['a'])): in a function": (
        "def f(d):\n    for i in range(len(d['a'])):\n        print(d['a'][i])\n",
        [2],
    ),
    "for i in range(len(xs)): in a function": (
        "def f(xs, ys):\n    for i in range(len(xs)):\n        print(xs[i], ys[i])\n",
        [2],
    ),
    "for i in range(len(xs)):, case 2": ("def f(xs):\n    for i in range(len(xs)):\n        xs[i] = xs[i] * 2\n", [2]),
    "a step that is written out": ("def f(xs):\n    for i in range(0, len(xs), 1):\n        print(xs[i])\n", [2]),
    "positions that are needed": (
        "def f(a, b):\n    for i in range(len(a)):\n        a[i] = 0\n    for i in range(len(a)):\n        a[i] += 1\n"
        "    for i in range(len(a)):\n        print(b[i])\n    for i in range(len(a)):\n        if a[i]:\n"
        "            a.append(1)\n"
        "    for i in range(len(a)):\n        if a[i]:\n            break\n    print(i)\n    for i in range(0, len(a), 2):\n"
        "        print(a[i])\n",
        [],
    ),
}
