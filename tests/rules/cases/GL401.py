"""GL401: one query for each item, and queries that are not."""

S = "    for i in ids:\n"

BAD = {
    "execute": ("def f(db, ids):\n" + S + "        use(db.execute('select a from t where id = ?', (i,)).fetchone())\n", [3]),
    "a cursor": (
        "def f(cur, ids):\n" + S + "        cur.execute('SELECT a FROM t WHERE id=%s', [i])\n        use(cur.fetchone())\n",
        [3],
    ),
    "the query in a name": (
        "Q = 'select a from t where id = ?'\ndef f(c, ids):\n" + S + "        use(c.execute(Q, (i,)))\n",
        [4],
    ),
    "several lines": (
        "def f(c, ids):\n" + S + "        c.execute('''\n           select a from t\n           where id = ?''', (i,))\n",
        [3],
    ),
    "a comprehension": (
        "def f(c, ids):\n    return [c.execute('select a from t where id=?', (i,)).fetchone() for i in ids]\n",
        [2],
    ),
    "a part of the item": (
        "def f(c, xs):\n    for x in xs:\n        c.execute('select a from t where id=?', (x['id'],))\n",
        [3],
    ),
    "an attribute of the item": (
        "def f(c, xs):\n    for x in xs:\n        c.execute('select a from t where id=?', (x.id,))\n",
        [3],
    ),
    "a key cut out of the item": (
        "def f(c, xs):\n    for x in xs:\n        k = x.strip()\n        c.execute('select a from t where k=?', (k,))\n",
        [4],
    ),
    "by keyword": ("def f(c, ids):\n" + S + "        c.execute('select a from t where id=:i', parameters={'i': i})\n", [3]),
    "text() of SQLAlchemy": (
        "from sqlalchemy import text\ndef f(c, ids):\n"
        + S
        + "        c.execute(text('select a from t where id=:i'), {'i': i})\n",
        [4],
    ),
    "awaited": ("async def f(c, ids):\n" + S + "        await c.execute('select a from t where id=?', (i,))\n", [3]),
    "Django, get": ("def f(ids):\n" + S + "        use(User.objects.get(pk=i))\n", [3]),
    "Django, in a comprehension": ("def f(ids):\n    return {i: User.objects.get(pk=i) for i in ids}\n", [2]),
    "Django, filter and first": ("def f(ids):\n" + S + "        use(User.objects.filter(pk=i).first())\n", [3]),
    "Django, exists": ("def f(ids):\n" + S + "        if User.objects.filter(pk=i).exists():\n            use(i)\n", [3]),
    "Django, through the module": (
        "from app import models\ndef f(ids):\n" + S + "        use(models.User.objects.get(pk=i))\n",
        [4],
    ),
    "Django, select_related": ("def f(ids):\n" + S + "        use(User.objects.select_related('a').get(pk=i))\n", [3]),
    "Django, in try": (
        "def f(ids):\n"
        + S
        + "        try:\n            u = User.objects.get(pk=i)\n        except User.DoesNotExist:\n            continue\n",
        [4],
    ),
    "Django, of the unpacked item": ("def f(d):\n    for k, v in d.items():\n        use(User.objects.get(name=k), v)\n", [3]),
    "SQLAlchemy, filter_by": ("def f(session, ids):\n" + S + "        use(session.query(User).filter_by(id=i).first())\n", [3]),
    "SQLAlchemy, filter": ("def f(session, ids):\n" + S + "        use(session.query(User).filter(User.id == i).one())\n", [3]),
    "SQLAlchemy, one_or_none": (
        "def f(ids):\n" + S + "        use(db.session.query(m.User).filter(m.User.id == i).one_or_none())\n",
        [3],
    ),
    "the inner of two loops": (
        "def f(c, gs):\n    for g in gs:\n        for i in g:\n            c.execute('select a from t where id=?', (i,))\n",
        [4],
    ),
}

