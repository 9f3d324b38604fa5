"""GL409: connections made again and again, and those of other databases, pools, retries, and one for all."""

S = "import sqlite3\n"

BAD = {
    "a loop": (S + "def f(rows):\n    for r in rows:\n        db = sqlite3.connect(p)\n        db.execute(q, r)\n", [4]),
    "with": (
        S + "def f(rows):\n    for r in rows:\n        with sqlite3.connect(p) as db:\n            db.execute(q, r)\n",
        [4],
    ),
    "closing": (
        S
        + "from contextlib import closing\ndef f(rows):\n    for r in rows:\n        with closing(sqlite3.connect(p)) as db:\n"
        "            db.execute(q, r)\n",
        [5],
    ),
    "used on the spot": (S + "def f(rows):\n    for r in rows:\n        sqlite3.connect(p).execute(q, r)\n", [4]),
    "an alias": (
        "import sqlite3 as s\ndef f(rows):\n    for r in rows:\n        d = s.connect(p)\n        d.execute(q, r)\n",
        [4],
    ),
    "from": (
        "from sqlite3 import connect\ndef f(rows):\n    for r in rows:\n        d = connect(p)\n        d.execute(q, r)\n",
        [4],
    ),
    "psycopg2": (
        "import psycopg2\ndef f(rows):\n    for r in rows:\n        c = psycopg2.connect(d)\n        use(c, r)\n",
        [4],
    ),
    "mysql": (
        "import mysql.connector\ndef f(rows):\n    for r in rows:\n        c = mysql.connector.connect(host=h)\n"
        "        use(c, r)\n",
        [4],
    ),
    "asyncpg": (
        "import asyncpg\nasync def f(rows):\n    for r in rows:\n        c = await asyncpg.connect(d)\n"
        "        await c.execute(q, r)\n",
        [4],
    ),
    "an engine": (
        "from sqlalchemy import create_engine\ndef f(rows):\n    for r in rows:\n        e = create_engine(u)\n"
        "        use(e, r)\n",
        [4],
    ),
    "mongo": (
        "from pymongo import MongoClient\ndef f(rows):\n    for r in rows:\n        c = MongoClient(u)\n"
        "        c.a.b.insert_one(r)\n",
        [4],
    ),
    "redis": ("import redis\ndef f(rows):\n    for r in rows:\n        c = redis.Redis()\n        c.set(r, 1)\n", [4]),
    "an inner loop": (
        S + "def f(files):\n    for x in files:\n        for r in x:\n            db = sqlite3.connect(p)\n"
        "            db.execute(q, r)\n",
        [5],
    ),
    "a helper": (
        S + "def g(k):\n    db = sqlite3.connect(P)\n    return db.execute(q, k)\n\ndef f(ks):\n    for k in ks:\n"
        "        use(g(k))\n",
        [3],
    ),
    "a helper in a comprehension": (
        S + "def g(k):\n    with sqlite3.connect(P) as db:\n        return db.execute(q, k)\n\ndef f(ks):\n"
        "    return [g(k) for k in ks]\n",
        [3],
    ),
    "a method": (
        S + "class A:\n    def g(self, k):\n        db = sqlite3.connect(self.p)\n        return db.execute(q, k)\n\n"
        "    def f(self, ks):\n        for k in ks:\n            use(self.g(k))\n",
        [4],
    ),
    "a client in a request": (
        "from pymongo import MongoClient\n@app.route('/')\ndef f():\n    c = MongoClient(U)\n    return c.a.b.find_one()\n",
        [4],
    ),
    "an engine in a request": (
        "from sqlalchemy import create_engine\n@router.get('/')\nasync def f():\n    e = create_engine(U)\n    use(e)\n",
        [4],
    ),
    "redis in a request": ("import redis\n@app.post('/')\ndef f(k):\n    r = redis.StrictRedis(H)\n    r.get(k)\n", [4]),
    "a try around the rows": (
        S + "def f(rows):\n    for r in rows:\n        db = sqlite3.connect(p)\n        try:\n            db.execute(q, r)\n"
        "        finally:\n            db.close()\n",
        [4],
    ),
    "an index": (S + "def f(n):\n    for i in range(n):\n        db = sqlite3.connect(p)\n        db.execute(q, i)\n", [4]),
}

