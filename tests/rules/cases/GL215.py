"""Texts that GL215 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a flag": """
def f(rows):
    found = False
    for row in rows:  # !
        if row.bad:
            found = True
    return found
""",
        "a flag that falls": """
def f(rows):
    good = True
    for row in rows:  # !
        if not row.good:
            good = False
    return good
""",
        "a number": """
def f(rows):
    code = 0
    for row in rows:  # !
        if row.bad:
            code = 1
    return code
""",
        "a text": """
def f(rows):
    state = 'good'
    for row in rows:  # !
        if row.bad:
            state = 'bad'
    return state
""",
        "None": """
def f(rows, result):
    for row in rows:  # !
        if row.bad:
            result = None
    return result
""",
        "two flags": """
def f(rows):
    found = missing = False
    for row in rows:  # !
        if row.bad:
            found = True
            missing = False
    return found, missing
""",
        "a comparison": """
def f(rows, name):
    found = False
    for row in rows:  # !
        if row.name == name:
            found = True
    return found
""",
        "membership": """
def f(names, text):
    found = False
    for name in names:  # !
        if name in text:
            found = True
    return found
""",
        "isinstance": """
def f(rows):
    found = False
    for row in rows:  # !
        if isinstance(row, str):
            found = True
    return found
""",
        "a method that only looks": """
def f(names):
    found = False
    for name in names:  # !
        if name.startswith('_'):
            found = True
    return found
""",
        "a condition in a condition": """
def f(rows):
    found = False
    for row in rows:  # !
        if row.open:
            if row.bad:
                found = True
    return found
""",
        "an and": """
def f(rows):
    found = False
    for row in rows:  # !
        if row.open and row.bad or row.lost:
            found = True
    return found
""",
        "enumerate": """
def f(rows):
    found = False
    for i, row in enumerate(rows):  # !
        if row != i:
            found = True
    return found
""",
        "an index": """
def f(rows):
    ordered = True
    for i in range(len(rows) - 1):  # !
        if rows[i] > rows[i + 1]:
            ordered = False
    return ordered
""",
        "the inner of two loops": """
def f(tables):
    found = False
    for table in tables:
        for row in table:  # !
            if row.bad:
                found = True
    return found
""",
        "at module level": """
found = False
for row in rows:  # !
    if row.bad:
        found = True
""",
        "in a method": """
class A:
    def f(self):
        found = False
        for row in self.rows:  # !
            if row.bad:
                found = True
        return found
""",
        "the target is bound again later": """
def f(rows, others):
    found = False
    for row in rows:  # !
        if row.bad:
            found = True
    for row in others:
        print(row, found)
""",
        "lines of a file": """
def f(path):
    found = False
    with open(path) as file:
        for line in file:  # !
            if 'error' in line:
                found = True
    return found
""",
        "items of a dict": """
def f(table):
    found = False
    for key, value in table.items():  # !
        if value > 3:
            found = True
    return found
""",
        "async function": """
async def f(rows):
    found = False
    for row in rows:  # !
        if row.bad:
            found = True
    return found
""",
    }
)

GOOD = plain(
    {
        "break": """
def f(rows):
    found = False
    for row in rows:
        if row.bad:
            found = True
            break
    return found
""",
        "any": """
def f(rows):
    return any(row.bad for row in rows)
""",
        "return": """
def f(rows):
    for row in rows:
        if row.bad:
            return True
    return False
""",
        "the last one": """
def f(rows):
    last = None
    for row in rows:
        if row.bad:
            last = row
    return last
""",
        "a count": """
def f(rows):
    count = 0
    for row in rows:
        if row.bad:
            count += 1
    return count
""",
        "an else branch": """
def f(rows):
    for row in rows:
        if row.bad:
            state = True
        else:
            state = False
    return state
""",
        "more work": """
def f(rows):
    found = False
    for row in rows:
        row.check()
        if row.bad:
            found = True
    return found
""",
        "more work in the condition's body": """
def f(rows):
    found = False
    for row in rows:
        if row.bad:
            found = True
            print(row)
    return found
""",
        "the test acts": """
def f(rows):
    found = False
    for row in rows:
        if row.remove():
            found = True
    return found
""",
        "the test calls something": """
def f(rows, check):
    found = False
    for row in rows:
        if check(row):
            found = True
    return found
""",
        "the flag is used": """
def f(rows):
    odd = False
    for row in rows:
        if row.bad and not odd:
            odd = True
    return odd
""",
        "the item is read after": """
def f(rows):
    found = False
    for row in rows:
        if row.bad:
            found = True
    return found, row
""",
        "a mark on the item": """
def f(rows):
    for row in rows:
        if row.bad:
            row.seen = True
""",
        "an entry of a dict": """
def f(rows, table):
    for row in rows:
        if row.bad:
            table[row] = True
""",
        "a short literal": """
def f(a, b):
    found = False
    for row in (a, b):
        if row.bad:
            found = True
    return found
""",
        "a few turns": """
def f(x):
    found = False
    for i in range(4):
        if x[i]:
            found = True
    return found
""",
        "a list is filled": """
def f(rows, out):
    for row in rows:
        if row.bad:
            out.append(row)
""",
        "a computed value": """
def f(rows):
    best = 0
    for row in rows:
        if row.price > 3:
            best = row.price
    return best
""",
        "for with else": """
def f(rows):
    found = False
    for row in rows:
        if row.bad:
            found = True
    else:
        print('end')
    return found
