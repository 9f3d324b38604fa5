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

D = "from shop.models import Item\n"
S = "from sqlalchemy import select\nfrom shop.tables import Bill\n"

PEDANTIC |= {
    "either of two fields": (D + "x = [i for i in Item.objects.all() if i.a == 1 or i.b == 2]\n", [2]),
    "between": (D + "x = [i for i in Item.objects.all() if 1 < i.a < 3]\n", [2]),
    "two columns": (D + "x = [i for i in Item.objects.all() if i.a > i.b]\n", [2]),
    "the start of a text": (D + "def f(s):\n    return [i for i in Item.objects.all() if i.a.startswith(s)]\n", [3]),
    "a part of a text": (D + "def f(s):\n    return [i for i in Item.objects.all() if s in i.a.lower()]\n", [3]),
    "through a relation": (D + "x = [i for i in Item.objects.all() if i.owner.name == 'x']\n", [2]),
    "the key": (D + "def f(me):\n    return [i for i in Item.objects.all() if i.pk != me.pk]\n", [3]),
    "dictionaries": (D + "x = [i for i in Item.objects.values('a', 'b') if i['a'] == 1]\n", [2]),
    "tuples": (D + "x = [b for a, b in Item.objects.values_list('a', 'b') if a]\n", [2]),
    "an asynchronous loop": (
        D + "async def f():\n    async for i in Item.objects.all():\n        if i.sold:\n            use(i)\n",
        [3],
    ),
    "any": (D + "x = any(i.sold for i in Item.objects.all())\n", [2]),
    "all": (D + "x = all(i.a > 3 for i in Item.objects.all())\n", [2]),
    "the largest value": (D + "x = max(i.a for i in Item.objects.all())\n", [2]),
    "the largest by a getter": (
        "from operator import attrgetter\n" + D + "x = max(Item.objects.all(), key=attrgetter('a'))\n",
        [3],
    ),
    "the largest by its negative": (D + "x = sorted(Item.objects.all(), key=lambda i: -i.a)[0]\n", [2]),
    "the first of sorted rows": (D + "def f(n):\n    return sorted(Item.objects.all(), key=lambda i: i.a)[:n]\n", [3]),
    "nlargest": ("import heapq\n" + D + "x = heapq.nlargest(3, Item.objects.all(), key=lambda i: i.a)\n", [3]),
    "one at random": ("import random\n" + D + "x = random.choice(Item.objects.all())\n", [3]),
    "islice": ("from itertools import islice\n" + D + "def f(n):\n    return list(islice(Item.objects.all(), n))\n", [4]),
    "among the objects": (D + "def f(item):\n    return item in Item.objects.all()\n", [3]),
    "among the values": (D + "def f(name):\n    return name in Item.objects.values_list('name', flat=True)\n", [3]),
    "among the names of all": (D + "def f(name):\n    return name not in [i.name for i in Item.objects.all()]\n", [3]),
    "the first of a narrowed order": (D + "x = Item.objects.order_by('-a').filter(b=1)[0]\n", [2]),
    "the first of an order with a name": (D + "def f():\n    rows = Item.objects.order_by('a')\n    return rows[0]\n", [4]),
    "the first of a comprehension": (D + "x = [i for i in Item.objects.all()][0]\n", [2]),
    "the first of an iterator": (D + "x = next(iter(Item.objects.all()))\n", [2]),
    "a number of rows": (
        D + "for n, i in enumerate(Item.objects.all()):\n    if n >= 10:\n        break\n    use(i)\n",
        [2],
    ),
    "the best so far": (
        D + "best = None\nfor i in Item.objects.all():\n    if best is None or i.at > best.at:\n        best = i\n",
        [3],
    ),
    "a getter": (
        "from operator import attrgetter\n" + D + "x = list(filter(attrgetter('sold'), Item.objects.all()))\n",
        [3],
    ),
    "the queryset of a view": (
        "class V:\n    queryset = None\n    def f(self):\n        return [i for i in self.queryset if i.sold]\n",
        [4],
    ),
    "the first of a session": ("def f(session):\n    return session.query(Bill).all()[0]\n", [2]),
    "the first n of a session": ("def f(session, n):\n    return session.query(Bill).order_by(Bill.at).all()[:n]\n", [2]),
    "the first of a session, by name": (
        "def f(session):\n    rows = session.query(Bill).all()\n    return rows[0]\n",
        [3],
    ),
    "the first of a listed query": ("def f(session):\n    return list(session.query(Bill))[0]\n", [2]),
    "scalars": (S + "def f(session):\n    return [b for b in session.scalars(select(Bill)) if b.paid]\n", [4]),
    "a statement with a name": (
        S + "def f(session):\n    q = select(Bill)\n    return [b for b in session.execute(q).scalars() if b.paid]\n",
        [5],
    ),
    "an awaited session": (
        S + "async def f(s):\n    rows = await s.execute(select(Bill))\n    return [b for b in rows.scalars() if b.paid]\n",
        [5],
    ),
    "columns of a session": ("def f(s):\n    return [r for r in s.query(Bill.a, Bill.b).all() if r.b]\n", [2]),
    "a list that is filtered next": (
        "def f(s):\n    rows = s.query(Bill).all()\n    return [r for r in rows if r.paid]\n",
        [3],
    ),
    "Tortoise": ("async def f():\n    return [u for u in await User.all() if u.active]\n", [2]),
    "peewee": ("def f():\n    return [u for u in User.select() if u.active]\n", [2]),
    "MongoDB": ("def f(users):\n    return [u for u in users.find({}) if u['age'] > 3]\n", [2]),
    "a statement and a variable": (
        "def f(cur, key):\n    cur.execute('select a, b from t')\n    return [r for r in cur if r[1] == key]\n",
        [3],
    ),
    "the first of an unknown statement": (
        "def f(cur, query):\n    cur.execute(query)\n    return cur.fetchall()[0]\n",
        [3],
    ),
}

