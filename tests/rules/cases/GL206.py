"""Texts that GL206 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "sum of a name": """
def f(lists):
    return sum(lists, [])  # !
""",
        "sum of a generator": """
def f(rows):
    return sum((row.tags for row in rows), [])  # !
""",
        "sum of a list comprehension": """
def f(rows):
    return sum([row.tags for row in rows], [])  # !
""",
        "start by keyword": """
def f(lists):
    return sum(lists, start=[])  # !
""",
        "a flattening function": """
def f(rows):
    return sum(map(list, rows), [])  # !
""",
        "list()": """
def f(lists):
    return sum(lists, list())  # !
""",
        "a filter": """
def f(lists):
    return sum(filter(None, lists), [])  # !
""",
        "a start with items": """
def f(lists, first):
    return sum(lists, [first])  # !
""",
        "a start with a name": """
def f(lists):
    start = []
    return sum(lists, start)  # !
""",
        "an annotated start": """
def f(lists, start: list[int]):
    return sum(lists, start)  # !
""",
        "map": """
def f(rows):
    return sum(map(split, rows), [])  # !
""",
        "values of a dict": """
def f(table):
    return sum(table.values(), [])  # !
""",
        "inside another call": """
def f(lists):
    return set(sum(lists, []))  # !
""",
        "in a loop": """
def f(tables):
    for lists in tables:
        print(sum(lists, []))  # !
""",
        "a lambda": """
flat = lambda lists: sum(lists, [])  # !
""",
        "a default of an argument": """
def f(lists=sum(LISTS_OF_ALL(), [])):  # !
    return lists
""",
        "a class attribute": """
class A:
    names = sum((kind.names for kind in kinds), [])  # !
""",
        "async": """
async def f(jobs):
    return sum(await gather(jobs), [])  # !
""",
        "reduce with add": """
from functools import reduce
from operator import add

def f(lists):
    return reduce(add, lists, [])  # !
""",
        "functools by its alias": """
import functools as ft
import operator as op

def f(lists):
    return ft.reduce(op.concat, lists, [])  # !
""",
        "reduce with a lambda": """
from functools import reduce

def f(lists):
    return reduce(lambda a, b: a + b, lists, [])  # !
""",
        "reduce without a start, of lists": """
import functools
import operator

def f(rows):
    return functools.reduce(operator.add, [list(row) for row in rows])  # !
""",
        "reduce with a function in the lambda": """
import functools

def f(rows):
    return functools.reduce(lambda a, b: a + list(b), rows, [])  # !
""",
    }
)

GOOD = plain(
    {
        "numbers": """
def f(numbers):
    return sum(numbers)
""",
        "numbers with a start": """
def f(numbers):
    return sum(numbers, 10)
""",
        "floats": """
def f(numbers):
    return sum(numbers, start=0.0)
""",
        "an unknown start": """
def f(parts, start):
    return sum(parts, start)
""",
        "chain": """
import itertools

def f(lists):
    return list(itertools.chain.from_iterable(lists))
""",
        "prime factors with their powers": """
def f(powers):
    return sum(([prime] * power for prime, power in powers.items()), [])
""",
        "as many as one": """
def f(tag, words):
    return sum(tag([words]), [])
""",
        "five threads": """
def f(start):
    threads = [start() for _ in range(5)]
    return sum([thread.ids for thread in threads], [])
""",
        "shapes": """
def f(arrays):
    return sum((array.shape for array in arrays), ())
""",
        "reduce of shapes": """
import functools
import operator

def f(arrays):
    return functools.reduce(operator.add, map(shape, arrays), ())
""",
        "two lists": """
def f(a, b):
    return sum([a, b], [])
""",
        "a tuple of three": """
def f(a, b, c):
    return sum((a, b, c), ())
""",
        "a constant": """
def f():
    return sum(ALL_LISTS, [])
""",
        "a comprehension over few": """
def f(a, b):
    return sum((x.tags for x in (a, b)), [])
""",
        "a few turns": """
def f(x):
    return sum(([i] for i in range(3)), [])
""",
        "another sum": """
from numpy import sum

def f(lists):
    return sum(lists, [])
""",
        "their own sum": """
def sum(a, b):
    return a

