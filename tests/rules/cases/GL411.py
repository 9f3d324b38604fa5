"""GL411: rows thrown away by an if, and conditions of Python, loops that use all rows, and other sources."""

M = (
    "from django.db import models\n\nclass Book(models.Model):\n    title = models.TextField()\n"
    "    old = models.BooleanField()\n\n"
    "    def read(self):\n        return 1\n\n"
)

BAD = {
    "skipped where one of two things holds": (
        "for b in Book.objects.all():\n    if b.kind == 1 or b.old():\n        continue\n    use(b)\n",
        [1],
    ),
    "a comparison": ("x = [b for b in Book.objects.all() if b.kind == 'novel']\n", [1]),
    "a variable": ("def f(k):\n    return [b for b in Book.objects.all() if b.kind == k]\n", [2]),
    "the other way round": ("x = [b for b in Book.objects.all() if 'novel' == b.kind]\n", [1]),
    "not equal": ("x = [b for b in Book.objects.all() if b.kind != 'novel']\n", [1]),
    "greater": ("x = [b.title for b in Book.objects.all() if b.pages > 100]\n", [1]),
    "None": ("x = [b for b in Book.objects.all() if b.shop is None]\n", [1]),
    "a set": ("x = {b.id for b in Book.objects.all() if b.kind == 1}\n", [1]),
    "a dictionary": ("x = {b.id: b for b in Book.objects.all() if b.kind == 1}\n", [1]),
    "a generator": ("x = sum(1 for b in Book.objects.all() if b.kind == 1)\n", [1]),
    "a filtered queryset": ("x = [b for b in Book.objects.filter(a=1) if b.kind == 1]\n", [1]),
    "a field of this file": (M + "x = [b for b in Book.objects.all() if b.old]\n", [10]),
    "not a field of this file": (M + "x = [b for b in Book.objects.all() if not b.old]\n", [10]),
    "and": ("x = [b for b in Book.objects.all() if b.kind == 1 and b.may()]\n", [1]),
    "two conditions": ("x = [b for b in Book.objects.all() if b.may() if b.kind == 1]\n", [1]),
    "a loop": ("for b in Book.objects.all():\n    if b.kind == 1:\n        use(b)\n", [1]),
    "a loop that goes on": ("for b in Book.objects.all():\n    if b.kind != 1:\n        continue\n    use(b)\n", [1]),
    "a name": ("def f():\n    rows = Book.objects.all()\n    return [b for b in rows if b.kind == 1]\n", [3]),
    "a list around": ("x = [b for b in list(Book.objects.all()) if b.kind == 1]\n", [1]),
    "through the module": ("x = [b for b in models.Book.objects.all() if b.kind == 1]\n", [1]),
    "a session": ("x = [b for b in session.query(Book).all() if b.kind == 1]\n", [1]),
    "a narrowed session": ("x = [b for b in db.session.query(Book).filter(Book.a == 1).all() if b.kind == 1]\n", [1]),
    "the query of a model": ("x = [b for b in Book.query.all() if b.kind == 1]\n", [1]),
    "an attribute on the other side": (
        "class A:\n    def f(self):\n        return [b for b in Book.objects.all() if b.kind == self.kind]\n",
        [3],
    ),
    "async": ("async def f():\n    return [b for b in Book.objects.all() if b.kind == 1]\n", [2]),
}

BAD |= {
    "the latest by max": (M + "x = max(Book.objects.all(), key=lambda b: b.title)\n", [10]),
    "the first of sorted": (M + "x = sorted(Book.objects.filter(kind=1), key=lambda b: b.title)[0]\n", [10]),
}

PEDANTIC = {
    "the smallest of a session": (
        "def f(session):\n    return min(session.query(Book).all(), key=lambda book: book.pages)\n",
        [2],
    ),
    "the last of sorted, of another file": ("x = sorted(Book.objects.all(), key=lambda b: b.at, reverse=True)[0]\n", [1]),
    "rows of a statement": (
        "def f(cur):\n    cur.execute('select a, b from t')\n    return [row for row in cur.fetchall() if row[1] == 'x']\n",
        [3],
    ),
    "columns of a statement": (
        "def f(db):\n    found = db.execute('select name, gone from t').fetchall()\n"
        "    return [n for n, gone in found if not gone]\n",
        [3],
    ),
    "rows of a dictionary": (
        "def f(cur):\n    for row in cur.execute('select a, b from t'):\n"
        "        if row['a'] is not None:\n            use(row)\n",
        [2],
    ),
    "the first of an order": ("x = Book.objects.order_by('-at')[0]\n", [1]),
    "a bare attribute": ("x = [b for b in Book.objects.all() if b.kind in KINDS]\n", [1]),
    "a known list": ("def f(keys):\n    return [b for b in Book.objects.all() if b.kind in keys]\n", [2]),
    "a bare attribute of a model of another file": ("x = [b for b in Book.objects.all() if b.old]\n", [1]),
}

