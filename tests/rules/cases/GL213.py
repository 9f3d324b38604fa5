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

_PANDAS = "import pandas as pd\n\n"
_POLARS = "import polars as pl\n\n"

PEDANTIC |= {
    "a frame": (_PANDAS + "def f(df):\n    return df.sort_values('x').query('y > 3')\n", [4]),
    "a frame by a mask": (_PANDAS + "def f(df):\n    return df.sort_values('x')[df.y > 3]\n", [4]),
    "a frame by a named mask": (_PANDAS + "def f(df):\n    m = df.y > 3\n    return df.sort_index()[m]\n", [5]),
    "a frame by loc": (_PANDAS + "def f(df):\n    return df.sort_values('x').loc[lambda d: d.y.isin([1]), ['a']]\n", [4]),
    "a frame, named": (_PANDAS + "def f(df):\n    df = df.sort_values('x')\n    df = df[~df.y.isna()]\n    return df\n", [4]),
    "a frame in place": (
        _PANDAS + "def f(df):\n    df.sort_values('x', inplace=True)\n    df = df[(df.y > 3) & (df.z > 3)]\n    return df\n",
        [4],
    ),
    "a frame numbered anew": (_PANDAS + "def f(df):\n    return df.sort_values('x').reset_index(drop=True).dropna()\n", [4]),
    "an array": ("import numpy as np\n\ndef f(a):\n    s = np.sort(a)\n    return s[s > 3]\n", [4]),
    "polars": (_POLARS + "def f(df):\n    return df.sort('x').filter(pl.col('x') > 3)\n", [4]),
    "a list where polars is at hand": (_POLARS + "def f(xs):\n    xs.sort()\n    return [x for x in xs if x > 3]\n", [4]),
    "turned round": ("def f(xs):\n    return [x for x in reversed(sorted(xs)) if x.ok]\n", [2]),
    "turned round by a slice": ("def f(xs):\n    return [x for x in sorted(xs)[::-1] if x.ok]\n", [2]),
    "filterfalse": ("import itertools\n\ndef f(xs):\n    return list(itertools.filterfalse(bool, sorted(xs)))\n", [4]),
}

SILENT = {
    "some columns": _PANDAS + "def f(df):\n    return df.sort_values('x')[['a', 'b']]\n",
    "without columns": _PANDAS + "def f(df):\n    return df.sort_values('x').dropna(axis=1)\n",
    "some rows": _PANDAS
    + "def f(df):\n    return df.sort_values('x').loc['a':'c'], df.sort_values('x').head(3).query('y > 3')\n",
    "the first of each": _PANDAS + "def f(df):\n    return df.sort_values('x').drop_duplicates('y').query('z > 3')\n",
    "the row before": _PANDAS + "def f(df):\n    s = df.sort_values('x')\n    return s[s.x.diff() > 3]\n",
    "the frame is used whole as well": _PANDAS
    + "def f(df):\n    s = df.sort_values('x')\n    print(s)\n    return s[s.x > 3]\n",
    "the list is used whole as well": "def f(xs):\n    s = sorted(xs)\n    live = [x for x in s if x.ok]\n    return s, live\n",
    "columns by name": _PANDAS + "def f(df):\n    return df.sort_index().filter(like='a')\n",
    "a plan": _POLARS + "def f(p):\n    return pl.scan_csv(p).sort('x').filter(pl.col('x') > 3).collect()\n",
    "a plan by its annotation": _POLARS + "def f(p: pl.LazyFrame):\n    return p.sort('x').filter(pl.col('x') > 3)\n",
    "a plan with a name": _POLARS + "def f(df):\n    p = df.lazy()\n    return p.sort('x').filter(pl.col('x') > 3)\n",
}
