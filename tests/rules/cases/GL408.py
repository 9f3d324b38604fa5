"""GL408: rows written or committed one at a time, and writes that cannot be put together."""

D = "from django.db import models\n\nclass Tag(models.Model):\n    name = models.TextField()\n\n"

BAD = {
    "execute": ("def f(cur, rows):\n    for r in rows:\n        cur.execute('insert into t values (?)', r)\n", [3]),
    "a tuple of the item": (
        "def f(cur, xs):\n    for x in xs:\n        cur.execute('INSERT INTO t VALUES (%s)', (x.a,))\n",
        [3],
    ),
    "unpacked items": ("def f(c, xs):\n    for a, b in xs:\n        c.execute('update t set a=? where b=?', (a, b))\n", [3]),
    "delete": ("def f(c, ids):\n    for i in ids:\n        c.execute('DELETE FROM t WHERE id=?', [i])\n", [3]),
    "the statement in a name": (
        "SQL = 'insert into t values (?)'\ndef f(c, rows):\n    for r in rows:\n        c.execute(SQL, r)\n",
        [4],
    ),
    "a statement with a comment": (
        "def f(c, rows):\n    for r in rows:\n        c.execute('-- new\\n insert into t values (?)', r)\n",
        [3],
    ),
    "several lines": (
        "def f(c, rows):\n    for r in rows:\n        c.execute('''\n            INSERT INTO t VALUES (?)\n        ''', r)\n",
        [3],
    ),
    "text() of SQLAlchemy": (
        "from sqlalchemy import text\ndef f(s, rows):\n    for r in rows:\n"
        "        s.execute(text('insert into t values (:a)'), r)\n",
        [4],
    ),
    "in a method": (
        "class A:\n    def f(self, rows):\n        for r in rows:\n"
        "            self.cur.execute('replace into t values (?)', r)\n",
        [4],
    ),
    "awaited": ("async def f(c, rows):\n    for r in rows:\n        await c.execute('insert into t values ($1)', r)\n", [3]),
    "under a condition": (
        "def f(c, rows):\n    for r in rows:\n        if r:\n            c.execute('insert into t values (?)', r)\n",
        [4],
    ),
    "one commit after the loop": (
        "def f(c, rows):\n    for r in rows:\n        c.execute('insert into t values (?)', r)\n    c.commit()\n",
        [3],
    ),
    "the inner of two loops": (
        "def f(c, gs):\n    for g in gs:\n        for r in g:\n            c.execute('insert into t values (?)', r)\n",
        [4],
    ),
    "enumerate": (
        "def f(c, xs):\n    for i, x in enumerate(xs):\n        c.execute('insert into t values (?, ?)', (i, x))\n",
        [3],
    ),
    "a value computed before": (
        "def f(c, xs):\n    for x in xs:\n        y = dump(x)\n        c.execute('insert into t values (?)', (y,))\n",
        [4],
    ),
    "a commit after each": (
        "def f(db, xs):\n    for x in xs:\n        db.execute('insert into t values (?)', x)\n        db.commit()\n",
        [4],
    ),
    "a commit of a session": (
        "def f(session, xs):\n    for x in xs:\n        session.add(Row(x))\n        session.commit()\n",
        [4],
    ),
    "a commit of db.session": (
        "def f(xs):\n    for x in xs:\n        db.session.add(Row(x))\n        db.session.commit()\n",
        [4],
    ),
    "a commit after a delete": (
        "def f(s, xs):\n    for x in xs:\n        s.session.delete(x)\n        s.session.commit()\n",
        [4],
    ),
    "a commit of a connection": (
        "import sqlite3\nk = sqlite3.connect(p)\nfor x in xs:\n    k.execute('insert into t values (?)', x)\n    k.commit()\n",
        [5],
    ),
    "with in the loop": (
        "def f(c, rows):\n    for r in rows:\n        with timer():\n            c.execute('insert into t values (?)', r)\n",
        [4],
    ),
    "a plain model of Django": (D + "def f(xs):\n    for x in xs:\n        Tag.objects.create(name=x)\n", [8]),
    "a plain model, under a condition": (
        D + "def f(xs):\n    for x in xs:\n        if x:\n            Tag.objects.create(name=x)\n",
        [9],
    ),
}