GOOD = {
    "many keys at once of SQLAlchemy": "def f(session, batches):\n    for b in batches:\n"
    "        use(session.execute(select(T).where(T.k.in_(b))).all())\n",
    "a value of a session of the web": "def f(session, keys):\n    return [session.get(key, None) for key in keys]\n",
    "a setting": "def f(config, keys):\n    return [config.get(Section, key) for key in keys]\n",
    "once": "def f(c, i):\n    return c.execute('select a from t where id=?', (i,)).fetchone()\n",
    "before the loop": "def f(c, i):\n    for r in c.execute('select a from t where id=?', (i,)):\n        use(r)\n",
    "many keys at once": "def f(c, groups):\n    for g in groups:\n"
    "        c.execute('select a from t where id in (?, ?)', g)\n",
    "many keys at once, in Django": "def f(groups):\n    for g in groups:\n"
    "        use(User.objects.filter(pk__in=g).first())\n",
    "many keys at once, in SQLAlchemy": "def f(s, groups):\n    for g in groups:\n"
    "        use(s.query(User).filter(User.id.in_(g)).first())\n",
    "page by page": "def f(c, n):\n    for o in range(0, n, 100):\n"
    "        c.execute('select a from t limit 100 offset ?', (o,))\n",
    "a few": "def f():\n    for name in ('a', 'b'):\n        use(Group.objects.get(name=name))\n",
    "a constant": "def f():\n    for name in NAMES:\n        use(Group.objects.get(name=name))\n",
    "models": "def f(kinds, i):\n    for kind in kinds:\n        use(kind.objects.get(pk=i))\n",
    "tables": "def f(c, tables):\n    for t in tables:\n        c.execute('select count(*) from x where t = ?', (t,))\n",
    "about the database": "def f(c, names):\n    for n in names:\n"
    "        c.execute('select * from sqlite_master where name = ?', (n,))\n",
    "no values": "def f(c, ids):\n    for i in ids:\n        c.execute('select a from t')\n",
    "values that do not change": "def f(c, ids, k):\n    for i in ids:\n"
    "        c.execute('select a from t where id=?', (k,))\n",
    "the answer leads to the next question": "def f(c, i):\n    while i:\n"
    "        i = c.execute('select up from t where id=?', (i,)).fetchone()[0]\n",
    "a key that another query gave": "def f(c, names):\n    for n in names:\n        k = find(c, n)\n"
    "        c.execute('select a from t where id=?', (k,))\n",
    "the first hit ends it": "def f(ids):\n    for i in ids:\n        u = User.objects.get(pk=i)\n        return u\n",
    "a dictionary": "def f(self, keys):\n    for k in keys:\n        use(self.objects.get(k))\n",
    "another dictionary": "def f(d, keys):\n    for k in keys:\n        use(d.get(k), d.first(k))\n",
    "a comparison": "def f(ids):\n    for i in ids:\n        use(User.objects.filter(age__gt=i).first())\n",
    "a comparison in SQLAlchemy": "def f(s, ids):\n    for i in ids:\n"
    "        use(s.query(User).filter(User.age > i).first())\n",
    "a write": "def f(c, ids):\n    for i in ids:\n        c.execute('delete from t where id=?', (i,))\n",
    "attempts": "def f(c, k):\n    for attempt in range(k):\n        c.execute('select a from t where id=?', (attempt,))\n",
    "waits in between": "import time\ndef f(c, ids):\n    for i in ids:\n"
    "        c.execute('select a from t where id=?', (i,))\n        time.sleep(1)\n",
    "rows that are locked one by one": "def f(ids):\n    for i in ids:\n"
    "        use(User.objects.filter(pk=i).select_for_update().get())\n",
    "arguments of a command": "def f(options):\n    for name in options['names']:\n        use(User.objects.get(name=name))\n",
    "rows that the loop makes": "def f(ids):\n    for i in ids:\n        if not User.objects.filter(pk=i).first():\n"
    "            User.objects.create(pk=i)\n",
    "unknown conditions": "def f(ks):\n    for k in ks:\n        use(User.objects.get(**k))\n",
}

