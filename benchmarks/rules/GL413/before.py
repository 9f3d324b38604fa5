"""GL413: two halves of a table put together by UNION, and DISTINCT beside GROUP BY, five times. The size is the number of rows in a file of SQLite."""

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
        rows = groups = 0
        for _ in range(5):
            rows += sum(
                1
                for _ in db.execute(
                    "SELECT id, name FROM users WHERE level < 3 UNION SELECT id, name FROM users WHERE level > 2"
                )
            )
            groups += sum(count for _, count in db.execute("SELECT DISTINCT name, count(*) FROM users GROUP BY name"))
        print(rows, groups)


main(int(sys.argv[1]))