PEDANTIC = {
    "while": (S + "def f():\n    while more():\n        db = sqlite3.connect(p)\n        db.execute(q)\n", [4]),
    "a plain connection in a request": (
        S + "@app.route('/')\ndef f():\n    db = sqlite3.connect(P)\n    return db.execute(q).fetchone()\n",
        [4],
    ),
    "a pause in between": (
        S + "import time\ndef f(rows):\n    for r in rows:\n        db = sqlite3.connect(p)\n        db.execute(q, r)\n"
        "        time.sleep(60)\n",
        [5],
    ),
    "a helper that is told where": (
        S + "def g(p, k):\n    db = sqlite3.connect(p)\n    return db.execute(q, k)\n\ndef f(ks):\n"
        "    return [g(P, k) for k in ks]\n",
        [3],
    ),
}

GOOD = {
    "a task, which may run in a process of its own": "import redis\n@app.task\ndef f(k):\n    r = redis.StrictRedis(H)\n"
    "    r.get(k)\n",
    "wrapped and handed out": S
    + "def g():\n    c = sqlite3.connect(P)\n    return Wrapper(c)\n\ndef f(ks):\n    return [g() for k in ks]\n",
    "before the loop": S + "def f(rows):\n    db = sqlite3.connect(p)\n    for r in rows:\n        db.execute(q, r)\n",
    "another file each time": S + "def f(paths):\n    for p in paths:\n        db = sqlite3.connect(p)\n        use(db)\n",
    "a name made of it": S
    + "def f(names):\n    for n in names:\n        p = n + '.db'\n        db = sqlite3.connect(p)\n        use(db)\n",
    "another host": "import psycopg2\ndef f(hosts):\n    for h in hosts:\n        c = psycopg2.connect(host=h)\n"
    "        use(c)\n",
    "a pool": S
    + "def f(n):\n    pool = []\n    for _ in range(n):\n        pool.append(sqlite3.connect(p))\n    return pool\n",
    "a pool by name": S
    + "def f(n):\n    pool = []\n    for _ in range(n):\n        c = sqlite3.connect(p)\n        pool.append(c)\n"
    "    return pool\n",
    "a comprehension": S + "x = [sqlite3.connect(p) for _ in range(9)]\n",
    "a retry": "import psycopg2\ndef f():\n    for i in range(n):\n        try:\n"
    "            c = psycopg2.connect(d)\n            break\n"
    "        except psycopg2.Error:\n            pass\n",
    "a retry that returns": "import psycopg2\ndef f():\n    while True:\n        try:\n            return psycopg2.connect(d)\n"
    "        except psycopg2.Error:\n            pass\n",
    "a few": S + "def f():\n    for i in (1, 2):\n        db = sqlite3.connect(p)\n        use(db)\n",
    "only when it is lost": S
    + "def f(rows):\n    db = None\n    for r in rows:\n        if db is None:\n            db = sqlite3.connect(p)\n"
    "        db.execute(q, r)\n",
    "handed out": S
    + "def g():\n    db = sqlite3.connect(P)\n    return db\n\ndef f(ks):\n    for k in ks:\n        use(g())\n",
    "kept in self": S + "class A:\n    def f(self, rows):\n        for r in rows:\n            self.db = sqlite3.connect(p)\n",
    "another connect": "import socket\ndef f(rows):\n    for r in rows:\n        s = socket.connect(p)\n        use(s)\n",
    "a signal": "def f(rows):\n    for r in rows:\n        r.clicked.connect(go)\n",
    "a function called once": S + "def g():\n    db = sqlite3.connect(P)\n    db.execute(q)\n\ng()\n",
    "a cached helper": "import redis\nfrom functools import cache\n@cache\ndef g():\n    r = redis.Redis()\n"
    "    use(r)\n\nx = [g() for k in ks]\n",
    "at the top": "import redis\nr = redis.Redis()\n",
    "left at once": S + "def f(rows):\n    for r in rows:\n        db = sqlite3.connect(p)\n        return db.execute(q, r)\n",
    "a global": S + "def g(k):\n    global db\n    db = sqlite3.connect(P)\n\ndef f(ks):\n    for k in ks:\n        g(k)\n",
    "a rebound name": "from x import connect\ndef f(rows):\n    for r in rows:\n        d = connect(p)\n"
    "        d.execute(q, r)\n",
    "the iterable of the loop": S + "def f():\n    for r in sqlite3.connect(p).execute(q):\n        use(r)\n",
}