def f(lists):
    return sum(lists, [])
""",
        "a method": """
def f(table):
    return table.sum([], [])
""",
        "too many arguments hidden": """
def f(arguments):
    return sum(*arguments)
""",
        "reduce of numbers": """
from functools import reduce
from operator import add

def f(numbers):
    return reduce(add, numbers)
""",
        "reduce with mul": """
from functools import reduce
from operator import mul

def f(lists):
    return reduce(mul, lists, [])
""",
        "reduce with an unknown function": """
from functools import reduce

def f(join, lists):
    return reduce(join, lists, [])
""",
        "reduce that extends in place": """
from functools import reduce
from operator import iadd

def f(lists):
    return reduce(iadd, lists, [])
""",
        "reduce of another module": """
from spark import reduce
from operator import add

def f(lists):
    return reduce(add, lists, [])
""",
        "a lambda that does not add": """
from functools import reduce

def f(lists):
    return reduce(lambda a, b: a.merge(b), lists, [])
""",
        "a lambda that adds something else": """
from functools import reduce

def f(rows, n):
    return reduce(lambda a, b: n + b, rows, [])
""",
        "a list that is only built": """
def f(rows):
    return [tag for row in rows for tag in row.tags]
""",
    }
)

PEDANTIC = {
    "sum([x, y], [])": ("x, y = [1], [2]\nsum([x, y], [])\n", [2]),
    "sum([[1, 2], [3]], start=[])": ("sum([[1, 2], [3]], start=[])\n", [1]),
    "sum(([1], [2]), list())": ("sum(([1], [2]), list())\n", [1]),
    "sum([x for x in [[1], [2]]], start=[])": ("sum([x for x in [[1], [2]]], start=[])\n", [1]),
}

R = "from functools import reduce\nimport operator\n\n"

BAD |= {
    "reduce of annotated lists": (R + "def f(rows: list[list[str]]):\n    return reduce(operator.add, rows)\n", [5]),
    "reduce of a list of lists with a name": (
        R + "def f(xs):\n    rows = [list(x) for x in xs]\n    return reduce(operator.add, rows)\n",
        [6],
    ),
}

PEDANTIC |= {
    "concat of unknown sequences": (R + "def f(xs):\n    return reduce(operator.concat, xs)\n", [5]),
    "annotated texts": (R + "def f(xs: list[str]):\n    return reduce(operator.add, xs)\n", [5]),
    "texts with a start": (R + "def f(xs):\n    return reduce(lambda a, b: a + b, xs, '')\n", [5]),
    "a union of sets": (R + "def f(xs):\n    return reduce(set.union, xs)\n", [5]),
    "a union of sets by a lambda": (R + "def f(xs):\n    return reduce(lambda a, b: a.union(b), xs, set())\n", [5]),
    "sets by an or": (R + "def f(xs):\n    return reduce(operator.or_, xs, set())\n", [5]),
    "sets by an or in a lambda": (R + "def f(xs):\n    return reduce(lambda a, b: a | b, xs, set())\n", [5]),
    "dicts": (R + "def f(xs):\n    return reduce(lambda a, b: {**a, **b}, xs, {})\n", [5]),
    "an item more": (R + "def f(xs):\n    return reduce(lambda a, x: a + [x.name], xs, [])\n", [5]),
    "an item more, unpacked": (R + "def f(xs):\n    return reduce(lambda a, x: [*a, x.name], xs, [])\n", [5]),
}

SILENT = {
    "annotated numbers": R + "def f(xs: list[float]):\n    return reduce(operator.add, xs)\n",
    "unknown things": R + "def f(xs):\n    return reduce(operator.add, xs)\n",
    "conditions": R + "def f(xs):\n    return reduce(operator.or_, xs)\n",
    "flags": R + "def f(xs):\n    return reduce(operator.or_, xs, 0)\n",
    "a union of something else": R + "def f(xs):\n    return reduce(Query.union, xs)\n",
    "an intersection": R + "def f(xs):\n    return reduce(set.intersection, xs)\n",
    "a dict of the last": R + "def f(xs):\n    return reduce(lambda a, b: {**b}, xs, {})\n",
    "in place": R + "def f(xs):\n    return reduce(operator.iconcat, xs, [])\n",
}