PEDANTIC = {
    "an object by its key": (
        "def f(session, keys):\n    for key in keys:\n        use(session.get(User, key))\n",
        [3],
    ),
    "what execute gives goes on": (
        "def f(self, users):\n"
        "    return [self.session.execute(select(Order).where(Order.owner == u.id)).all() for u in users]\n",
        [2],
    ),
    "scalars": ("def f(session, ks):\n    for k in ks:\n        x = session.scalars(select(T).where(T.k == k)).first()\n", [3]),
    "cur.execute('SELECT name FROM users where id = ?', (i,))": (
        (
            "import sqlite3\ncon = sqlite3.connect('x')\ncur = con.cursor()\nfor i in range(5):\n"
            "    cur.execute('SELECT name FROM users where id = ?', (i,))\n"
        ),
        [5],
    ),
    "cursor.execute('SELECT * FROM t WHERE id=%s' % i)": (
        (
            "import psycopg2\ndef f(ids, cursor):\n    for i in ids:\n"
            "        cursor.execute('SELECT * FROM t WHERE id=%s' % i)\n"
        ),
        [4],
    ),
    "cursor.execute('select 1')": (
        (
            "import mysql.connector\ndef f(cursor):\n    i = 0\n    while i < 10:\n"
            "        cursor.execute('select 1')\n        i += 1\n"
        ),
        [5],
    ),
    "for o in u.orders.all(): in a function": (
        ("def f(users):\n    for u in users:\n        for o in u.orders.all():\n            print(o)\n"),
        [3],
    ),
    "return [Order.objects.filter(user=u).count() for u in users] in a function": (
        "def f(users):\n    return [Order.objects.filter(user=u).count() for u in users]\n",
        [2],
    ),
    "self.cursor.execute(f'SELECT * FROM t WHERE id = {i}') in a method": (
        (
            "import sqlite3\nclass A:\n    def f(self, ids):\n        for i in ids:\n"
            "            self.cursor.execute(f'SELECT * FROM t WHERE id = {i}')\n"
        ),
        [5],
    ),
    "u = session.query(User).filter_by(id=i).all() in a function": (
        ("def f(session, ids):\n    for i in ids:\n        u = session.query(User).filter_by(id=i).all()\n"),
        [3],
    ),
    "cursor.execute(query, x)": (
        ("import sqlite3\ndef f(cursor, query):\n    for x in [1, 2, 3]:\n        cursor.execute(query, x)\n"),
        [4],
    ),
    "session.execute(select(User).where(User.id == i)) in a function": (
        ("def f(session, ids):\n    for i in ids:\n        session.execute(select(User).where(User.id == i))\n"),
        [3],
    ),
    "list(User.objects.filter(id=i)) in a function": (
        "def f(ids):\n    for i in ids:\n        list(User.objects.filter(id=i))\n",
        [3],
    ),
}

PEDANTIC |= {
    "a statement for an unknown session": (
        "def f(ids):\n    s = maker()\n    return [s.execute(select(User).where(User.id == i)).scalar_one() for i in ids]\n",
        [3],
    ),
    "a statement for an unknown session, not used on": (
        "def f(ids, s):\n    for i in ids:\n        show(s.execute(select(User).where(User.id == i)))\n",
        [3],
    ),
    "a few keys, fetched": (
        "ids = [1, 2, 3]\nx = {i: conn.execute('SELECT a FROM t WHERE id = ?', [i]).fetchone() for i in ids}\n",
        [2],
    ),
}

S = "import sqlite3\n"

SILENT = {
    "a task": S + "def f(tasks):\n    for t in tasks:\n        t.execute()\n",
    "a step": S + "def f(steps, runner):\n    for s in steps:\n        runner.execute('step ' + s)\n",
    "the same question": S + "def f(conn, ids):\n    for i in ids:\n        use(i, conn.execute('SELECT 1').fetchone())\n",
    "something else selects": "def f(ids, s):\n    for i in ids:\n        show(s.scalars(choose(i)).all())\n",
}

D = "from shop.models import Item\n"