SILENT |= {
    "a function among others": D + "x = [i for i in Item.objects.all() if i.a == 1 or fits(i)]\n",
    "a method of the object": D + "x = any(i.may_sell() for i in Item.objects.all())\n",
    "a variable that the loop sets": D + "for i in Item.objects.all():\n    if i.a != last:\n        last = i.a\n",
    "a function of the row": D + "x = max(weigh(i) for i in Item.objects.all())\n",
    "sorted, and all are kept": D + "x = sorted(Item.objects.all(), key=lambda i: i.a)\n",
    "a cut queryset": D + "x = [i for i in Item.objects.all()[:10] if i.a]\n",
    "the first of a queryset": D + "x = Item.objects.all()[0]\n",
    "a limit": "def f(session):\n    return session.query(Bill).limit(10).all()[0]\n",
    "one by one": "def f(session):\n    return session.query(Bill)[0]\n",
    "rows with two uses": "def f(session):\n    rows = session.query(Bill).all()\n    print(len(rows))\n    return rows[0]\n",
    "a condition that is asked already": D + "x = any(i.a for i in Item.objects.filter(a=True))\n",
    "a property of this file": M.replace("    def read", "    @property\n    def read")
    + "x = any(b.read for b in Book.objects.all())\n",
    "the largest of a list": "x = max(b.pages for b in books)\n",
    "among the keys of a dictionary": "def f(k, d):\n    return k in [x.a for x in d.values()]\n",
    "a membership in a subquery": D + "x = Item.objects.filter(a__in=Item.objects.values_list('b', flat=True))\n",
    "a text search": "def f(s, t):\n    return [c for c in s.find(t) if c.a]\n",
    "what is found in a document": "def f(soup):\n    return [c for c in soup.find('tr') if c.a]\n",
    "a choice of a list": "import random\n\ndef f(xs):\n    return random.choice(xs)\n",
    "a number of items": "for n, i in enumerate(items):\n    if n >= 10:\n        break\n",
    "a limit in the statement": "def f(cur, key):\n    cur.execute('select a, b from t limit 5')\n"
    "    return [r for r in cur if r[1] == key]\n",
    "an order that gives all": D + "x = list(Item.objects.order_by('a'))\n",
}
