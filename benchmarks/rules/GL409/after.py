"""GL409, after: one connection for all questions. The size is the number of questions to a file of SQLite."""

import sqlite3
import sys
import tempfile
from pathlib import Path


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "users.db"
        db = sqlite3.connect(path)
        db.execute("create table users (id integer primary key, name text)")
        db.executemany("insert into users values (?, ?)", ((key, f"name-{key}") for key in range(1000)))
        db.commit()
        db.close()
        total = 0
        db = sqlite3.connect(path)
        for key in range(size):
            total += len(db.execute("select name from users where id = ?", (key % 1000,)).fetchone()[0])
        db.close()
        print(total)


main(int(sys.argv[1]))
