"""Texts that GL212 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "first": """
def f(rows):
    return sorted(rows)[0]  # !
""",
        "last": """
def f(rows):
    return sorted(rows)[-1]  # !
""",
        "with a key": """
def f(rows):
    return sorted(rows, key=len)[0]  # !
""",
        "with a lambda": """
def f(rows):
    return sorted(rows, key=lambda row: (row.price, row.name))[-1]  # !
""",
        "reversed": """
def f(rows):
    return sorted(rows, reverse=True)[0]  # !
""",
        "reversed, last": """
def f(rows):
    return sorted(rows, key=len, reverse=True)[-1]  # !
""",
        "not reversed": """
def f(rows):
    return sorted(rows, reverse=False)[0]  # !
""",
        "a generator": """
def f(rows):
    return sorted(row.price for row in rows)[0]  # !
""",
        "a comprehension": """
def f(rows):
    return sorted([row.price for row in rows if row.open])[-1]  # !
""",
        "keys of a dict": """
def f(table):
    return sorted(table.keys())[0]  # !
""",
        "items of a dict": """
def f(table):
    return sorted(table.items(), key=lambda pair: pair[1])[-1]  # !
""",
        "an attribute of the item": """
def f(rows):
    return sorted(rows, key=len)[0].name  # !
""",
        "an item of the item": """
def f(table):
    return sorted(table.items())[0][1]  # !
""",
        "through a name": """
def f(rows):
    ordered = sorted(rows)  # !
    return ordered[0]
""",
        "in a loop": """
def f(tables):
    for table in tables:
        print(sorted(table)[0])  # !
""",
        "in a comprehension of its own": """
def f(tables):
    return [sorted(table)[-1] for table in tables]  # !
""",
        "at module level": """
newest = sorted(versions)[-1]  # !
""",
        "in a lambda": """
newest = lambda versions: sorted(versions)[-1]  # !
""",
        "async": """
async def f(source):
    return sorted(await source.rows())[0]  # !
""",
        "in a class": """
class A:
    first = sorted(names())[0]  # !
""",
        "walrus": """
def f(rows):
    if (best := sorted(rows)[0]) > 3:  # !
        print(best)
""",
        "over several lines": """
def f(rows):
    return sorted(  # !
        rows,
        key=len,
    )[0]
""",
    }
)

GOOD = plain(
    {
        "min": """
def f(rows):
    return min(rows)
""",
        "two ways compared": """
def f(rows):
    assert min(rows) == sorted(rows)[0]
""",
        "second": """
def f(rows):
    return sorted(rows)[1]
""",
        "second to last": """
def f(rows):
    return sorted(rows)[-2]
""",
        "the middle": """
def f(rows):
    return sorted(rows)[len(rows) // 2]
""",
        "an unknown place": """
def f(rows, i):
    return sorted(rows)[i]
""",
        "a slice": """
def f(rows):
    return sorted(rows)[:3]
""",
        "from the second": """
def f(rows):
    return sorted(rows)[1:]
""",
        "used again": """
def f(rows):
    ordered = sorted(rows)
    print(ordered)
    return ordered[0]
""",
        "both ends": """
def f(rows):
    ordered = sorted(rows)
    return ordered[0], ordered[-1]
""",
        "walked": """
def f(rows):
    for row in sorted(rows):
        print(row)
""",
        "a literal": """
def f(a, b):
    return sorted([a, b])[0]
""",
        "a tuple": """
def f(a, b):
    return sorted((a, b), key=len)[-1]
""",
        "unknown order": """
def f(rows, backwards):
    return sorted(rows, reverse=backwards)[0]
""",
        "hidden arguments": """
def f(rows, options):
    return sorted(rows, **options)[0]
""",
        "hidden items": """
def f(arguments):
    return sorted(*arguments)[0]
""",
        "their own": """
def sorted(x):
    return x

def f(rows):
    return sorted(rows)[0]
""",
        "imported": """
from natsort import natsorted as sorted

def f(rows):
    return sorted(rows)[0]
""",
        "a method": """
def f(table):
    return table.sorted()[0]
""",
        "True is no place": """
def f(rows):
    return sorted(rows)[True]
""",
        "sort and take": """
def f(rows):
    rows.sort()
    return rows[0]
""",
        "bound twice": """
def f(rows, more):
    ordered = sorted(rows)
    if more:
        ordered = []
    return ordered[0]
""",
        "a constant": """
def f():
    return sorted(NAMES)[0]
""",
        "taken apart": """
def f(rows):
    first, *rest = sorted(rows)
    return first
""",
    }
)

PEDANTIC = {
    "sorted(l)[0]": ("l = [3, 1]\nsorted(l)[0]\n", [2]),
    "sorted([3, 1, 2])[0]": ("sorted([3, 1, 2])[0]\n", [1]),
    "return sorted(xs, reverse=r)[0] in a function": ("def f(xs, r):\n    return sorted(xs, reverse=r)[0]\n", [2]),
    "a = sorted(xs) in a function": ("def f(xs):\n    a = sorted(xs)\n    print(a[0])\n    print(a[-1])\n", [2]),
}
