"""GL404: rows that are fetched into a list to be walked once; fixes give the same rows, and never disturb a busy cursor."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_lab import Lab, run

ROWS = Lab("GL404")

CUR = "def f(conn):\n    cur = conn.cursor()\n    cur.execute(q)\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CUR + "    for r in cur.fetchall():\n        use(r)\n", CUR + "    for r in cur:\n        use(r)\n"),
        (CUR + "    for i, r in enumerate(cur.fetchall()): use(r)\n", CUR + "    for i, r in enumerate(cur): use(r)\n"),
        (CUR + "    return {r[0] for r in cur.fetchall() if r}\n", CUR + "    return {r[0] for r in cur if r}\n"),
        (CUR + "    return max(r[0] for r in cur.fetchall())\n", CUR + "    return max(r[0] for r in cur)\n"),
        (CUR + "    rs = cur.fetchall()\n    for r in rs:\n        use(r)\n", CUR + "    for r in cur:\n        use(r)\n"),
        (CUR + "    rs = cur.fetchall()  # all\n    for r in rs:\n        use(r)\n", None),
        (CUR + "    rs = cur.fetchall()\n    n = 0\n    for r in rs:\n        use(r)\n", None),
        (
            "import sqlite3 as s\nc = s.connect(p)\nfor r in c.execute(q).fetchall(): use(r)\n",
            "import sqlite3 as s\nc = s.connect(p)\nfor r in c.execute(q): use(r)\n",
        ),
        (
            "from sqlite3 import Cursor\ndef f(c: Cursor):\n\tfor é in c.fetchall():\n\t\tuse(é, '😀')\n",
            "from sqlite3 import Cursor\ndef f(c: Cursor):\n\tfor é in c:\n\t\tuse(é, '😀')\n",
        ),
        (
            "import psycopg\nwith psycopg.connect(d) as k, k.cursor() as c:\n    c.execute(q)\n"
            "    for r in c.fetchall():\n        use(r)\n",
            "import psycopg\n"
            "with psycopg.connect(d) as k, k.cursor() as c:\n    c.execute(q)\n    for r in c:\n        use(r)\n",
        ),
        (
            "from contextlib import closing\ndef f(k):\n    with closing(k.cursor()) as c:\n"
            "        for r in c.fetchall():\n            use(r)\n",
            "from contextlib import closing\ndef f(k):\n"
            "    with closing(k.cursor()) as c:\n        for r in c:\n            use(r)\n",
        ),
        (
            "async def f(k):\n    async with k.cursor() as c:\n        for r in await c.fetchall():\n            use(r)\n",
            "async def f(k):\n    async with k.cursor() as c:\n        async for r in c:\n            use(r)\n",
        ),
        ("async def f(k):\n    async with k.cursor() as c:\n        return [r for r in await c.fetchall()]\n", None),
        (
            CUR + "    for r in (cur\n              .fetchall()):\n        use(r)\n",
            CUR + "    for r in (cur):\n        use(r)\n",
        ),
        (CUR + "    for r in cur . \\\n        fetchall():\n        use(r)\n", CUR + "    for r in cur:\n        use(r)\n"),
        (
            CUR + "    for r in cur.fetchall():\n        match r:\n            case (1, x): use(x)\n",
            CUR + "    for r in cur:\n        match r:\n            case (1, x): use(x)\n",
        ),
        (
            CUR + "    for r in cur.fetchall():\n        if r:\n            break\n",
            CUR + "    for r in cur:\n        if r:\n            break\n",
        ),
        (
            CUR + "    for r in cur.fetchall():\n        if (n := r[0]):\n            use(n)\n",
            CUR + "    for r in cur:\n        if (n := r[0]):\n            use(n)\n",
        ),
        (
            "class A:\n    def __init__(self, k):\n        self.cur = k.cursor()\n    def f(self):\n"
            "        for r in self.cur.fetchall():\n            use(r)\n",
            "class A:\n    def __init__(self, k):\n"
            "        self.cur = k.cursor()\n    def f(self):\n        for r in self.cur:\n            use(r)\n",
        ),
        ("def f(cur):\n    for r in cur.fetchall():\n        use(r)\n", None),
        ("def f(db):\n    for r in db.execute(q).fetchall():\n        use(r)\n", None),
    ],
)
def test_rows_walked_once_are_reported_and_the_loop_takes_the_cursor(before: str, after: str | None) -> None:
    assert len(ROWS.findings(before)) == 1
    assert ROWS.repaired(before) == (before if after is None else after)


@pytest.mark.parametrize(
    "text",
    [
        CUR + "    rs = cur.fetchall()\n    for r in rs:\n        use(r)\n    return rs\n",
        CUR + "    rs = cur.fetchall()\n    if rs:\n        for r in rs:\n            use(r)\n",
        CUR + "    rs = cur.fetchall()\n    for r in rs: use(r)\n    for r in rs: use(r)\n",
        CUR + "    for r in cur.fetchall()[0]:\n        use(r)\n",
        CUR + "    for r in list(cur.fetchall()):\n        use(r)\n",
        CUR + "    for r in cur.fetchmany(9):\n        use(r)\n",
        CUR + "    for r in cur.fetchall():\n        cur.execute(q2)\n",
        CUR + "    for r in cur.fetchall():\n        conn.commit()\n",
        CUR + "    for r in cur.fetchall():\n        conn.execute(q2, r)\n",
        CUR + "    for r in cur.fetchall():\n        save(conn, r)\n",
        CUR + "    return (r[0] for r in cur.fetchall())\n",
        CUR + "    rs = cur.fetchall()\n    cur.close()\n    for r in rs:\n        use(r)\n",
        CUR + "    rs = cur.fetchall()\n    conn.commit()\n    return [r[0] for r in rs]\n",
        CUR + "    for r in cur.fetchall():\n        if r:\n            break\n    rest = cur.fetchall()\n",
        CUR + "    try:\n        rs = cur.fetchall()\n    except E:\n        rs = []\n    for r in rs:\n        use(r)\n",
        "def f(conn):\n    with conn.cursor() as cur:\n        rs = cur.fetchall()\n    return [r[0] for r in rs]\n",
        "class A:\n    def f(self):\n        c = self.db.cursor()\n        for r in c.fetchall():\n            self.store(r)\n",
        "class A:\n    def f(self):\n        for r in self.db.execute(q).fetchall():\n            self.db.execute(q2, r)\n",
        "def f(cur):\n    for t in xs:\n        rs = cur.fetchall()\n    for r in rs:\n        use(r)\n",
        "def f(cur):\n    rs = cur.fetchall()\n    def g():\n        for r in rs:\n            use(r)\n    return g\n",
        "def f(cur):\n    cur.execute('select * from information_schema.tables')\n    for r in cur.fetchall():\n"
        "        use(r)\n",
        "def f(cur):\n    q = 'PRAGMA table_info(t)'\n    for r in cur.execute(q).fetchall():\n        use(r)\n",
        "def f(x: list):\n    for r in x.fetchall():\n        use(r)\n",
    ],
)
def test_rows_that_are_needed_at_once_stay_silent(text: str) -> None:
    assert ROWS.lines(text) == []


@pytest.mark.parametrize("cursor", ["cur", "conn.execute(q)"])
def test_a_generator_of_rows_may_keep_the_cursor_open(cursor: str) -> None:
    (found,) = ROWS.findings(CUR + f"    for r in {cursor}.fetchall():\n        yield r\n", least=0)
    assert (found.line, found.confidence, found.fix) == (4, 40, None)
    assert ROWS.findings(CUR + f"    for r in {cursor}.fetchall():\n        yield r, conn\n", least=0) == []


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table t (n integer, s text)")
        yield connection
    connection.close()


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(-5, 5), st.text(max_size=3)), max_size=6),
    shape=st.sampled_from(
        [
            "for n, s in cur.fetchall():\n    result.append((n, s))\n",
            "for i, r in enumerate(cur.fetchall()):\n    result.append((i, r))\n",
            "rs = cur.fetchall()\nfor r in rs:\n    if r[0] > 3:\n        break\n    result.append(r)\n",
            "result = [s * 2 for n, s in cur.fetchall() if n]\n",
            "result = sum(r[0] for r in cur.fetchall())\n",
        ]
    ),
)
def test_the_repaired_loop_sees_the_same_rows(connection: sqlite3.Connection, rows: list[tuple[int, str]], shape: str) -> None:
    connection.execute("delete from t")
    connection.executemany("insert into t values (?, ?)", rows)
    text = "cur = connection.cursor()\ncur.execute('select n, s from t order by rowid')\nresult = []\n" + shape
    fixed = ROWS.repaired(text)
    assert "fetchall" not in fixed
    assert run(fixed, connection=connection) == run(text, connection=connection)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("def f(cur):\n    for r in list(cur.fetchall()):\n        use(r)\n", 2),
        ("def f(cur):\n    return set(cur.fetchall())\n", 2),
        ("def f(cur):\n    return dict(cur.fetchall())\n", 2),
        ("def f(cur):\n    return list(filter(None, cur.fetchall()))\n", 2),
        ("def f(cur, writer):\n    writer.writerows(cur.fetchall())\n", 2),
        ("def f(cur):\n    for a, b in zip(cur.fetchall(), names):\n        use(a, b)\n", 2),
        ("def f(cur):\n    yield from cur.fetchall()\n", 2),
        ("def f(session):\n    for r in session.execute(q).all():\n        use(r)\n", 2),
        ("def f(session):\n    return [r.a for r in session.query(T).filter(T.b == 1).all()]\n", 2),
    ],
)
def test_what_walks_rows_once_without_a_loop_is_shown_to_those_who_ask_for_all(code: str, line: int) -> None:
    assert ROWS.lines(code) == []
    assert ROWS.lines(code, least=0) == [line]


@pytest.mark.parametrize(
    "code",
    [
        "def f(cur):\n    return list(cur.fetchall())\n",
        "def f(cur):\n    return sorted(cur.fetchall())\n",
        "def f(cur):\n    cur.executemany(q, cur.fetchall())\n",
        "def f(cur):\n    cur.execute('PRAGMA table_info(t)')\n    return set(cur.fetchall())\n",
        "def f(array):\n    for r in array.all():\n        use(r)\n",
        "def f(session):\n    for r in session.query(T).limit(3).all():\n        use(r)\n",
        "def f(session):\n    rows = session.query(T).all()\n    for r in rows:\n        use(r)\n    return rows\n",
    ],
)
def test_rows_that_must_be_complete_are_left_alone(code: str) -> None:
    assert ROWS.lines(code, least=0) == []
