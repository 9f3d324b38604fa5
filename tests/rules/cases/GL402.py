"""GL402: stars whose rows are read in part, and those that are counted, tested elsewhere, narrow, or no statement at all."""

ROW = "    for row in cur.fetchall():\n        use(row['name'])\n"

BAD = {
    "a loop by name": ("def f(db):\n    for r in db.execute('SELECT * FROM users'):\n        use(r['name'])\n", [2]),
    "a loop by number": ("def f(db):\n    for r in db.execute('select * from users'):\n        use(r[4])\n", [2]),
    "a comprehension": ("def f(db):\n    return [r['a'] for r in db.execute('SELECT * FROM t').fetchall()]\n", [2]),
    "a dictionary of rows": ("def f(db):\n    return {r['a']: r['b'] for r in db.execute('SELECT * FROM t')}\n", [2]),
    "rows of a condition": ("def f(cur):\n    cur.execute('SELECT * FROM t WHERE id > 1')\n" + ROW, [2]),
    "rows that are counted": ("def f(cur):\n    cur.execute('SELECT * FROM t')\n    return len(cur.fetchall())\n", [2]),
    "an attribute of self": (
        "class A:\n    def f(self):\n        self.cur.execute('SELECT * FROM t')\n        for r in self.cur:\n"
        "            use(r[3])\n",
        [3],
    ),
    "a text behind a name": ("def f(db):\n    q = 'SELECT * FROM t'\n    for r in db.execute(q):\n        use(r['a'])\n", [2]),
    "a constant of the module": (
        "Q = 'SELECT * FROM t'\n\ndef f(db):\n    for r in db.execute(Q):\n        use(r['a'])\n",
        [1],
    ),
    "an f-string": ("def f(cur, t):\n    cur.execute(f'SELECT * FROM {t} WHERE a > 1')\n" + ROW, [2]),
    "a sum of texts": ("def f(cur, t):\n    cur.execute('SELECT * FROM ' + t)\n" + ROW, [2]),
    "percent": ("def f(cur, t):\n    cur.execute('SELECT * FROM %s' % t)\n" + ROW, [2]),
    "format": ("def f(cur, t):\n    cur.execute('SELECT * FROM {}'.format(t))\n" + ROW, [2]),
    "many lines": (
        'def f(cur):\n    cur.execute("""\n        SELECT *\n        FROM t -- all\n        WHERE a < 1\n    """)\n' + ROW,
        [2],
    ),
    "a table's star": ("def f(cur):\n    cur.execute('SELECT u.*, g.name FROM users u JOIN g ON g.id = u.g')\n" + ROW, [2]),
    "distinct from a join, awaited": (
        "async def f(conn):\n    rows = await conn.fetch('SELECT * FROM t')\n    for r in rows:\n        use(r['a'])\n",
        [2],
    ),
    "text of SQLAlchemy": (
        "from sqlalchemy import text\n\ndef f(s):\n    for r in s.execute(text('SELECT * FROM t')):\n        use(r.name)\n",
        [4],
    ),
    "a star over a star": ("def f(cur):\n    cur.execute('SELECT * FROM (SELECT * FROM t) x')\n" + ROW, [2]),
    "a star over a CTE of stars": ("def f(cur):\n    cur.execute('WITH x AS (SELECT * FROM t) SELECT * FROM x')\n" + ROW, [2]),
    "a result with a name": (
        "def f(db):\n    res = db.execute('SELECT * FROM t')\n    return [r[2] for r in res.fetchall()]\n",
        [2],
    ),
    "enumerate": ("def f(db):\n    for i, r in enumerate(db.execute('SELECT * FROM t')):\n        use(i, r['a'])\n", [2]),
    "in brackets": ("def f(cur):\n    cur.execute('(SELECT * FROM t)')\n" + ROW, [2]),
    "a nested function": (
        "def f(db):\n    def g():\n        return [r['a'] for r in db.execute('SELECT * FROM t')]\n    return g\n",
        [3],
    ),
    "a try": (
        "def f(cur):\n    try:\n        cur.execute('SELECT * FROM t')\n"
        "        return [r['a'] for r in cur.fetchall()]\n    finally:\n"
        "        cur.close()\n",
        [3],
    ),
}

