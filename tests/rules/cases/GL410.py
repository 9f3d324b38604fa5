"""GL410: counts and rows that are only asked for being there, and numbers that are needed."""

D = "import django\n"

BAD = {
    "more than none": ("x = User.objects.filter(a=1).count() > 0\n", [1]),
    "at least one": ("x = User.objects.filter(a=1).count() >= 1\n", [1]),
    "none": ("x = User.objects.filter(a=1).count() == 0\n", [1]),
    "not none": ("x = User.objects.filter(a=1).count() != 0\n", [1]),
    "less than one": ("x = User.objects.filter(a=1).count() < 1\n", [1]),
    "a bare test": ("if User.objects.filter(a=1).count():\n    go()\n", [1]),
    "not": ("if not User.objects.filter(a=1).count():\n    go()\n", [1]),
    "all": ("if User.objects.count() == 0:\n    go()\n", [1]),
    "a conditional expression": ("x = 1 if User.objects.all().count() else 2\n", [1]),
    "while": ("while User.objects.filter(a=1).count():\n    step()\n", [1]),
    "bool": ("x = bool(User.objects.filter(a=1).count())\n", [1]),
    "through the module": ("if models.User.objects.filter(a=1).count() > 0:\n    go()\n", [1]),
    "exclude": ("if User.objects.exclude(a=1).count() > 0:\n    go()\n", [1]),
    "a related manager": (D + "if user.groups.filter(a=1).count() > 0:\n    go()\n", [2]),
    "all of a related manager": (D + "if user.groups.all().count() == 0:\n    go()\n", [2]),
    "len": ("if len(User.objects.filter(a=1)) > 0:\n    go()\n", [1]),
    "len, none": ("if len(User.objects.all()) == 0:\n    go()\n", [1]),
    "a query of SQLAlchemy": ("if session.query(User).filter(User.a == 1).count() > 0:\n    go()\n", [1]),
    "filter_by": ("x = db.session.query(User).filter_by(a=1).count() == 0\n", [1]),
    "fetchall": ("def f(cur):\n    return len(cur.fetchall()) > 0\n", [2]),
    "fetchall, none": ("def f(cur):\n    if len(cur.fetchall()) == 0:\n        go()\n", [2]),
    "fetchall of a connection": (
        "import sqlite3\ndb = sqlite3.connect(p)\nif len(db.execute('select a from t').fetchall()) != 0:\n    go()\n",
        [3],
    ),
    "two of them": ("x = User.objects.filter(a=1).count() > 0 or Tag.objects.count() > 0\n", [1, 1]),
}

GOOD = {
    "len of a queryset that is used": "from app.models import User\n\ndef f():\n    found = User.objects.filter(a=1)\n"
    "    if len(found) > 0:\n        use(found)\n",
    "SELECT COUNT as a number": "def f(cur):\n    cur.execute('select count(*) from users')\n    return cur.fetchone()[0]\n",
    "SELECT COUNT compared with more": "def f(cur):\n    cur.execute('select count(*) from users')\n"
    "    return cur.fetchone()[0] > 9\n",
    "SELECT COUNT of the catalogue": "def f(cur, n):\n    cur.execute('select count(*) from sqlite_master where name = ?', n)\n"
    "    return cur.fetchone()[0] > 0\n",
    "SELECT COUNT with groups": "def f(cur):\n    cur.execute('select count(*) from users group by a')\n"
    "    return cur.fetchone()[0] > 0\n",
    "a column": "def f(cur):\n    cur.execute('select age from users where id = 1')\n    return cur.fetchone()[0] > 0\n",
    "another cursor counts": "def f(cur, other):\n    other.execute('select count(*) from users')\n"
    "    return cur.fetchone()[0] > 0\n",
    "another statement after the count": "def f(cur):\n    cur.execute('select count(*) from users')\n"
    "    cur.execute('select a from b')\n    return cur.fetchone()[0] > 0\n",
    "exists": "x = User.objects.filter(a=1).exists()\n",
    "a number": "n = User.objects.filter(a=1).count()\n",
    "a number, printed": "print(User.objects.count())\n",
    "more than five": "x = User.objects.filter(a=1).count() > 5\n",
    "exactly one": "x = User.objects.filter(a=1).count() == 1\n",
    "more than one": "x = User.objects.filter(a=1).count() > 1\n",
    "more than a limit": "x = User.objects.filter(a=1).count() > limit\n",
    "between": "x = 0 < User.objects.filter(a=1).count() < 9\n",
    "a list": "x = len(items) > 0\n",
    "count of a list": "x = items.count(3) > 0\n",
    "count of a text": "if text.count('a') > 0:\n    go()\n",
    "count of anything": "if page.locator('a').count() > 0:\n    go()\n",
    "count of anything, narrowed": "if page.rows.filter('a').count() > 0:\n    go()\n",
    "a frame": "import pandas as pd\nif pd.read_csv(p).count() > 0:\n    go()\n",
    "grouped rows": "if User.objects.values('a').annotate(n=1).count() > 0:\n    go()\n",
    "a slice": "if User.objects.all()[:5].count() > 0:\n    go()\n",
    "a len of its own": "from x import len\nif len(User.objects.all()) > 0:\n    go()\n",
    "rows that are kept": "def f(cur):\n    rows = cur.fetchall()\n    if len(rows) > 0:\n        use(rows)\n",
    "rows of the catalogue": "def f(db):\n"
    "    return len(db.execute(\"select 1 from sqlite_master where name='a'\").fetchall()) > 0\n",
    "one row": "def f(cur):\n    return cur.fetchone() is not None\n",
    "a constant of classes": "x = LEVELS.objects.count() > 0\n",
    "an attribute": "x = user.objects.count > 0\n",
}

