"""Texts that GL214 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "any": """
def f(rows):
    return any([row.open for row in rows])  # !
""",
        "all": """
def f(rows):
    return all([row.open for row in rows])  # !
""",
        "a set": """
def f(rows):
    return any({row.open for row in rows})  # !
""",
        "a comparison": """
def f(rows, limit):
    return all([row.price < limit for row in rows])  # !
""",
        "membership": """
def f(names, known):
    return all([name in known for name in names])  # !
""",
        "isinstance": """
def f(rows):
    return all([isinstance(row, str) for row in rows])  # !
""",
        "a method that only looks": """
def f(names):
    return any([name.startswith('_') for name in names])  # !
""",
        "a function that only looks": """
import os

def f(paths):
    return all([os.path.exists(path) for path in paths])  # !
""",
        "with a condition": """
def f(rows):
    return any([row.open for row in rows if row.price])  # !
""",
        "two loops": """
def f(tables):
    return any([row.open for table in tables for row in table])  # !
""",
        "enumerate": """
def f(rows):
    return all([i == row.number for i, row in enumerate(rows)])  # !
""",
        "zip": """
def f(a, b):
    return all([x == y for x, y in zip(a, b)])  # !
""",
        "in a condition": """
def f(rows):
    if any([row.bad for row in rows]):  # !
        raise ValueError
""",
        "negated": """
def f(rows):
    return not any([row.bad for row in rows])  # !
""",
        "in a loop": """
def f(tables):
    while not all([table.full for table in tables]):  # !
        tables.fill()
""",
        "in a lambda": """
check = lambda rows: all([row.good for row in rows])  # !
""",
        "in a while": """
def f(rows):
    while any([row.open for row in rows]):  # !
        rows.step()
""",
        "at module level": """
DONE = all([row.done for row in rows()])  # !
""",
        "in a comprehension": """
def f(tables):
    return [table for table in tables if any([row.open for row in table])]  # !
""",
        "over several lines": """
def f(rows):
    return any(  # !
        [
            row.open
            for row in rows
        ]
    )
""",
        "inside an async function": """
async def f(rows):
    return any([row.open for row in rows])  # !
""",
        "a nested any": """
def f(tables):
    return all([any(row.open for row in table) for table in tables])  # !
""",
    }
)

GOOD = plain(
    {
        "a generator": """
def f(rows):
    return any(row.open for row in rows)
""",
        "an assertion, which holds as a rule": """
def f(rows):
    assert all([row.good for row in rows])
""",
        "an assertion of unittest": """
def f(self, rows):
    self.assertTrue(all([row.good for row in rows]))
""",
        "a literal": """
def f(a, b):
    return any([a.open, b.open])
""",
        "sum, where a list is faster": """
def f(rows):
    return sum([row.price for row in rows])
""",
        "max": """
def f(rows):
    return max([row.price for row in rows])
""",
        "calls something unknown": """
def f(jobs):
    return all([job.run() for job in jobs])
""",
        "calls a function": """
def f(jobs):
    return all([run(job) for job in jobs])
""",
        "waits": """
async def f(jobs):
    return all([await job for job in jobs])
""",
        "asynchronous": """
async def f(stream):
    return any([row.open async for row in stream])
""",
        "assigns": """
def f(rows):
    return any([(last := row) for row in rows]), last
""",
        "few items": """
def f(x):
    return any([x == y for y in ('a', 'b', 'c')])
""",
        "a few turns": """
def f(x):
    return any([x.bit(i) for i in range(8)])
""",
        "a constant": """
def f(x):
    return any([x in name for name in NAMES])
""",
        "a name": """
def f(rows):
    done = [row.done for row in rows]
    return all(done)
""",
        "their own any": """
def any(x):
    return x

def f(rows):
    return any([row.open for row in rows])
""",
        "numpy's": """
import numpy as np

def f(rows):
    return np.any([row.open for row in rows])
""",
        "imported": """
from numpy import all

def f(rows):
    return all([row.open for row in rows])
""",
        "a method": """
def f(table, rows):
    return table.any([row.open for row in rows])
""",
        "a dict": """
def f(rows):
    return any({row: row.open for row in rows})
""",
        "with an axis": """
from tool import *

def f(rows):
    return any([row.open for row in rows], axis=0)
""",
        "the inner loop acts": """
def f(tables):
    return any([row.open for table in tables for row in table.load()])
""",
        "the condition acts": """
def f(rows):
    return any([row.open for row in rows if row.refresh()])
""",
        "a generator alone": """
def f(rows):
    return any((row.open for row in rows))
""",
        "two of them": """
def f(a, b):
    return any(list(a) + list(b))
""",
        "their own list": """
from tool import list

def f(rows):
    return any(list(row.open for row in rows))
""",
    }
)

BAD |= marked(
    {
        "a generator in a list": """
def f(rows):
    return any(list(row.open for row in rows))  # !
""",
        "a generator in a tuple": """
def f(rows):
    if not all(tuple(row.price > 3 for row in rows)):  # !
        print(rows)
""",
        "a generator in a set": """
def f(rows):
    return all(set((row.open for row in rows)))  # !
""",
        "map with a lambda": """
def f(rows):
    return any(list(map(lambda row: row.open, rows)))  # !
""",
        "map with a test": """
def f(words):
    return all(list(map(callable, words)))  # !
""",
        "filter": """
def f(rows):
    return any(tuple(filter(lambda row: row.open, rows)))  # !
""",
    }
)

PEDANTIC = {
    "a list of a name": ("def f(xs):\n    return any(list(xs))\n", [2]),
    "a list of calls": ("def f(xs):\n    return all(list(x.save() for x in xs))\n", [2]),
    "map with an unknown function": ("def f(g, xs):\n    return all(list(map(g, xs)))\n", [2]),
    "an asserted generator": ("def test(xs):\n    assert all(list(x.ok for x in xs))\n", [2]),
    "if any([g(x) for x in xs]): in a function": ("def f(xs):\n    if any([g(x) for x in xs]):\n        pass\n", [2]),
    "any([x for x in [1, 2]])": ("any([x for x in [1, 2]])\n", [1]),
    "return not all([i > 3 for i in range(5)]) in a function": (
        "def f():\n    return not all([i > 3 for i in range(5)])\n",
        [2],
    ),
}
