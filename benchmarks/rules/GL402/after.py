"""GL402, after: the one column is named. The size is the number of rows in a file of SQLite."""

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
        total = 0
        for _ in range(5):
            for row in db.execute("SELECT name FROM users"):
                total += len(row[0])
        print(total)


main(int(sys.argv[1]))
