"""GL414: columns that no code reads, and those that are read, handed on, or decide which rows there are."""

BAD = {
    "a variable of the loop": ("def f(db):\n    for a, b in db.execute('SELECT a, b FROM t'):\n        use(a)\n", [2]),
    "an underscore": ("def f(db):\n    for a, _ in db.execute('SELECT a, b FROM t'):\n        use(a)\n", [2]),
    "numbers": ("def f(db):\n    for r in db.execute('SELECT a, b, c FROM t'):\n        use(r[0], r[2])\n", [2]),
    "names": ("def f(db):\n    for r in db.execute('SELECT a, b FROM t'):\n        use(r['a'])\n", [2]),
    "attributes": (
        "from sqlalchemy import text\n\ndef f(s):\n    for r in s.execute(text('SELECT a, b FROM t')):\n        use(r.a)\n",
        [4],
    ),
    "one row": (
        "def f(cur):\n    cur.execute('SELECT a, b FROM t WHERE c = 1')\n    row = cur.fetchone()\n    return row[1]\n",
        [2],
    ),
    "one row, taken apart": (
        "def f(cur):\n    cur.execute('SELECT a, b FROM t')\n    a, b = cur.fetchone()\n    return a\n",
        [2],
    ),
    "one row at once": ("def f(db):\n    return db.execute('SELECT a, b FROM t').fetchone()[0]\n", [2]),
    "a comprehension": ("def f(db):\n    return [r[0] for r in db.execute('SELECT a, b FROM t').fetchall()]\n", [2]),
    "a comprehension that takes apart": ("def f(db):\n    return [a for a, b in db.execute('SELECT a, b FROM t')]\n", [2]),
    "a dictionary": ("def f(db):\n    return {r[0]: r[2] for r in db.execute('SELECT a, b, c FROM t')}\n", [2]),
    "an alias": ("def f(db):\n    for r in db.execute('SELECT a AS x, b AS y FROM t'):\n        use(r['y'])\n", [2]),
    "a function of columns": (
        "def f(db):\n    for n, m in db.execute('SELECT lower(a), coalesce(b, 1) FROM t'):\n        use(n)\n",
        [2],
    ),
    "a table's columns": (
        "def f(db):\n    for r in db.execute('SELECT t.a, t.b FROM t JOIN u USING (i)'):\n        use(r[1])\n",
        [2],
    ),
    "self": (
        "class A:\n    def f(self):\n        self.c.execute('SELECT a, b FROM t')\n        for a, b in self.c.fetchall():\n"
        "            use(b)\n",
        [3],
    ),
    "asyncpg": ("async def f(c):\n    for r in await c.fetch('SELECT a, b FROM t'):\n        use(r['b'])\n", [2]),
    "awaited cursors": (
        "async def f(cur):\n    await cur.execute('SELECT a, b FROM t')\n    row = await cur.fetchone()\n    return row[0]\n",
        [2],
    ),
    "a constant": ("Q = 'SELECT a, b FROM t'\n\ndef f(db):\n    for a, b in db.execute(Q):\n        use(b)\n", [1]),
    "many lines": (
        'def f(db):\n    for a, b in db.execute("""\n        SELECT a,\n               b -- two\n        FROM t"""):\n'
        "        use(a)\n",
        [2],
    ),
    "a result with a name": (
        "def f(db):\n    res = db.execute('SELECT a, b FROM t')\n    for r in res:\n        use(r[1])\n",
        [2],
    ),
    "enumerate": ("def f(db):\n    for i, r in enumerate(db.execute('SELECT a, b FROM t')):\n        use(i, r[0])\n", [2]),
    "a nested function": (
        "def f(db):\n    def g():\n        return db.execute('SELECT a, b FROM t').fetchone()[0]\n    return g\n",
        [3],
    ),
    "limited": ("def f(db):\n    return db.execute('SELECT a, b FROM t ORDER BY c LIMIT 1').fetchone()[0]\n", [2]),
}

