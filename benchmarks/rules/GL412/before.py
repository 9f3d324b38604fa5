"""GL412: one row drawn by a sort of all rows, ten times, and all pages read by OFFSET. The size is the number of rows in a file of SQLite."""

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
        for _ in range(10):
            picked += db.execute("SELECT name FROM users ORDER BY RANDOM() LIMIT 1").fetchone() is not None
        start = total = 0
        while True:
            rows = db.execute("SELECT id FROM users ORDER BY id LIMIT 100 OFFSET ?", (start,)).fetchall()
            if not rows:
                break
            total += sum(key for (key,) in rows)
            start += 100
        print(picked, total)


main(int(sys.argv[1]))
