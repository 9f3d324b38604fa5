"""GL403: all rows fetched for the first few, and queries that are bounded, whole, or one row."""

BAD = {
    "the first": ("def f(cur):\n    cur.execute('SELECT a FROM t ORDER BY b')\n    return cur.fetchall()[0]\n", [2]),
    "the first, no condition": ("def f(cur):\n    cur.execute('SELECT a FROM t')\n    return cur.fetchall()[0]\n", [2]),
    "ten": ("def f(db):\n    return db.execute('SELECT a FROM t').fetchall()[:10]\n", [2]),
    "the first field of the first": ("def f(db):\n    return db.execute('SELECT a FROM t').fetchall()[0][0]\n", [2]),
    "a name": ("def f(cur):\n    cur.execute('SELECT a FROM t')\n    rows = cur.fetchall()\n    return rows[:5]\n", [2]),
    "self": (
        "class A:\n    def f(self):\n        self.c.execute('select a from t')\n        return self.c.fetchall()[0]\n",
        [3],
    ),
    "a star": ("def f(db):\n    return db.execute('SELECT * FROM t').fetchall()[0]\n", [2]),
    "a condition, sorted": ("def f(db):\n    return db.execute('SELECT a FROM t WHERE b = 1 ORDER BY a').fetchall()[0]\n", [2]),
    "an f-string": ("def f(db, t):\n    return db.execute(f'SELECT a FROM {t}').fetchall()[0]\n", [2]),
    "a query with a name": ("def f(db):\n    q = 'SELECT a FROM t'\n    return db.execute(q).fetchall()[0]\n", [2]),
    "a constant": ("Q = 'SELECT a FROM t'\n\ndef f(db):\n    return db.execute(Q).fetchall()[:3]\n", [1]),
    "all of SQLAlchemy": (
        "from sqlalchemy import text\n\ndef f(s):\n    return s.execute(text('SELECT a FROM t')).all()[0]\n",
        [4],
    ),
    "asyncpg": ("async def f(conn):\n    return (await conn.fetch('SELECT a FROM t ORDER BY a'))[0]\n", [2]),
    "asyncpg, with a name": ("async def f(conn):\n    rows = await conn.fetch('SELECT a FROM t')\n    return rows[:2]\n", [2]),
    "a join": ("def f(db):\n    return db.execute('SELECT a FROM t JOIN u ON t.x = u.x').fetchall()[0]\n", [2]),
    "groups": ("def f(db):\n    return db.execute('SELECT a, count(*) FROM t GROUP BY a').fetchall()[:10]\n", [2]),
    "in brackets over lines": (
        'def f(db):\n    return db.execute("""\n        select a\n        from t\n    """).fetchall()[0]\n',
        [2],
    ),
    "a loop over the first": ("def f(db):\n    for r in db.execute('SELECT a FROM t').fetchall()[:10]:\n        use(r)\n", [2]),
    "a union": ("def f(db):\n    return db.execute('SELECT a FROM t UNION SELECT a FROM u').fetchall()[0]\n", [2]),
    "a CTE": ("def f(db):\n    return db.execute('WITH x AS (SELECT a FROM t) SELECT a FROM x').fetchall()[0]\n", [2]),
    "a walrus around": ("def f(db):\n    if (r := db.execute('SELECT a FROM t').fetchall()[0]):\n        use(r)\n", [2]),
}

PEDANTIC = {
    "all rows": ("def f(db):\n    return db.execute('SELECT a FROM t').fetchall()\n", [2]),
    "all rows, only sent": ("cur.execute('SELECT name FROM clients')\n", [1]),
    "a condition": ("def f(db):\n    return db.execute('SELECT a FROM t WHERE b = 1').fetchall()\n", [2]),
    "a frame": ("import pandas as pd\ndf = pd.read_sql('SELECT a FROM t', db)\n", [2]),
    "a text": ("QUERY = 'SELECT a FROM t'\n", [1]),
    "a variable bound": ("def f(db, n):\n    return db.execute('SELECT a FROM t').fetchall()[:n]\n", [2]),
    "the first of a key": ("def f(db):\n    return db.execute('SELECT a FROM t WHERE id = 1').fetchall()[0]\n", [2]),
}

