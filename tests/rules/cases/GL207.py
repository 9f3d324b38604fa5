"""Texts that GL207 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a join": """
def f(orders, users):
    for order in orders:
        for user in users:  # !
            if user.id == order.user_id:
                order.user = user
""",
        "the other way round": """
def f(orders, users):
    for order in orders:
        for user in users:  # !
            if order.user_id == user.id:
                print(order, user)
""",
        "with break": """
def f(orders, users):
    for order in orders:
        for user in users:  # !
            if user == order:
                print(user)
                break
""",
        "items of a tuple": """
def f(a, b):
    for x in a:
        for y in b:  # !
            if x[0] == y[0]:
                yield x, y
""",
        "targets taken apart": """
def f(a, b):
    for key, x in a:
        for other, y in b:  # !
            if key == other:
                print(x, y)
""",
        "and more conditions": """
def f(orders, users):
    for order in orders:
        for user in users:  # !
            if user.open and user.id == order.user_id:
                print(user)
""",
        "an attribute": """
class A:
    def f(self, orders):
        for order in orders:
            for user in self.users:  # !
                if user.id == order.user_id:
                    print(user)
""",
        "work before it": """
def f(orders, users):
    for order in orders:
        total = order.price
        for user in users:  # !
            if user.id == order.user_id:
                print(user, total)
""",
        "work after it": """
def f(orders, users):
    for order in orders:
        for user in users:  # !
            if user.id == order.user_id:
                order.user = user
        order.save()
""",
        "at module level": """
for order in orders:
    for user in users:  # !
        if user.id == order.user_id:
            print(user)
""",
        "computed keys": """
def f(orders, users):
    for order in orders:
        for user in users:  # !
            if user.name.lower() == order.name.lower():
                print(user)
""",
        "with else": """
def f(orders, users):
    for order in orders:
        for user in users:  # !
            if user.id == order.id:
                break
        else:
            print(order)
""",
        "a list made before": """
def f(orders, source):
    users = list(source)
    for order in orders:
        for user in users:  # !
            if user.id == order.id:
                print(user)
""",
        "async": """
async def f(orders, users):
    for order in orders:
        for user in users:  # !
            if user.id == order.id:
                await send(user)
""",
        "a generator function": """
def f(orders, users):
    for order in orders:
        for user in users:  # !
            if order.id == user.id:
                yield user
""",
        "in a method": """
class A:
    def f(self, a, b):
        for x in a:
            for y in b:  # !
                if y.name == x:
                    self.use(y)
""",
        "inside try": """
def f(orders, users):
    for order in orders:
        try:
            for user in users:  # !
                if user.id == order.id:
                    print(user)
        except KeyError:
            pass
""",
        "inside a condition": """
def f(orders, users):
    for order in orders:
        if order.open:
            for user in users:  # !
                if user.id == order.id:
                    print(user)
""",
        "the loop counts": """
def f(n, users):
    for number in range(n):
        for user in users:  # !
            if user.id == number:
                print(user)
""",
        "three loops": """
def f(pages, orders, users):
    for page in pages:
        for order in orders:
            for user in users:  # !
                if user.id == order.id:
                    print(page, user)
""",
    }
)

GOOD = plain(
    {
        "an index": """
def f(orders, users):
    by_id = {user.id: user for user in users}
    for order in orders:
        order.user = by_id[order.user_id]
""",
        "its own parts": """
def f(orders):
    for order in orders:
        for part in order.parts:
            if part.id == order.main:
                print(part)
""",
        "one loop": """
def f(users, order):
    for user in users:
        if user.id == order.user_id:
            return user
""",
        "not an equality": """
def f(orders, users):
    for order in orders:
        for user in users:
            if user.age > order.age:
                print(user)
""",
        "all pairs": """
def f(orders, users):
    for order in orders:
        for user in users:
            print(order, user)
""",
        "an else branch": """
def f(orders, users):
    for order in orders:
        for user in users:
            if user.id == order.id:
                print(user)
            else:
                print('no')
""",
        "more work inside": """
def f(orders, users):
    for order in orders:
        for user in users:
            user.count += 1
            if user.id == order.id:
                print(user)
""",
        "nothing of the outer item": """
def f(orders, users, name):
    for order in orders:
        for user in users:
            if user.name == name:
                print(order, user)
""",
        "nothing of the inner item": """
def f(orders, users):
    for order in orders:
        for user in users:
            if order.id == 3:
                print(user)
""",
        "a short literal inside": """
def f(orders):
    for order in orders:
        for kind in ('a', 'b'):
            if order.kind == kind:
                print(order)
""",
        "a short literal outside": """
def f(users):
    for kind in ('a', 'b'):
        for user in users:
            if user.kind == kind:
                print(user)
""",
        "a constant inside": """
def f(orders):
    for order in orders:
        for kind in KINDS:
            if order.kind == kind:
                print(order)
""",
        "the inner one changes": """