PEDANTIC = {
    "only counted": ("def f(db):\n    return len(db.execute('SELECT a, b FROM t').fetchall())\n", [2]),
    "sorted by it": (
        "def f(db):\n    for r in db.execute('SELECT a, b * 2 AS n FROM t ORDER BY n'):\n        use(r[0])\n",
        [2],
    ),
}

GOOD = {
    "columns that percent fills in": "def f(db, a, b):\n    return db.execute('SELECT %s, %s FROM t' % (a, b)).fetchone()[0]\n",
    "all are read": "def f(db):\n    for a, b in db.execute('SELECT a, b FROM t'):\n        use(a, b)\n",
    "one column": "def f(db):\n    for r in db.execute('SELECT a FROM t'):\n        use(1)\n",
    "a star": "def f(db):\n    for r in db.execute('SELECT * FROM t'):\n        use(r[0])\n",
    "the row goes on": "def f(db):\n    for r in db.execute('SELECT a, b FROM t'):\n        use(r[0])\n        keep(r)\n",
    "the rows go on": "def f(db):\n    return db.execute('SELECT a, b FROM t').fetchall()\n",
    "a starred target": "def f(db):\n    for a, *rest in db.execute('SELECT a, b FROM t'):\n        use(a)\n",
    "a variable number": "def f(db, i):\n    for r in db.execute('SELECT a, b FROM t'):\n        use(r[i])\n",
    "a slice": "def f(db):\n    for r in db.execute('SELECT a, b FROM t'):\n        use(r[:1])\n",
    "distinct": "def f(db):\n    for a, b in db.execute('SELECT DISTINCT a, b FROM t'):\n        use(a)\n",
    "groups": "def f(db):\n    for a, b in db.execute('SELECT a, b FROM t GROUP BY a, b'):\n        use(a)\n",
    "a union": "def f(db):\n    for a, b in db.execute('SELECT a, b FROM t UNION SELECT c, d FROM u'):\n        use(a)\n",
    "a computed list": "def f(db, c):\n    for a, b in db.execute(f'SELECT a, {c} FROM t'):\n        use(a)\n",
    "another number of names": "def f(db):\n    for a, b in db.execute('SELECT a, b, c FROM t'):\n        use(a)\n",
    "read after the loop": "def f(db):\n    for a, b in db.execute('SELECT a, b FROM t'):\n        use(a)\n    return b\n",
    "read in a nested function": "def f(db):\n    a, b = db.execute('SELECT a, b FROM t').fetchone()\n"
    "    return lambda: (a, b)\n",
    "a method of the row": "def f(db):\n    for r in db.execute('SELECT a, b FROM t'):\n        use(r['a'], r.keys())\n",
    "a dictionary of the row": "def f(db):\n    for r in db.execute('SELECT a, b FROM t'):\n        use(r['a'], dict(r))\n",
    "an unknown name": "def f(db):\n    for r in db.execute('SELECT a, b FROM t'):\n        use(r['A_B'])\n",
    "a row that is printed": "def f(cur):\n    cur.execute('SELECT a, b FROM t')\n    row = cur.fetchone()\n"
    "    print(row, row[0])\n",
    "no database": "def f(db):\n    for a, b in db.pairs('SELECT a, b FROM t'):\n        use(a)\n",
    "two queries": "def f(cur):\n    cur.execute('SELECT a, b FROM t')\n    cur.execute('SELECT a FROM t')\n"
    "    return cur.fetchone()[0]\n",
    "the cursor goes on": "def f(cur):\n    cur.execute('SELECT a, b FROM t')\n    show(cur)\n    return cur.fetchone()[0]\n",
    "values that are stored": "class A:\n    def f(self, db):\n"
    "        self.a, self.b = db.execute('SELECT a, b FROM t').fetchone()\n",
    "a text": "Q = 'SELECT a, b FROM t'\n",
}

P = "import pandas as pd\n"