GOOD = {
    "a limit": "def f(db):\n    return db.execute('SELECT a FROM t LIMIT 10').fetchall()[0]\n",
    "a limit of a parameter": "def f(db, n):\n    return db.execute('SELECT a FROM t LIMIT ?', (n,)).fetchall()\n",
    "top": "def f(db):\n    return db.execute('SELECT TOP 10 a FROM t').fetchall()[0]\n",
    "fetch first": "def f(db):\n    return db.execute('SELECT a FROM t FETCH FIRST 5 ROWS ONLY').fetchall()[0]\n",
    "rownum": "def f(db):\n    return db.execute('SELECT a FROM t WHERE ROWNUM < 5').fetchall()[0]\n",
    "a count": "def f(db):\n    return db.execute('SELECT count(*) FROM t').fetchall()[0][0]\n",
    "a maximum": "def f(db):\n    return db.execute('SELECT max(a) FROM t').fetchall()[0][0]\n",
    "two aggregates": "def f(db):\n    return db.execute('SELECT min(a), max(a) FROM t').fetchall()[0]\n",
    "no table": "def f(db):\n    return db.execute('SELECT 1').fetchall()[0]\n",
    "all rows are used": "def f(db):\n    for r in db.execute('SELECT a FROM t').fetchall():\n        use(r)\n",
    "the last": "def f(db):\n    rows = db.execute('SELECT a FROM t').fetchall()\n    return rows[i]\n",
    "the first and the number": "def f(db):\n    rows = db.execute('SELECT a FROM t').fetchall()\n"
    "    return rows[0], len(rows)\n",
    "fetchone": "def f(db):\n    return db.execute('SELECT a FROM t').fetchone()[0]\n",
    "fetchmany": "def f(db):\n    return db.execute('SELECT a FROM t').fetchmany(10)[0]\n",
    "a printed text": "print('SELECT a FROM t')\n",
    "a docstring": "'''SELECT a FROM t'''\n",
    "an insert": "def f(db):\n    db.execute('INSERT INTO t SELECT a FROM u')\n",
    "a list": "def f(rows):\n    return rows[:10]\n",
    "a tail": "def f(db):\n    return db.execute('SELECT a FROM t').fetchall()[5:]\n",
    "a step": "def f(db):\n    return db.execute('SELECT a FROM t').fetchall()[:10:2]\n",
    "a name that is read twice": "def f(db):\n    r = db.execute('SELECT a FROM t').fetchall()\n    use(r[0])\n"
    "    use(r[1:])\n",
}

SILENT = {
    "one row is looked up": "def f(cur, x):\n    return cur.execute('SELECT a FROM t WHERE id = ?', (x,)).fetchone()\n",
}

PEDANTIC |= {
    "one of all rows": ("def f(db):\n    return db.execute('SELECT a FROM t').fetchone()\n", [2]),
}

PEDANTIC |= {
    "all of a session": ("def f(session):\n    return session.query(Item).order_by(Item.a).all()\n", [2]),
    "all scalars": ("def f(session):\n    return session.execute(select(Item)).scalars().all()\n", [2]),
    "a list of a table": ("def f():\n    return list(Item.objects.all())\n", [2]),
    "Tortoise": ("async def f():\n    return await Item.all()\n", [2]),
    "a table for a frame": ("import pandas as pd\ndef f(con):\n    return pd.read_sql_table('t', con)\n", [3]),
}

SILENT |= {
    "a condition": "def f(session):\n    return session.query(Item).filter_by(a=1).all()\n",
    "a limit": "def f(session):\n    return session.query(Item).limit(3).all()\n",
    "a cut list": "def f():\n    return list(Item.objects.all()[:10])\n",
    "a narrowed list": "def f():\n    return list(Item.objects.filter(a=1))\n",
    "all of something else": "def f(array):\n    return array.all(), list(array.values())\n",
    "one row, on the next line": "def f(cur):\n    cur.execute('SELECT a FROM t WHERE id = 1')\n    return cur.fetchone()\n",
}
