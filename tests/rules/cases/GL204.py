"""Texts that GL204 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a comprehension": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        if row.name in known:  # !
            print(row)
""",
        "not in": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        if row.name not in known:  # !
            print(row)
""",
        "in a list comprehension": """
def f(rows, users):
    known = [user.name for user in users]
    return [row for row in rows if row.name in known]  # !
""",
        "in a generator": """
def f(rows, users):
    known = [user.name for user in users]
    return any(row.name in known for row in rows)  # !
""",
        "in a dict comprehension": """
def f(rows, users):
    known = [user.name for user in users]
    return {row: row.name in known for row in rows}  # !
""",
        "list() of a parameter": """
def f(rows, users):
    known = list(users)
    for row in rows:
        print(row in known)  # !
""",
        "sorted()": """
def f(rows, users):
    known = sorted(users)
    for row in rows:
        print(row in known)  # !
""",
        "filled by a loop before": """
def f(rows, users):
    known = []
    for user in users:
        known.append(user.name)
    for row in rows:
        print(row.name in known)  # !
""",
        "extended by a loop before": """
def f(rows, users):
    known = []
    for user in users:
        known.extend(user.names)
    return [row for row in rows if row not in known]  # !
""",
        "lines of a file": """
def f(path, rows):
    with open(path) as file:
        words = file.readlines()
    return [row for row in rows if row in words]  # !
""",
        "lines of a text": """
def f(text: str, rows):
    words = text.splitlines()
    return [row for row in rows if row in words]  # !
""",
        "names of a folder": """
import os

def f(path, rows):
    names = os.listdir(path)
    return [row for row in rows if row in names]  # !
""",
        "while": """
def f(queue, users):
    known = [user.name for user in users]
    while queue:
        if queue.pop() in known:  # !
            print('known')
""",
        "async for": """
async def f(stream, users):
    known = [user.name for user in users]
    async for row in stream:
        if row in known:  # !
            print(row)
""",
        "in an and": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        if row.open and row.name in known:  # !
            print(row)
""",
        "in a condition of else": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        if row.closed:
            continue
        elif row.name in known:  # !
            print(row)
""",
        "in an assert": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        assert row.name in known  # !
""",
        "inside try": """
def f(rows, users):
    known = list(map(str, users))
    for row in rows:
        try:
            print(row.name in known)  # !
        finally:
            row.close()
""",
        "at module level": """
known = [user.name for user in users]
for row in rows:
    if row.name in known:  # !
        print(row)
""",
        "an attribute": """
class Filter:
    def __init__(self, users):
        self.known = [user.name for user in users]

    def keep(self, rows):
        return [row for row in rows if row.name in self.known]  # !
""",
        "its other uses only look": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        if row.name in known:  # !
            print(len(known), known[0], known.index(row.name))
""",
        "in the inner of two loops": """
def f(tables, users):
    known = [user.name for user in users]
    for table in tables:
        for row in table:
            if row.name in known:  # !
                print(row)
""",
        "changed in the outer loop, not in the inner": """
def f(tables):
    known = []
    for table in tables:
        fresh = [row for row in table if row.name not in known]  # !
        known.extend(row.name for row in fresh)
""",
    }
)

GOOD = plain(
    {
        "a set": """
def f(rows, users):
    known = {user.name for user in users}
    return [row for row in rows if row.name in known]
""",
        "a set made of the list": """
def f(rows, users):
    known = set([user.name for user in users])
    return [row for row in rows if row.name in known]
""",
        "a dict": """
def f(rows, users):
    known = {user.name: user for user in users}
    return [row for row in rows if row.name in known]
""",
        "fields are few": """
def f(rows, model):
    names = [field.name for field in model.fields]
    return [row for row in rows if row.name in names]
""",
        "tried again": """
def f(users, fetch):
    known = [user.name for user in users]
    for attempt in range(count()):
        if fetch() in known:
            return True
""",
        "a literal": """
