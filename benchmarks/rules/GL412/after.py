"""GL412, after: rows drawn by key, and each page asked for by the last key of the one before. The size is the number of rows in a file of SQLite."""

import random
import sqlite3
import sys
import tempfile
from pathlib import Path

MAKE = """
create table users (id integer primary key, name text, mail text, street text, town text, phone text, about text, notes text,
                    created text, changed text, points integer, level integer);
with recursive n(i) as (select 1 union all select i + 1 from n where i < {size})
insert into users select i, 'name-' || i, 'mail-' || i, 'street-' || i, 'town-' || i, 'phone-' || i, printf('%.100c', 'a'),
                         printf('%.100c', 'n'), '2026-01-01', '2026-01-02', i % 97, i % 7 from n;
"""


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "users.db")
        db.executescript(MAKE.format(size=size))
        picked = 0
        last = db.execute("SELECT MAX(id) FROM users").fetchone()[0]
        for _ in range(10):
            key = random.randint(1, last)
            picked += db.execute("SELECT name FROM users WHERE id >= ? ORDER BY id LIMIT 1", (key,)).fetchone() is not None
        seen = total = 0
        while True:
            rows = db.execute("SELECT id FROM users WHERE id > ? ORDER BY id LIMIT 100", (seen,)).fetchall()
            if not rows:
                break
            total += sum(key for (key,) in rows)
            seen = rows[-1][0]
        print(picked, total)


main(int(sys.argv[1]))