""",
        "an asynchronous stream": """
async def f(stream):
    found = False
    async for row in stream:
        if row.bad:
            found = True
    return found
""",
        "the test assigns": """
def f(rows):
    found = False
    for row in rows:
        if (last := row.name):
            found = True
    return found, last
""",
        "a while loop": """
def f(queue):
    found = False
    while queue:
        if queue.pop():
            found = True
    return found
""",
        "a while loop whose count is read after": """
def f(rows):
    n = 0
    bad = False
    while n < len(rows):
        if rows[n].open:
            bad = True
        n += 1
    return bad, n
""",
        "a while loop that asks the flag": """
def f(rows):
    n = 0
    bad = False
    while n < len(rows) and not bad:
        if rows[n].open:
            bad = True
        n += 1
    return bad
""",
        "a while loop that does more": """
def f(rows):
    n = 0
    bad = False
    while n < len(rows):
        if rows[n].open:
            bad = True
        rows[n].close()
        n += 1
    return bad
""",
    }
)

BAD |= marked(
    {
        "a while loop that counts": """
def f(rows):
    n, bad = 0, False
    while n < len(rows):  # !
        if rows[n].price < 0:
            bad = True
        n += 1
    return bad
""",
        "a while loop that counts down": """
def f(rows):
    n = len(rows) - 1
    bad = False
    while n >= 0:  # !
        n -= 1
        if rows[n].open:
            bad = True
    return bad
""",
    }
)

PEDANTIC = {
    "along a chain": (
        "def f(node):\n    open = False\n    while node:\n        if node.open:\n            open = True\n"
        "        node = node.next\n    return open\n",
        [3],
    ),
    "while lines come": (
        "def f(file):\n    n = 0\n    found = False\n    while line := file.readline():\n        if line == 'x':\n"
        "            found = True\n        n += 1\n    return found\n",
        [4],
    ),
    "found = True": (("found = False\nfor x in [1, 2, 3]:\n    if x == 2:\n        found = True\nprint(found)\n"), [2]),
    "ok = False in a function": (
        ("def f(xs):\n    ok = True\n    for x in xs:\n        if not check(x):\n            ok = False\n    return ok\n"),
        [3],
    ),
    "found = True in a function": (
        (
            "def f(xs, t):\n    found = False\n    for x in xs:\n        y = x.v\n        if y == t:\n"
            "            found = True\n    return found\n"
        ),
        [3],
    ),
    "found = True, case 2": (
        (
            "def f(xs, t):\n    found = False\n    for x in xs:\n        if x == t:\n"
            "            found = True\n        else:\n            pass\n    return found\n"
        ),
        [3],
    ),
    "after leaving some out": (
        "def f(xs, t):\n    has = 0\n    for x in xs:\n        if x is None:\n            continue\n        if x == t:\n"
        "            has = 1\n    return has\n",
        [3],
    ),
    "an attribute": (
        "class K:\n    def f(self, xs):\n        self.dirty = False\n        for x in xs:\n            if x != 0:\n"
        "                self.dirty = True\n",
        [4],
    ),
    "gathered with or": (
        "def f(xs, t):\n    has = False\n    for x in xs:\n        has = has or x == t\n    return has\n",
        [3],
    ),
    "kept by a condition": (
        "def f(xs, t):\n    has = False\n    for x in xs:\n        has = True if x == t else has\n    return has\n",
        [3],
    ),
    "flags that may change again": (
        "def f(xs, t):\n    for x in xs:\n        has = False\n        if x == t:\n            has = True\n    last = None\n"
        "    for x in xs:\n        last = x if x > t else last\n    for x in xs:\n        if has:\n            continue\n"
        "        if x == t:\n            has = True\n    for x in xs:\n        if x.bad:\n            x.seen = True\n"
        "    return has, last\n",
        [],
    ),
}

PEDANTIC |= {
    "the first, kept by a guard": (
        "def f(rows):\n    first = None\n    for row in rows:\n        if first is None and row.ok:\n            first = row\n"
        "    return first\n",
        [3],
    ),
    "a guard around the test": (
        "def f(rows):\n    first = None\n    for row in rows:\n        if first is None:\n            if row.ok:\n"
        "                first = row\n    return first\n",
        [3],
    ),
    "the first place, kept by a guard": (
        "def f(rows):\n    at = -1\n    for i, x in enumerate(rows):\n        if x.ok and at == -1:\n            at = i\n"
        "    return at\n",
        [3],
    ),
    "a flag that guards itself": (
        "def f(rows):\n    found = False\n    for row in rows:\n        if not found and row.ok:\n            found = True\n"
        "    return found\n",
        [3],
    ),
}

SILENT = {
    "the best": "def f(rows):\n    best = None\n    for row in rows:\n        if best is None or row.size > best.size:\n"
    "            best = row\n    return best\n",
    "what is no first": "def f(rows):\n    first = None\n    for row in rows:\n        if first is None and row.ok:\n"
    "            first = row\n        else:\n            use(row)\n    return first\n",
    "more work in each turn": "def f(rows):\n    first = None\n    for row in rows:\n        use(row)\n"
    "        if first is None and row.ok:\n            first = row\n    return first\n",
    "a guard that stays": "def f(rows, done):\n    first = None\n    for row in rows:\n        if not done and row.ok:\n"
    "            first = row\n    return first\n",
    "what is unset again": "def f(rows, left):\n    for x in rows:\n        if not left and x.ok:\n            left = None\n"
    "    return left\n",
}