def f(rows):
    return [row for row in rows if row.name in ['a', 'b']]
""",
        "a name for a literal": """
def f(rows):
    known = ['a', 'b']
    return [row for row in rows if row.name in known]
""",
        "a constant": """
def f(rows):
    return [row for row in rows if row.name in NAMES]
""",
        "of unknown length": """
def f(rows, known: list[str]):
    return [row for row in rows if row.name in known]
""",
        "unknown": """
def f(rows, known):
    return [row for row in rows if row.name in known]
""",
        "a string": """
def f(rows):
    text = input()
    return [row for row in rows if row in text]
""",
        "a range": """
def f(rows, n):
    known = range(n)
    return [row for row in rows if row in known]
""",
        "no loop": """
def f(row, users):
    known = [user.name for user in users]
    return row.name in known
""",
        "short loop": """
def f(users):
    known = [user.name for user in users]
    return [name for name in ('a', 'b') if name in known]
""",
        "made anew in each turn": """
def f(rows):
    for row in rows:
        known = [part.name for part in row]
        print(row.name in known)
""",
        "changed in the loop": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        if row.name not in known:
            known.append(row.name)
""",
        "handed on in the loop": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        if row.name in known:
            update(known)
""",
        "an item of it is replaced": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        if row.name in known:
            known[0] = row.name
""",
        "lists cannot be hashed": """
def f(rows, users):
    known = [[user.name, user.id] for user in users]
    return [row for row in rows if row.pair in known]
""",
        "sets cannot be hashed": """
def f(rows, users):
    known = [set(user.names) for user in users]
    return [row for row in rows if row in known]
""",
        "dicts cannot be hashed": """
def f(rows, users):
    known = []
    for user in users:
        known.append({'name': user})
    return [row for row in rows if row in known]
""",
        "what is searched cannot be hashed": """
def f(rows, users):
    known = list(users)
    return [row for row in rows if [row.name] in known]
""",
        "a comprehension over few items": """
def f(rows, a, b):
    known = [user.name for user in (a, b)]
    return [row for row in rows if row.name in known]
""",
        "left at once": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        if row.name in known:
            print(row)
        break
""",
        "the loop walks the list": """
def f(users):
    known = [user.name for user in users]
    for name in known:
        print(name)
""",
        "the loop is not the function's": """
def f(rows, users):
    known = [user.name for user in users]
    for row in rows:
        row.test = lambda name: name in known
""",
    }
)

PEDANTIC = {
    "return x in [1, 2, 3] in a function": ("def f(x):\n    return x in [1, 2, 3]\n", [2]),
    "if fruit in ('apple', 'pear'):": ("if fruit in ('apple', 'pear'):\n    pass\n", [1]),
    "if x not in ['a', 'b']: in a function": ("def f(x):\n    if x not in ['a', 'b']:\n        return 1\n", [2]),
    "if x in big: in a function": (
        "def f(items, big):\n    for x in items:\n        if x in big:\n            print(x)\n",
        [3],
    ),
    "if x in big:": ("big = [1, 2, 3]\nfor x in range(10):\n    if x in big:\n        print(x)\n", [3]),
    "if x not in seen: in a function": (
        ("def f(xs):\n    seen = []\n    for x in xs:\n        if x not in seen:\n            seen.append(x)\n"),
        [4],
    ),
    "return [x for x in xs if x in ys] in a function": ("def f(xs, ys: list):\n    return [x for x in xs if x in ys]\n", [2]),
    "1 in (1, 2, 3)": ("1 in (1, 2, 3)\n", [1]),
    "a copy made to be searched": ("def f(xs, a):\n    for x in xs:\n        if x in list(a):\n            print(x)\n", [3]),
    "a list of each turn's own": (
        "def f(lines, xs):\n    for line in lines:\n        row = line.split()\n        if 'x' in row:\n"
        "            print(row)\n"
        "    return [y for y in xs if 1 in y]\n",
        [],
    ),
}