PEDANTIC = {
    "rows of one key": ("def f(db):\n    return [r['a'] for r in db.execute('SELECT * FROM t WHERE b = 1')]\n", [2]),
    "two columns of perhaps three": ("def f(db):\n    return {r[1]: r[2] for r in db.execute('SELECT * FROM t')}\n", [2]),
    "a function called read_sql": ("from pandas import read_sql\nread_sql('SELECT * FROM t', db)\n", [2]),
    "one row, at once": ("def f(db):\n    return db.execute('SELECT * FROM t WHERE a=?', (1,)).fetchone()['a']\n", [2]),
    "a row that is tested": (
        "def f(cur):\n    cur.execute('SELECT * FROM t WHERE a=%s', a)\n    return cur.fetchone() is None\n",
        [2],
    ),
    "a row that is tested by if": (
        "def f(db):\n    if db.execute('SELECT * FROM t WHERE a=1').fetchone():\n        go()\n",
        [2],
    ),
    "fetchrow": (
        "async def f(conn):\n    r = await conn.fetchrow('SELECT * FROM t WHERE a = $1', 1)\n    return r['a']\n",
        [2],
    ),
    "rows that are handed on": ("def f(cur):\n    cur.execute('SELECT * FROM t')\n    return cur.fetchall()\n", [2]),
    "no function": ("cur.execute('SELECT * FROM t')\n", [1]),
    "a text that nothing sends here": ("QUERY = 'SELECT * FROM t'\n", [1]),
    "a frame": ("import pandas as pd\ndf = pd.read_sql('SELECT * FROM t', db)\n", [2]),
    "a keyword": ("import pandas as pd\ndf = pd.read_sql_query(sql='SELECT * FROM t', con=db)\n", [2]),
    "rows that are taken apart": ("def f(db):\n    for a, b in db.execute('SELECT * FROM t'):\n        use(a, b)\n", [2]),
    "columns from the first on": ("def f(db):\n    for r in db.execute('SELECT * FROM t'):\n        use(r[0], r[1])\n", [2]),
    "many columns": (
        "def f(cur):\n    cur.execute('SELECT * FROM t')\n    r = cur.fetchone()\n"
        "    use(r['a'], r['b'], r['c'], r['d'], r['e'])\n",
        [2],
    ),
    "some function's argument": ("ask('SELECT * FROM t')\n", [1]),
    "raw": ("User.objects.raw('SELECT * FROM users')\n", [1]),
    "no rows": ("def f(cur):\n    cur.execute('SELECT * FROM t LIMIT 0')\n    return len(cur.fetchall())\n", [2]),
}

GOOD = {
    "a table function of a schema": "def f(db):\n"
    "    return [r[0] for r in db.execute('SELECT * FROM app.make(1)').fetchall()]\n",
    "a success of a wrapper": "def f(self):\n    if self.execute('SELECT * FROM t'):\n        return self.cursor.fetchone()\n",
    "columns": "def f(db):\n    for r in db.execute('SELECT a FROM t'):\n        use(r['a'])\n",
    "a count": "def f(db):\n    return db.execute('SELECT COUNT(*) FROM t').fetchone()[0]\n",
    "exists": "def f(db):\n    return db.execute('SELECT EXISTS (SELECT * FROM t)').fetchone()[0]\n",
    "a condition with exists": "def f(db):\n"
    "    return db.execute('SELECT a FROM t WHERE EXISTS (SELECT * FROM u)').fetchone()[0]\n",
    "a product": "def f(db):\n    return db.execute('SELECT a * b FROM t').fetchone()[0]\n",
    "over a subquery": "def f(db):\n    return db.execute('SELECT * FROM (SELECT a FROM t)').fetchone()['a']\n",
    "over a CTE": "def f(db):\n    return db.execute('WITH x AS (SELECT a FROM t) SELECT * FROM x').fetchone()['a']\n",
    "over two CTEs": "def f(db):\n"
    "    return db.execute('WITH x AS (SELECT * FROM t), y AS (SELECT a FROM x) SELECT * FROM y').fetchone()[0]\n",
    "a table function": "def f(db):\n    return db.execute('SELECT * FROM generate(1)').fetchone()[0]\n",
    "a copy within the database": "def f(db):\n    db.execute('INSERT INTO a SELECT * FROM b')\n",
    "a view": "def f(db):\n    db.execute('CREATE VIEW v AS SELECT * FROM b')\n",
    "a docstring": 'def f():\n    """SELECT * FROM t is slow."""\n',
    "a docstring that is one": 'def f():\n    """SELECT * FROM t"""\n',
    "a log line": "def f(log):\n    log.info('SELECT * FROM t')\n",
    "a print": "print('SELECT * FROM t')\n",
    "a comparison": "def f(q):\n    return q == 'SELECT * FROM t'\n",
    "prose": "x = 'please select * from the list'\n",
    "no statement": "x = 'selected * from'\n",
    "a delete": "def f(db):\n    db.execute('DELETE FROM t')\n",
    "a subquery of IN": "def f(db):\n    return db.execute('SELECT a FROM t WHERE b IN (SELECT * FROM u)').fetchall()\n",
    "a comment in the text": "def f(db):\n    return db.execute('SELECT a /* or * */ FROM t').fetchone()[0]\n",
    "a star in a text": "def f(db):\n    return db.execute(\"SELECT '*' FROM t\").fetchone()[0]\n",
    "the name is another": "def f(db):\n    q = 'SELECT a FROM t'\n    return db.execute(q).fetchone()['a']\n",
    "bytes": "x = b'SELECT * FROM t'\n",
    "a star import": "from x import *\nselect = 1\n",
}

PEDANTIC |= {
    "a beginning": ("def f(cur):\n    sql = 'SELECT * '\n    sql += 'FROM t'\n    cur.execute(sql)\n", [2]),
    "a part of a list": ("def f(cur):\n    parts = ['SELECT *', 'FROM t']\n    cur.execute(' '.join(parts))\n", [2]),
    "Supabase": ("def f(db):\n    return db.table('t').select('*').execute()\n", [2]),
    "a table for a frame": ("import pandas as pd\ndef f(con):\n    return pd.read_sql_table('t', con)\n", [3]),
}

SILENT = {
    "a frame of Spark": "def f(df):\n    return df.select('*')\n",
    "columns of a table": "import pandas as pd\ndef f(con):\n    return pd.read_sql_table('t', con, columns=['a'])\n",
    "a beginning that is compared": "def f(text):\n    return text == 'SELECT * '\n",
}