GOOD = {
    "all at once": "def f(c, rows):\n    c.executemany('insert into t values (?)', rows)\n",
    "one row": "def f(c, r):\n    c.execute('insert into t values (?)', r)\n    c.commit()\n",
    "the number of the row is used": "def f(c, rows):\n    for r in rows:\n        c.execute('insert into t values (?)', r)\n"
    "        use(c.lastrowid)\n",
    "the result is used": "def f(c, rows):\n    for r in rows:\n"
    "        ids.append(c.execute('insert into t values (?)', r).lastrowid)\n",
    "rows come back": "def f(c, rows):\n    for r in rows:\n        c.execute('insert into t values (?) returning id', r)\n",
    "another statement in the same loop": "def f(c, rows):\n    for r in rows:\n"
    "        c.execute('insert into t values (?)', r)\n"
    "        c.execute('update n set n = ?', r)\n",
    "a statement that changes": "def f(c, rows):\n    for t, r in rows:\n        c.execute(f'insert into {t} values (?)', r)\n",
    "statements, not rows": "def f(c, statements):\n    for s in statements:\n        c.execute(s, ())\n",
    "no values": "def f(c, rows):\n    for r in rows:\n        c.execute('delete from t')\n",
    "values that do not change": "def f(c, rows, v):\n    for r in rows:\n        c.execute('insert into t values (?)', v)\n",
    "a query": "def f(c, rows):\n    for r in rows:\n        c.execute('select a from t where b = ?', r)\n",
    "batches already": "def f(c, batches):\n    for rows in batches:\n"
    "        c.execute('insert into t values (?)', rows)\n        c.commit()\n",
    "a few": "def f(c):\n    for r in ((1,), (2,)):\n        c.execute('insert into t values (?)', r)\n",
    "an error of one row is handled": "def f(c, rows):\n    for r in rows:\n        try:\n"
    "            c.execute('insert into t values (?)', r)\n"
    "        except Error:\n            log(r)\n",
    "a value may look at what was written": "class A:\n    def f(self, rows):\n        for r in rows:\n"
    "            n = self.next()\n"
    "            self.c.execute('insert into t values (?)', (n + r,))\n",
    "a commit after many": "def f(db, xs):\n    for i, x in enumerate(xs):\n        db.add(x)\n"
    "        if i % 100 == 0:\n            db.commit()\n",
    "a commit that saves slow work": "def f(db, xs):\n    for x in xs:\n        db.add(requests.get(x))\n        db.commit()\n",
    "a commit without a write": "def f(db, xs):\n    for x in xs:\n        use(x)\n        db.commit()\n",
    "a commit of something else": "def f(repo, xs):\n    for x in xs:\n        repo.index.add(x)\n"
    "        repo.index.commit(x)\n",
    "rows that are rolled back one by one": "def f(db, xs):\n    for x in xs:\n        try:\n            db.add(x)\n"
    "            db.commit()\n"
    "        except E:\n            db.rollback()\n",
    "a loop that waits for people": "def f(db):\n    while True:\n"
    "        db.execute('insert into t values (?)', input())\n        db.commit()\n",
    "a model of another file": "from x import Tag\ndef f(xs):\n    for x in xs:\n        Tag.objects.create(name=x)\n",
    "a model that does more": D
    + "    def save(self, *a):\n        log(self)\n\ndef f(xs):\n    for x in xs:\n        Tag.objects.create(name=x)\n",
    "a model that others listen to": D
    + "@receiver(post_save, sender=Tag)\ndef g(**k):\n    pass\n\ndef f(xs):\n    for x in xs:\n"
    "        Tag.objects.create(name=x)\n",
    "the object is used": D + "def f(xs):\n    for x in xs:\n        t = Tag.objects.create(name=x)\n        use(t.pk)\n",
}

PEDANTIC = {
    "db.session.add(song) in a function": ("def f(songs):\n    for song in songs:\n        db.session.add(song)\n", [3]),
    "Model.objects.create(name=r) in a function": (
        "def f(rows):\n    for r in rows:\n        Model.objects.create(name=r)\n",
        [3],
    ),
    "m.save() in a function": ("def f(rows):\n    for r in rows:\n        m = Model(name=r)\n        m.save()\n", [4]),
    "cursor.execute('INSERT INTO t VALUES (1)')": (
        "for i in range(10):\n    cursor.execute('INSERT INTO t VALUES (1)')\n",
        [2],
    ),
    "item.save() in a function": (
        "def f(items):\n    for item in items:\n        item.flag = True\n        item.save()\n",
        [4],
    ),
    "Model.objects.create(name=i) in a function": (
        ("def f(items):\n    i = 0\n    while i < 10:\n        Model.objects.create(name=i)\n        i += 1\n"),
        [4],
    ),
}

