"""GL412: sorts by chance and offsets that a loop moves, and sorts by columns, single pages and keys."""

PAGES = "    while True:\n        rows = {}\n        if not rows:\n            break\n        start += 100\n"

BAD = {
    "random of SQLite": ("def f(db):\n    return db.execute('SELECT a FROM t ORDER BY RANDOM() LIMIT 1').fetchone()\n", [2]),
    "rand of MySQL": ("def f(cur):\n    cur.execute('select a from t order by rand() limit 5')\n", [2]),
    "newid of SQL Server": ("def f(cur):\n    cur.execute('SELECT TOP 1 a FROM t ORDER BY NEWID()')\n", [2]),
    "a text": ("QUERY = 'SELECT a FROM t ORDER BY RANDOM() LIMIT 1'\n", [1]),
    "a star": ("def f(db):\n    return db.execute('SELECT * FROM t ORDER BY RANDOM() LIMIT 10').fetchall()\n", [2]),
    "many lines": ('def f(db):\n    db.execute("""SELECT a FROM t\n        ORDER  BY  RANDOM()\n        LIMIT 1""")\n', [2]),
    "an f-string": ("def f(db, t):\n    db.execute(f'SELECT a FROM {t} ORDER BY RANDOM() LIMIT 1')\n", [2]),
    "Django": ("x = User.objects.order_by('?').first()\n", [1]),
    "Django, the first": ("x = User.objects.order_by('?')[0]\n", [1]),
    "Django, some": ("x = User.objects.all().order_by('?')[:5]\n", [1]),
    "SQLAlchemy": ("x = session.query(User).order_by(func.random()).first()\n", [1]),
    "SQLAlchemy, rand": ("x = session.query(User).order_by(func.rand()).limit(3).all()\n", [1]),
    "SQLAlchemy, select": ("x = session.scalar(select(User).order_by(func.random()).limit(1))\n", [1]),
    "sqlalchemy.func": ("import sqlalchemy as sa\nx = sa.select(User).order_by(sa.func.random()).limit(1)\n", [2]),
    "peewee": ("x = User.select().order_by(fn.Random()).get()\n", [1]),
    "a loop of pages": (
        "def f(db, start):\n" + PAGES.format("db.execute('SELECT a FROM t LIMIT 100 OFFSET ?', (start,)).fetchall()"),
        [3],
    ),
    "pages of MySQL": (
        "def f(db, start):\n" + PAGES.format("db.execute('SELECT a FROM t LIMIT %s, 100', (start,)).fetchall()"),
        [3],
    ),
    "pages by f-string": (
        "def f(db, start):\n" + PAGES.format("db.execute(f'SELECT a FROM t LIMIT 100 OFFSET {start}').fetchall()"),
        [3],
    ),
    "pages by range": (
        "def f(db, n):\n    for i in range(0, n, 100):\n        use(db.execute('SELECT a FROM t LIMIT 100 OFFSET ?', (i,)))\n",
        [3],
    ),
    "pages by name": (
        "def f(db, start):\n" + PAGES.format("db.execute('SELECT a FROM t LIMIT 9 OFFSET :start', {'start': start})"),
        [3],
    ),
    "pages of SQLAlchemy": (
        "import sqlalchemy\ndef f(s, start):\n" + PAGES.format("s.query(T).order_by(T.a).limit(100).offset(start).all()"),
        [4],
    ),
    "a deep page": ("def f(db):\n    return db.execute('SELECT a FROM t LIMIT 10 OFFSET 100000').fetchall()\n", [2]),
}

PEDANTIC = {
    "a single page": (
        "def f(db, start):\n    return db.execute('SELECT a FROM t LIMIT 10 OFFSET ?', (start,)).fetchall()\n",
        [2],
    ),
    "narrowed": (
        "def f(db):\n    return db.execute('SELECT a FROM t WHERE b = 1 ORDER BY RANDOM() LIMIT 1').fetchone()\n",
        [2],
    ),
    "all in random order": ("def f(db):\n    return db.execute('SELECT a FROM t ORDER BY RANDOM()').fetchall()\n", [2]),
    "Django, narrowed": ("x = User.objects.filter(a=1).order_by('?').first()\n", [1]),
    "Django, all": ("for u in User.objects.order_by('?'):\n    use(u)\n", [1]),
    "a queryset from elsewhere": ("def f(rows):\n    return rows.order_by('?').first()\n", [2]),
    "one page of SQLAlchemy": ("import sqlalchemy\ndef f(s, n):\n    return s.query(T).offset(n).limit(10).all()\n", [3]),
}

GOOD = {
    "an offset that stays while the key moves": "def f(db, last):\n    while True:\n"
    "        row = db.execute('SELECT a FROM t WHERE a > :a ORDER BY a LIMIT 1 OFFSET :n', {'a': last, 'n': 99}).fetchone()\n"
    "        last = row[0]\n",
    "an offset that stays, by place": "def f(db, last):\n    while True:\n"
    "        row = db.execute('SELECT a FROM t WHERE a > ? ORDER BY a LIMIT 1 OFFSET ?', (last, 99)).fetchone()\n"
    "        last = row[0]\n",
    "a column": "def f(db):\n    db.execute('SELECT a FROM t ORDER BY a LIMIT 1')\n",
    "a column called random": "def f(db):\n    db.execute('SELECT a FROM t ORDER BY random_key LIMIT 1')\n",
    "random as a value": "def f(db):\n    db.execute('SELECT RANDOM() FROM t LIMIT 1')\n",
    "keys": "def f(db, last):\n    while True:\n"
    "        db.execute('SELECT a FROM t WHERE id > ? ORDER BY id LIMIT 100', (last,))\n",
    "a small offset": "def f(db):\n    db.execute('SELECT a FROM t ORDER BY a LIMIT 1 OFFSET 1')\n",
    "no offset": "def f(db):\n    db.execute('SELECT a FROM t LIMIT ?', (n,))\n",
    "an offset that stays": "def f(db, n, ks):\n    for k in ks:\n"
    "        db.execute('SELECT a FROM t WHERE b = 1 LIMIT 1 OFFSET 3')\n",
    "Django, a field": "x = User.objects.order_by('name').first()\n",
    "Django, descending": "x = User.objects.order_by('-name').first()\n",
    "Django, two fields": "x = User.objects.order_by('a', 'b').first()\n",
    "a function of columns": "x = session.query(User).order_by(func.lower(User.name)).first()\n",
    "random of Python": "import random\nx = random.choice(rows)\n",
    "a shuffle": "import random\nrandom.shuffle(rows)\n",
    "an offset of pandas": "import pandas as pd\nx = frame.offset(3)\n",
    "a time offset": "x = tz.offset(now)\n",
    "a printed text": "print('SELECT a FROM t ORDER BY RANDOM() LIMIT 1')\n",
    "a docstring": 'def f():\n    """SELECT a FROM t ORDER BY RANDOM() LIMIT 1"""\n',
    "prose": "x = 'order by random() limit 1'\n",
    "a comparison": "def f(q):\n    return q == 'SELECT a FROM t ORDER BY RANDOM() LIMIT 1'\n",
    "an argument": "def f(rows, by):\n    return rows.order_by(by).first()\n",
    "a word in a column": "def f(db):\n    db.execute('SELECT offset_x FROM t')\n",
    "an offset of an array": "import numpy as np\ndef f(a):\n    for i in range(9):\n        a.offset(i)\n",
}