PEDANTIC |= {
    "a frame": (P + "def f(db):\n    df = pd.read_sql('SELECT a, b FROM t', db)\n    return df['a'].sum()\n", [3]),
    "a frame at once": (P + "def f(db):\n    return pd.read_sql_query('SELECT a, b FROM t', con=db)[['a']]\n", [3]),
}

SILENT = {
    "a frame that is returned": P
    + "def f(db):\n    df = pd.read_sql('SELECT a, b FROM t', db)\n    print(df['a'])\n    return df\n",
    "all of a frame": P + "def f(db):\n    df = pd.read_sql('SELECT a, b FROM t', db)\n    return df['a'] + df['b']\n",
    "an index": P + "def f(db):\n    df = pd.read_sql('SELECT a, b FROM t', db, index_col='b')\n    return df['a'].sum()\n",
    "all columns": P + "def f(db):\n    df = pd.read_sql('SELECT * FROM t', db)\n    return df['a'].sum()\n",
    "a made column": P
    + "def f(db):\n    df = pd.read_sql('SELECT a, b FROM t', db)\n    df['c'] = df['a']\n    return df['c'], df['b']\n",
    "no pandas": "def f(db):\n    df = pd.read_sql('SELECT a, b FROM t', db)\n    return df['a'].sum()\n",
}

D = "from shop.models import Item\n"
S = "from sqlalchemy import select\nfrom shop.tables import Trip\n"

BAD |= {
    "values": (D + "for i in Item.objects.values('a', 'b'):\n    use(i['a'])\n", [2]),
    "values, sorted": (D + "for i in Item.objects.values('a', 'b').order_by('b'):\n    use(i.get('a'))\n", [2]),
    "values_list": (D + "x = {a for a, b in Item.objects.filter(c=1).values_list('a', 'b')}\n", [2]),
    "named tuples": (D + "for i in Item.objects.values_list('a', 'b', named=True):\n    use(i.a)\n", [2]),
    "the first of values": (D + "def f():\n    row = Item.objects.values('a', 'b').first()\n    return row['a']\n", [3]),
    "cut values": (D + "x = [i['a'] for i in Item.objects.values('a', 'b')[:10]]\n", [2]),
    "values of related objects": (D + "def f(shop):\n    for i in shop.items.values('a', 'b'):\n        use(i['a'])\n", [3]),
    "asynchronous values": (
        D + "async def f():\n    async for i in Item.objects.values('a', 'b'):\n        use(i['a'])\n",
        [3],
    ),
    "a select": (S + "def f(s):\n    return [r.a for r in s.execute(select(Trip.a, Trip.b))]\n", [4]),
    "a select with a name": (
        S + "def f(s):\n    q = select(Trip.a, Trip.b).where(Trip.c > 3)\n    return [r.a for r in s.execute(q).all()]\n",
        [4],
    ),
    "scalars of two columns": (S + "def f(s):\n    return s.scalars(select(Trip.a, Trip.b)).all()\n", [4]),
    "labels": (
        S
        + "def f(s):\n    for r in s.execute(select(Trip.a.label('x'), Trip.b.label('y'))).mappings():\n        use(r['x'])\n",
        [4],
    ),
    "a query of columns": (S + "def f(s):\n    return [a for a, _ in s.query(Trip.a, Trip.b).filter(Trip.c > 3)]\n", [4]),
    "with_entities": (S + "def f(q):\n    return [r.a for r in q.with_entities(Trip.a, Trip.b).all()]\n", [4]),
    "an awaited select": (
        S + "async def f(s):\n    rows = await s.execute(select(Trip.a, Trip.b))\n    return [r.a for r in rows.all()]\n",
        [4],
    ),
    "one row while there are some": (
        "def f(cur):\n    cur.execute('SELECT a, b FROM t')\n    while row := cur.fetchone():\n        use(row[0])\n",
        [2],
    ),
    "a function for each row": ("def f(db):\n    return list(map(lambda r: r[0], db.execute('SELECT a, b FROM t')))\n", [2]),
    "sorted rows": (
        "def f(db):\n    for r in sorted(db.execute('SELECT a, b, c FROM t'), key=lambda r: r[1]):\n        use(r[0])\n",
        [2],
    ),
    "a cursor of a with": (
        "async def f(db):\n    async with db.execute('SELECT a, b FROM t') as cur:\n        async for r in cur:\n"
        "            use(r[0])\n",
        [2],
    ),
    "one row of databases": (
        "async def f(db):\n    row = await db.fetch_one('SELECT a, b FROM t WHERE c = 1')\n    return row['a']\n",
        [2],
    ),
}