PEDANTIC |= {
    "await": ("async def f(rows):\n    for r in rows:\n        await Model.objects.acreate(name=r)\n", [3]),
    "added and flushed": (
        "def f(session, rows):\n    for r in rows:\n        session.add(r)\n        session.flush()\n    session.commit()\n",
        [3],
    ),
}

SILENT = {
    "one commit for all": "def f(session, rows):\n    for r in rows:\n        session.add(r)\n    session.commit()\n",
    "one commit of an attribute": "class A:\n    def f(self, rows):\n        for r in rows:\n            if r:\n"
    "                self.db.session.add(r)\n        self.db.session.commit()\n",
    "awaited": "async def f(session, rows):\n    for r in rows:\n        session.add(r)\n    await session.commit()\n",
}

D = "from shop.models import Item\n"

PEDANTIC |= {
    "update_or_create": (D + "def f(xs):\n    for x in xs:\n        Item.objects.update_or_create(name=x)\n", [4]),
    "an update for each": (D + "def f(xs):\n    for x in xs:\n        Item.objects.filter(pk=x).update(a=1)\n", [4]),
    "a deletion for each": (D + "def f(xs):\n    for x in Item.objects.all():\n        x.delete()\n", [4]),
    "an asynchronous save": ("async def f(xs):\n    for x in xs:\n        await x.asave()\n", [3]),
    "a save of one field": ("def f(xs):\n    for x in xs:\n        x.save(update_fields=['a'])\n", [3]),
    "bulk_create of one": (D + "def f(xs):\n    for x in xs:\n        Item.objects.bulk_create([Item(a=x)])\n", [4]),
    "related objects": (
        D + "def f(xs, user):\n    use(Item.objects)\n    for x in xs:\n        user.items.create(name=x)\n",
        [5],
    ),
    "an insert of SQLAlchemy": (
        "def f(session, xs):\n    for x in xs:\n        session.execute(insert(Item).values(x))\n",
        [3],
    ),
    "an insert into a table": ("def f(conn, t, xs):\n    for x in xs:\n        conn.execute(t.insert().values(a=x))\n", [3]),
    "deleted": ("def f(session, xs):\n    for x in xs:\n        session.delete(x)\n        session.flush()\n", [3]),
    "merged": ("def f(session, xs):\n    for x in xs:\n        session.merge(Item(a=x))\n", [3]),
    "MongoDB": ("def f(c, xs):\n    for x in xs:\n        c.insert_one(x)\n", [3]),
    "MongoDB, an update": ("def f(c, xs):\n    for x in xs:\n        c.update_one({'_id': x.id}, {'$set': x.data})\n", [3]),
    "DynamoDB": ("def f(table, xs):\n    for x in xs:\n        table.put_item(Item=x)\n", [3]),
    "an index": ("def f(es, xs):\n    for x in xs:\n        es.index(index='a', document=x)\n", [3]),
    "a model that is its manager": (D + "def f(xs):\n    for x in xs:\n        Item.create(name=x)\n", [4]),
    "an insert of peewee": ("def f(xs):\n    for x in xs:\n        Item.insert(name=x).execute()\n", [3]),
}

SILENT |= {
    "a batch writer": "def f(table, xs):\n    with table.batch_writer() as b:\n"
    "        for x in xs:\n            b.put_item(Item=x)\n",
    "a dictionary": "def f(d, xs):\n    for x in xs:\n        d.update(x)\n",
    "a set and a list": "def f(s, xs):\n    for x in xs:\n        s.add(x)\n        xs.index(x)\n        s.insert(0, x)\n",
    "all at once": D + "def f(batches):\n    for xs in batches:\n        Item.objects.bulk_create([Item(a=x) for x in xs])\n",
    "a list of rows": "def f(session, xs):\n    for rows in xs:\n        session.execute(insert(Item), rows)\n",
    "all rows, for each step": D + "def f(xs):\n    for x in xs:\n        Item.objects.update(a=x)\n",
    "a store of keys": "def f(db, xs):\n    for x in xs:\n        db.delete(x)\n        db.delete('k', x)\n",
    "a method of one's own": "class A:\n    def f(self, xs):\n        for x in xs:\n            self.update_one(x)\n",
    "a factory": "def f(xs):\n    for x in xs:\n        Widget.create(name=x)\n",
    "a file": "def f(xs):\n    for x in xs:\n        x.delete()\n",
    "a frame that is merged": "def f(frame, xs):\n    for x in xs:\n        frame.merge(x)\n",
}