def f(orders, users):
    for order in orders:
        for user in users:
            if user.id == order.id:
                users.remove(user)
""",
        "bound anew": """
def f(orders):
    for order in orders:
        users = load(order)
        for user in users:
            if user.id == order.id:
                print(user)
""",
        "a call inside": """
def f(orders):
    for order in orders:
        for user in load():
            if user.id == order.id:
                print(user)
""",
        "an or": """
def f(orders, users):
    for order in orders:
        for user in users:
            if user.id == order.id or user.open:
                print(user)
""",
        "identity": """
def f(orders, users):
    for order in orders:
        for user in users:
            if user is order:
                print(user)
""",
        "both in one side": """
def f(orders, users, total):
    for order in orders:
        for user in users:
            if user.id + order.id == total:
                print(user)
""",
        "a while loop around": """
def f(queue, users):
    while queue:
        for user in users:
            if user.id == queue[0]:
                print(user)
""",
        "another function": """
def f(orders, users):
    for order in orders:
        def g():
            for user in users:
                if user.id == order.id:
                    print(user)
        use(g)
""",
        "an inequality": """
def f(orders, users):
    for order in orders:
        for user in users:
            if user.id != order.id:
                print(user)
""",
    }
)

PEDANTIC = {
    "for y in b: in a function": (
        (
            "def f(a, b):\n    out = []\n    for x in a:\n        for y in b:\n"
            "            if x.id == y.id:\n                out.append((x, y))\n            else:\n"
            "                pass\n    return out\n"
        ),
        [4],
    ),
    "for j in range(len(items)): in a function": (
        (
            "def f(items):\n    for i in range(len(items)):\n        for j in range(len(items)):\n"
            "            if items[i] == items[j]:\n                print(i)\n"
        ),
        [3],
    ),
    "return [(x, y) for x in a for y in b if x == y] in a function": (
        "def f(a, b):\n    return [(x, y) for x in a for y in b if x == y]\n",
        [2],
    ),
    "for j in range(10):": ("for i in range(10):\n    for j in range(10):\n        print(i, j)\n", [2]),
    "for y in b:, case 2": ("def f(a, b):\n    for x in a:\n        for y in b:\n            work(x, y)\n", [3]),
    "for o in self.orders: in a function": (
        (
            "def f(users, orders):\n    for u in users:\n        for o in self.orders:\n"
            "            k = o.key\n            if k == u.key:\n                break\n"
        ),
        [3],
    ),
    "picked by a comprehension": (
        "def f(a, b):\n    for x in a:\n        print(next((y for y in b if y.id == x.id), None))\n"
        "        print([y for y in x.rows if y == x.id])\n",
        [3],
    ),
    "in an asynchronous loop": (
        "async def f(xs, ys):\n    async for x in xs:\n        for y in ys:\n            if y.name == x.name:\n"
        "                print(y)\n",
        [3],
    ),
    "less or more": (
        "def f(a, b):\n    for x in a:\n        for y in b:\n            if x < y:\n                print(x)\n"
        "    for x in a:\n        for y in b:\n"
        "            if abs(x - y) < 0.1:\n                print(x)\n",
        [],
    ),
}

PEDANTIC |= {
    "asked for any": (
        "def f(a, b):\n    for x in a:\n        if any(y.id == x.id for y in b):\n            print(x)\n",
        [3],
    ),
    "asked for any, in a comprehension": ("def f(a, b):\n    return [x for x in a if any(y.id == x.id for y in b)]\n", [2]),
    "picked within a comprehension": (
        "def f(a, b):\n    return {x.id: next(y for y in b if y.id == x.id) for x in a}\n",
        [2],
    ),
    "picked by filter": (
        "def f(a, b):\n    for x in a:\n        y = list(filter(lambda y: y.id == x.id, b))\n        print(y)\n",
        [3],
    ),
    "picked by a mask": (
        "import pandas as pd\ndef f(a, df):\n    for x in a:\n        print(df[df.id == x.id], df.loc[df['id'] == x, 'y'])\n",
        [4, 4],
    ),
}

SILENT = {
    "picked once": "def f(b, key):\n    return list(filter(lambda y: y.id == key, b)), any(y.id == key for y in b)\n",
    "picked from its own": "def f(a):\n    for x in a:\n        print(list(filter(lambda y: y.id == x.main, x.parts)))\n",
    "a mask, once": "import pandas as pd\ndef f(df, key):\n    return df[df.id == key]\n",
    "a mask of each frame": "import pandas as pd\ndef f(frames, key):\n"
    "    for df in frames:\n        print(df[df.id == key])\n",
    "a mask by a key that stays": "import pandas as pd\ndef f(a, df, key):\n"
    "    for x in a:\n        x.rows = df[df.id == key]\n",
    "an hour of the day": "def f(a):\n    for x in a:\n"
    "        for hour in range(24):\n            if hour == x.peak:\n                print(x)\n",
}
