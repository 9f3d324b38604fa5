"""Texts that GL213 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a list comprehension": """
def f(rows):
    return [row for row in sorted(rows) if row.open]  # !
""",
        "with a key": """
def f(rows):
    return [row for row in sorted(rows, key=str) if row.open]  # !
""",
        "reversed": """
def f(rows):
    return [row for row in sorted(rows, reverse=True) if row.open]  # !
""",
        "a generator": """
def f(rows):
    return ', '.join(row.name for row in sorted(rows) if row.open)  # !
""",
        "a dict comprehension": """
def f(rows):
    return {row.id: row for row in sorted(rows) if row.open}  # !
""",
        "a set comprehension": """
def f(rows):
    return {row.id for row in sorted(rows) if row.open}  # !
""",
        "two conditions": """
def f(rows):
    return [row for row in sorted(rows) if row.open if row.price > 3]  # !
""",
        "a comparison": """
def f(rows, limit):
    return [row for row in sorted(rows) if row > limit]  # !
""",
        "membership": """
def f(rows, known):
    return [row for row in sorted(rows) if row not in known]  # !
""",
        "a method that only looks": """
def f(names):
    return [name for name in sorted(names) if not name.startswith('_')]  # !
""",
        "isinstance": """
def f(rows):
    return [row for row in sorted(rows, key=id) if isinstance(row, str)]  # !
""",
        "truth": """
def f(rows):
    return [row for row in sorted(rows) if row]  # !
""",
        "items of a dict": """
def f(table):
    return [key for key, value in sorted(table.items()) if value]  # !
""",
        "the second loop": """
def f(tables):
    return [row for table in tables for row in sorted(table) if row.open]  # !
""",
        "the first loop": """
def f(tables):
    return [row for table in sorted(tables) if table.open for row in table]  # !
""",
        "of a call": """
import os

def f(path):
    return [name for name in sorted(os.listdir(path)) if name.endswith('.py')]  # !
""",
        "at module level": """
NAMES = [name for name in sorted(names()) if name.isupper()]  # !
""",
        "in a loop": """
def f(tables):
    for table in tables:
        print([row for row in sorted(table) if row.open])  # !
""",
        "walked by a loop": """
def f(rows):
    for name in [row.name for row in sorted(rows) if row.open]:  # !
        print(name)
""",
        "async": """
async def f(source):
    return [row for row in sorted(await source.rows()) if row.open]  # !
""",
        "in a lambda": """
pick = lambda rows: [row for row in sorted(rows) if row.open]  # !
""",
    }
)

GOOD = plain(
    {
        "filtered first": """
def f(rows):
    return sorted(row for row in rows if row.open)
""",
        "no filter": """
def f(rows):
    return [row.name for row in sorted(rows)]
""",
        "a filter that acts": """
def f(rows, pick):
    return [row for row in sorted(rows) if pick(row)]
""",
        "a method that may act": """
def f(rows):
    return [row for row in sorted(rows) if row.take()]
""",
        "a filter that remembers": """
def f(rows):
    seen = set()
    return [row for row in sorted(rows) if row not in seen and not seen.add(row)]
""",
        "a filter that assigns": """
def f(rows):
    return [n for row in sorted(rows) if (n := row.name)]
""",
        "a filter that is about something else": """
def f(rows, wanted):
    return [row for row in sorted(rows) if wanted]
""",
        "a filter by position": """
def f(rows):
    return [row for i, row in enumerate(sorted(rows)) if i < 3]
""",
        "a literal": """
def f(a, b):
    return [row for row in sorted([a, b]) if row.open]
""",
        "a constant": """
def f():
    return [name for name in sorted(NAMES) if name]
""",
        "their own": """
def sorted(x):
    return x

def f(rows):
    return [row for row in sorted(rows) if row.open]
""",
        "a method": """
def f(table):
    return [row for row in table.sorted() if row.open]
""",
        "sorted after": """
def f(rows):
    return sorted([row for row in rows if row.open], key=str)
""",
        "a filter on another loop": """
def f(tables):
    return [row for table in sorted(tables) for row in table if row.open]
""",
        "filtered in the loop's body": """
def f(rows):
    for row in sorted(rows):
        if row.open:
            print(row)
""",
        "used again": """
def f(rows):
    ordered = sorted(rows)
    return ordered, [row for row in ordered if row.open]
""",
        "hidden arguments": """
def f(arguments):
    return [row for row in sorted(*arguments) if row.open]
""",
        "waits": """
async def f(rows):
    return [row for row in sorted(rows) if await row]
""",
        "a choice, not a filter": """
def f(rows):
    return [row if row.open else None for row in sorted(rows)]
""",
        "a while loop": """
def f(rows):
    rows = sorted(rows)
    while rows and rows[0].open:
        rows.pop(0)
""",
        "takewhile": """
import itertools

def f(rows):
    return list(itertools.takewhile(lambda row: row.open, sorted(rows)))
""",
    }
)

PEDANTIC = {
    "s = sorted(items) in a function": ("def f(items):\n    s = sorted(items)\n    return [x for x in s if x > 3]\n", [2]),
    "return list(filter(lambda x: x > 3, sorted(items))) in a function": (
        "def f(items):\n    return list(filter(lambda x: x > 3, sorted(items)))\n",
        [2],
    ),
    "items.sort() in a function": ("def f(items):\n    items.sort()\n    return [x for x in items if x > 3]\n", [2]),
    "for x in sorted(items): in a function": (
        "def f(items):\n    for x in sorted(items):\n        if x > 3:\n            print(x)\n",
        [2],
    ),
    "nums = sorted([3, 1, 2])": ("nums = sorted([3, 1, 2])\nevens = [n for n in nums if n % 2 == 0]\n", [1]),
    "return [x for x in sorted(items, key=lambda i: i.age) if x.is_ok()] in a function": (
        ("def f(items):\n    return [x for x in sorted(items, key=lambda i: i.age) if x.is_ok()]\n"),
        [2],
    ),
    "out = sorted(items) in a function": (
        ("def f(items):\n    out = sorted(items)\n    out = list(filter(None, out))\n    return out\n"),
        [2],
    ),
    "leaves out first": (
        "def f(xs):\n    for x in sorted(xs):\n        if not x.open:\n            continue\n        print(x)\n"
        "    last = None\n"
        "    for x in sorted(xs):\n        if x == last:\n            continue\n        last = x\n        print(x)\n",
        [2],
    ),
}