GOOD = {
    "max by a method": "x = max(Book.objects.all(), key=lambda b: b.weight())\n",
    "max of a list": "x = max(books, key=lambda b: b.pages)\n",
    "all of them sorted": "x = sorted(Book.objects.all(), key=lambda b: b.pages)\n",
    "the first three": "x = sorted(Book.objects.all(), key=lambda b: b.pages)[:3]\n",
    "rows that serve two lists": "def f():\n    rows = Book.objects.all()\n"
    "    return [b for b in rows if b.a == 1], [b for b in rows if b.a == 2]\n",
    "the first five of an order": "x = Book.objects.order_by('-at')[:5]\n",
    "skipped where two things hold, one of them of Python": "for b in Book.objects.all():\n"
    "    if b.kind == 1 and b.old():\n        continue\n    use(b)\n",
    "a field that the query asked for already": "for b in Book.objects.filter(kind=k):\n    if b.kind == k:\n        use(b)\n",
    "a filter": "x = [b for b in Book.objects.filter(kind=1)]\n",
    "a method": "x = [b for b in Book.objects.all() if b.may_sell()]\n",
    "a method of this file": M + "x = [b for b in Book.objects.all() if b.read == 1]\n",
    "a function": "x = [b for b in Book.objects.all() if fits(b)]\n",
    "two fields": "x = [b for b in Book.objects.all() if b.pages > b.read]\n",
    "else": "for b in Book.objects.all():\n    if b.kind == 1:\n        use(b)\n    else:\n        drop(b)\n",
    "all are used": "for b in Book.objects.all():\n    use(b)\n    if b.kind == 1:\n        more(b)\n",
    "a list of objects": "x = [b for b in books if b.kind == 1]\n",
    "a conditional expression": "x = [b if b.kind == 1 else None for b in Book.objects.all()]\n",
    "values": "x = [b for b in Book.objects.values('kind') if b.kind == 1]\n",
    "a queryset that is narrowed by a custom method": "x = [b for b in Book.objects.active() if b.kind == 1]\n",
    "a deep attribute": "x = [b for b in Book.objects.all() if b.author.name == 1]\n",
    "a private attribute": "x = [b for b in Book.objects.all() if b._kind == 1]\n",
    "or": "x = [b for b in Book.objects.all() if b.kind == 1 or fits(b)]\n",
    "something else": "x = [b for b in config.objects.all() if b.kind == 1]\n",
    "another query": "x = [b for b in session.search(Book).all() if b.kind == 1]\n",
    "a query of two": "x = [b for b in session.query(Book, User).all() if b.kind == 1]\n",
    "an else of the loop": "for b in Book.objects.all():\n    if b.kind == 1:\n        break\nelse:\n    go()\n",
    "two targets": "x = [a for a, b in Book.objects.all() if b.kind == 1]\n",
    "a condition on nothing of the row": "x = [b for b in Book.objects.all() if ready]\n",
    "a chain of comparisons": "x = [b for b in Book.objects.all() if 1 < b.kind < 3]\n",
    "a test before": "if ready:\n    for b in Book.objects.all():\n        use(b)\n",
}

PEDANTIC |= {
    "a lambda for rows with a name": (
        "from shop.models import Item\ndef f(n):\n    items = Item.objects.all()\n"
        "    return list(filter(lambda i: i.price < n, items))\n",
        [4],
    ),
    "an alias of one letter": (
        "from shop.models import Item as I\ndef f(n):\n    return sum(1 for i in I.objects.all() if i.sold)\n",
        [3],
    ),
}

SILENT = {
    "a lambda for rows that are used again": "from shop.models import Item\ndef f(n):\n    items = Item.objects.all()\n"
    "    show(items)\n    return list(filter(lambda i: i.price < n, items))\n",
}