PEDANTIC |= {
    "objects with some fields": (D + "for i in Item.objects.only('a', 'b'):\n    use(i.a, i.pk)\n", [2]),
    "fields of MongoDB": ("import pymongo\ndef f(c):\n    return [d['a'] for d in c.find({}, {'a': 1, 'b': 1})]\n", [3]),
    "fields of one document": (
        "import pymongo\ndef f(c):\n    d = c.find_one({'k': 1}, projection=['a', 'b'])\n    return d['a']\n",
        [3],
    ),
}

SILENT |= {
    "values that are only counted": D + "def f():\n    return len(Item.objects.values('a', 'b'))\n",
    "values that are all read": D + "for i in Item.objects.values('a', 'b'):\n    use(i['a'], i['b'])\n",
    "values that go on": D + "def f(show):\n    return show(Item.objects.values('a', 'b'))\n",
    "a row of values that goes on": D + "for i in Item.objects.values('a', 'b'):\n    use({**i})\n",
    "distinct values": D + "for i in Item.objects.values('a', 'b').distinct():\n    use(i['a'])\n",
    "distinct before": D + "for i in Item.objects.distinct().values('a', 'b'):\n    use(i['a'])\n",
    "groups of values": D + "for i in Item.objects.values('a', 'b').annotate(n=Count('c')):\n    use(i['a'], i['n'])\n",
    "a set of pairs": D + "x = set(Item.objects.values_list('a', 'b'))\n",
    "a dictionary of pairs": D + "x = dict(Item.objects.values_list('a', 'b'))\n",
    "a subquery of values": D + "x = Item.objects.filter(a__in=Item.objects.values('a', 'b'))\n",
    "objects that are saved": D + "for i in Item.objects.only('a', 'b'):\n    i.save()\n    use(i.a)\n",
    "another key": D + "for i in Item.objects.values('a', 'b'):\n    use(i['a'], i['c'])\n",
    "a computed field": D + "def f(n):\n    for i in Item.objects.values('a', n):\n        use(i['a'])\n",
    "the values of a dictionary": "def f(d):\n    for a, b in d.values():\n        use(a)\n",
    "distinct columns": S + "def f(s):\n    return [r.a for r in s.execute(select(Trip.a, Trip.b).distinct())]\n",
    "a group of columns": S
    + "def f(s):\n    for r in s.execute(select(Trip.a, func.count(Trip.b)).group_by(Trip.a)):\n        use(r.a)\n",
    "a subquery": S + "def f(s):\n    sub = select(Trip.a, Trip.b).subquery()\n    return sub.c.a\n",
    "models": "import models\nfrom sqlalchemy import select\ndef f(s):\n"
    "    for u, p in s.execute(select(models.User, models.Post)):\n        use(u)\n",
    "a frame of Spark": "def f(df):\n    for r in df.select(df.a, df.b).collect():\n        use(r.a)\n",
    "a list of dictionaries": "def f(c):\n    return [d['a'] for d in c.find('x', 1)]\n",
    "a field that is left out": "import pymongo\ndef f(c):\n    return [d['a'] for d in c.find({}, {'b': 0, 'c': 0})]\n",
    "sorted whole": "def f(db):\n    for r in sorted(db.execute('SELECT a, b FROM t')):\n        use(r[0])\n",
}