PEDANTIC |= {
    "get_or_create": (D + "def f(xs):\n    for x in xs:\n        use(Item.objects.get_or_create(name=x))\n", [4]),
    "an asynchronous manager": (D + "async def f(xs):\n    return [await Item.objects.aget(pk=x) for x in xs]\n", [3]),
    "get_object_or_404": (
        "from django.shortcuts import get_object_or_404\n"
        + D
        + "def f(xs):\n    for x in xs:\n        use(get_object_or_404(Item, pk=x))\n",
        [5],
    ),
    "objects that point here": ("def f(authors):\n    for a in authors:\n        use(a.book_set.count())\n", [3]),
    "related objects": (
        "import django\ndef f(authors):\n    for a in authors:\n        use(a.books.filter(old=True).count())\n",
        [4],
    ),
    "a function for each": (D + "def f(xs):\n    return list(map(lambda x: Item.objects.get(pk=x), xs))\n", [3]),
    "values of each": (D + "def f(xs):\n    for x in xs:\n        use(Item.objects.filter(o=x).values_list('a'))\n", [4]),
    "read again": ("def f(xs):\n    for x in xs:\n        x.refresh_from_db()\n", [3]),
    "the query of a model": ("def f(xs):\n    for x in xs:\n        use(User.query.filter_by(id=x).first())\n", [3]),
    "get_or_404": ("def f(xs):\n    for x in xs:\n        use(User.query.get_or_404(x))\n", [3]),
    "a session of another name": (
        "import sqlalchemy\ndef f(s, xs):\n    for x in xs:\n        use(s.get(User, x))\n",
        [4],
    ),
    "a statement with a name": (
        "from sqlalchemy import select\ndef f(session, xs):\n    for x in xs:\n        q = select(User).where(User.id == x)\n"
        "        use(session.execute(q).scalar_one())\n",
        [5],
    ),
    "SQLModel": ("def f(session, xs):\n    for x in xs:\n        use(session.exec(select(User).where(User.id == x)))\n", [3]),
    "MongoDB, one": ("def f(users, xs):\n    for x in xs:\n        use(users.find_one({'_id': x}))\n", [3]),
    "MongoDB, a number": ("def f(users, xs):\n    return [users.count_documents({'boss': x}) for x in xs]\n", [2]),
    "MongoDB, a pipeline": ("def f(users, xs):\n    for x in xs:\n        use(users.aggregate([{'$match': {'b': x}}]))\n", [3]),
    "DynamoDB": ("def f(table, xs):\n    for x in xs:\n        use(table.get_item(Key={'id': x}))\n", [3]),
    "a frame": (
        "import pandas as pd\ndef f(c, xs):\n    for x in xs:\n"
        "        use(pd.read_sql('select a from t where i = %s', c, params=[x]))\n",
        [4],
    ),
    "databases": (
        "async def f(d, xs):\n    for x in xs:\n        use(await d.fetch_one('select a from t where i = :i', {'i': x}))\n",
        [3],
    ),
    "peewee": ("def f(xs):\n    for x in xs:\n        use(User.get(User.id == x))\n", [3]),
    "peewee, a number": ("def f(xs):\n    for x in xs:\n        use(User.select().where(User.boss == x).count())\n", [3]),
    "Tortoise": ("import tortoise\nasync def f(xs):\n    for x in xs:\n        use(await User.filter(boss=x).first())\n", [4]),
}

SILENT |= {
    "a dictionary": "def f(d, xs):\n    for x in xs:\n        use(d.get(x), x.values())\n",
    "a text": "def f(s, xs):\n    for x in xs:\n        use(s.find(x), s.count(x))\n",
    "a document": "def f(soup, xs):\n    for x in xs:\n        use(soup.find('a', {'href': x}))\n",
    "the same for all": "def f(users, xs):\n    for x in xs:\n        use(x, users.find_one({'_id': 1}))\n",
    "many at once": "def f(users, batches):\n    for keys in batches:\n        use(users.find({'_id': {'$in': keys}}))\n",
    "a table of classes": "def f(known, xs):\n    for x in xs:\n        use(known.get(Item, x))\n",
    "a table of a class": "def f(xs):\n    for x in xs:\n        use(Config.get(x))\n",
    "a path": "def f(xs):\n    for x in xs:\n        use(x.parent.exists(), x.names.count('a'))\n",
    "a sorted table": "def f(d, xs):\n    return sorted(xs, key=lambda x: d.get(x))\n",
    "two": D + "def f():\n    for x in ('a', 'b'):\n        use(Item.objects.get_or_create(name=x)[0].items.values())\n",
    "what is in memory": D + "def f(xs):\n    found = Item.objects.in_bulk(xs)\n    for x in xs:\n        use(found.get(x))\n",
}
