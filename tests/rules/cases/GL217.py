"""Texts that GL217 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "the key is not read": """
def f(table):
    for key, row in table.items():  # !
        print(row)
""",
        "the value is not read": """
def f(table):
    for key, row in table.items():  # !
        print(key)
""",
        "an underscore for the key": """
def f(table):
    for _, row in table.items():  # !
        print(row)
""",
        "an underscore for the value": """
def f(table):
    for key, _ in table.items():  # !
        print(key)
""",
        "a name that begins with one": """
def f(table):
    for _key, row in table.items():  # !
        print(row)
""",
        "a list comprehension": """
def f(table):
    return [row.price for _, row in table.items()]  # !
""",
        "a set comprehension": """
def f(table):
    return {key for key, value in table.items()}  # !
""",
        "a dict comprehension": """
def f(table):
    return {row.id: row for key, row in table.items()}  # !
""",
        "a generator": """
def f(table):
    return any(row.open for name, row in table.items())  # !
""",
        "a known dict": """
def f(rows):
    table = {row.id: row for row in rows}
    for key, row in table.items():  # !
        print(row)
""",
        "an annotated dict": """
def f(table: dict[str, int]):
    for key, number in table.items():  # !
        print(number)
""",
        "an attribute": """
class A:
    def f(self):
        for key, row in self.table.items():  # !
            print(row)
""",
        "a value that is taken apart": """
def f(table):
    for key, (a, b) in table.items():  # !
        print(a, b)
""",
        "in parentheses": """
def f(table):
    for (key, row) in table.items():  # !
        print(row)
""",
        "a list as target": """
def f(table):
    for [key, row] in table.items():  # !
        print(row)
""",
        "async function": """
async def f(table):
    for key, job in table.items():  # !
        await job
""",
        "the inner of two loops": """
def f(tables):
    for table in tables:
        for key, row in table.items():  # !
            print(row)
""",
        "the name is bound again later": """
def f(table, rows):
    for key, row in table.items():  # !
        print(row)
    for key in rows:
        print(key)
""",
        "at module level": """
for key, row in table.items():  # !
    print(row)
""",
        "in a nested function": """
def f(table):
    def g():
        for key, row in table.items():  # !
            print(row)
    return g
""",
        "the second loop of a comprehension": """
def f(tables):
    return [row for table in tables for key, row in table.items()]  # !
""",
        "the name of a parameter elsewhere": """
def g(key):
    return key

def f(table):
    for key, row in table.items():  # !
        print(row)
""",
    }
)

GOOD = plain(
    {
        "both are read": """
def f(table):
    for key, row in table.items():
        print(key, row)
""",
        "a frame, whose values is no method": """
import pandas as pd

def f(frame):
    for name, column in frame.items():
        print(column)
""",
        "values": """
def f(table):
    for row in table.values():
        print(row)
""",
        "the pair": """
def f(table):
    for pair in table.items():
        print(pair)
""",
        "neither is read": """
def f(table):
    for key, row in table.items():
        print('row')
""",
        "read after the loop": """
def f(table):
    for key, row in table.items():
        print(row)
    return key
""",
        "read in an inner function": """
def f(table):
    for key, row in table.items():
        row.name = lambda: key
""",
        "read by another function": """
def f(table):
    def show():
        print(key)
    for key, row in table.items():
        show()
        print(row)
""",
        "read in the next turn of the loop around": """
def f(tables):
    key = None
    for table in tables:
        print(key)
        for key, row in table.items():
            print(row)
""",
        "read in a condition": """
def f(table):
    return [row for key, row in table.items() if key]
""",
        "read in the else of the loop": """
def f(table):
    for key, row in table.items():
        print(row)
    else:
        print(key)
""",
        "locals": """
def f(table):
    for key, row in table.items():
        print(row, '%(key)s' % locals())
""",
        "a global": """
def f(table):
    global key
    for key, row in table.items():
        print(row)
""",
        "a method with arguments": """
def f(config):
    for key, row in config.items('section'):
        print(row)
""",
        "three parts": """
def f(table):
    for key, row, more in table.items():
        print(row)
""",
        "a function": """
def f(items, table):
    for key, row in items(table):
        print(row)
""",
        "enumerate": """
def f(table):
    for i, (key, row) in enumerate(table.items()):
        print(i, row)
""",
        "a list of pairs": """
def f():
    for key, row in [(1, 2), (3, 4)]:
        print(row)
""",
        "augmented": """
def f(table):
    for key, row in table.items():
        row += 1
        print(key, row)
""",
        "deleted": """
def f(table):
    for key, row in table.items():
        print(key)
        print(row)
        del row
""",
        "a known list": """
def f():
    rows = []
    for key, row in rows.items():
        print(row)
""",
        "starred": """
def f(table):
    for key, *row in table.items():
        print(key, row)
""",
        "into an attribute": """
def f(table, a):
    for a.key, a.row in table.items():
        print(a)
""",
    }
)

PEDANTIC = {
    "for k, v in self.d.items(): in a method": (
        "class A:\n    def f(self):\n        for k, v in self.d.items():\n            pass\n",
        [3],
    ),
    "for (_, _), value in d.items():": ("for (_, _), value in d.items():\n    print(value)\n", [1]),
    "for k, (_, _) in get().items():": ("for k, (_, _) in get().items():\n    print(k)\n", [1]),
    "the last one is read after the loop, by name or by `locals`": (
        "for k, v in d.items():\n    print(k)\nprint(v)\nfor k, v in d.items():\n    if v:\n        break\nprint(k)\n"
        "for k, v in d.items():\n    print('{k} {v}'.format(**locals()))\n",
        [],
    ),
    "a frame, whose `values` is no method": (
        "import pandas as pd\n\n\ndef f():\n    df = pd.DataFrame({'a': [1]})\n    for _, col in df.items():\n"
        "        print(col)\n",
        [],
    ),
    "for k, v in list(d.items()): in a function": ("def f(d):\n    for k, v in list(d.items()):\n        print(v)\n", [2]),
    "for i, (k, v) in enumerate(d.items()): in a function": (
        "def f(d):\n    for i, (k, v) in enumerate(d.items()):\n        print(i, v)\n",
        [2],
    ),
    "for k, v in d.items(): in a function": (
        "def f(d):\n    print(locals())\n    for k, v in d.items():\n        print(v)\n",
        [3],
    ),
}