BAD |= {
    "SELECT COUNT compared with zero": (
        "def f(cur, n):\n    cur.execute('SELECT COUNT(*) FROM users WHERE age > ?', (n,))\n    return cur.fetchone()[0] > 0\n",
        [3],
    ),
    "SELECT COUNT in one line": (
        "def f(db, n):\n    if db.execute('select count(id) from users where n < %s', n).fetchone()[0] == 0:\n        go()\n",
        [2],
    ),
    "SELECT COUNT under names": (
        "def f(cur):\n    cur.execute('select count(*) from users')\n    row = cur.fetchone()\n    number = row[0]\n"
        "    if not number:\n        go()\n",
        [5],
    ),
    "SELECT COUNT as a value": (
        "async def f(conn, n):\n    return await conn.fetchval('select count(*) from users where n < $1', n) > 0\n",
        [2],
    ),
    "a scalar": ("def f(db):\n    return bool(db.execute(text('select count(*) from users')).scalar())\n", [2]),
    "len of a queryset with a name": (
        "from app.models import User\n\ndef f():\n    found = User.objects.filter(a=1)\n    return len(found) == 0\n",
        [5],
    ),
}

PEDANTIC = {
    "SELECT COUNT of what may be one row": (
        "def f(cur, n):\n    cur.execute('SELECT COUNT(*) FROM users WHERE name = ?', (n,))\n"
        "    return cur.fetchone()[0] > 0\n",
        [3],
    ),
    "len(persons.all()) in a function": ("def f(persons):\n    len(persons.all())\n", [2]),
    "if len(qs.all()) > 0: in a function": ("def f(qs):\n    if len(qs.all()) > 0:\n        pass\n", [2]),
    "x = len(User.objects.all())": ("x = len(User.objects.all())\n", [1]),
    "if qs.count(): in a function": ("def f(qs):\n    if qs.count():\n        pass\n", [2]),
    "return qs.count() > 0 in a function": ("def f(qs):\n    return qs.count() > 0\n", [2]),
    "return len(db.session.query(Person).filter(Person.a == 1).all()) in a function": (
        "def f(persons):\n    return len(db.session.query(Person).filter(Person.a == 1).all())\n",
        [2],
    ),
}

BAD |= {
    "the number on the right": (
        "from x import Item\n\ndef f(n):\n    return 0 < Item.objects.filter(name=n).count()\n",
        [4],
    ),
    "none, with the number on the right": (
        "from x import Item as I\n\ndef f(n):\n    return 1 > I.objects.filter(name=n).count()\n",
        [4],
    ),
}

SILENT = {
    "another number on the right": "from x import Item\n\ndef f(n):\n    return 5 < Item.objects.filter(name=n).count()\n",
    "one on the right": "from x import Item\n\ndef f(n):\n    return 1 == Item.objects.filter(name=n).count()\n",
}

D = "from shop.models import Item\n"

BAD |= {
    "a number that is read once": (D + "def f():\n    n = Item.objects.filter(a=1).count()\n    return n > 0\n", [4]),
    "with another condition": (D + "def f(x):\n    if x and Item.objects.filter(a=1).count():\n        return 1\n", [3]),
    "awaited": (D + "async def f():\n    return await Item.objects.filter(a=1).acount() > 0\n", [3]),
    "a queryset with a name, narrowed": (
        D + "def f():\n    q = Item.objects.filter(a=1)\n    if len(q.filter(b=2)) == 0:\n        return list(q)\n",
        [4],
    ),
    "a list of a queryset": (D + "def f():\n    return len(list(Item.objects.filter(a=1))) > 0\n", [3]),
    "rows with a name": (
        "def f(cur):\n    cur.execute('select a from t')\n    rows = cur.fetchall()\n    return len(rows) > 0\n",
        [4],
    ),
    "rows as a truth": ("def f(cur):\n    cur.execute('select a from t')\n    if cur.fetchall():\n        return 1\n", [3]),
    "in a comprehension": (D + "def f(xs):\n    return [x for x in xs if Item.objects.filter(a=x).count()]\n", [3]),
}

PEDANTIC |= {
    "a column that is taken apart": (
        "def f(cur):\n    cur.execute('select count(*) from t')\n    (n,) = cur.fetchone()\n    return n == 0\n",
        [4],
    ),
    "documents of MongoDB": ("def f(c):\n    return c.count_documents({'a': 1}) > 0\n", [2]),
    "rows of a condition": (
        "def f(cur):\n    cur.execute('select a from t where b = 1')\n    return bool(cur.fetchall())\n",
        [3],
    ),
    "a count of SQLAlchemy": (
        "def f(s):\n    return s.scalar(select(func.count()).select_from(Item)) > 0\n",
        [2],
    ),
    "a count that is queried": ("def f(s):\n    return s.query(func.count(Item.id)).scalar() > 0\n", [2]),
}

SILENT |= {
    "a number that is read twice": D + "def f():\n    n = Item.objects.count()\n    if n > 0:\n        print(n)\n",
    "a number with a default": D + "def f():\n    return Item.objects.count() or 1\n",
    "rows that are used": "def f(cur):\n    rows = cur.fetchall()\n    if rows:\n        return rows\n",
    "groups": "def f(s):\n    return s.scalar(select(func.count()).group_by(Item.a)) > 0\n",
    "another scalar": "def f(s):\n    return s.scalar(select(Item.a)) > 0\n",
}
