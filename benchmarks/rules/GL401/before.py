"""GL401: one SELECT for each key, from a file; a server would add a round trip to each. The size is the number of keys."""

import sqlite3
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(f"{folder}/rows.sqlite")
        connection.execute("create table t (number integer primary key, name text)")
        connection.executemany("insert into t values (?, ?)", ((number, f"name-{number}") for number in range(20_000)))
        connection.commit()
        total = 0
        for number in range(size):
            row = connection.execute("select name from t where number = ?", (number * 2 % 20_000,)).fetchone()
            total += len(row[0])
        print(total)
        connection.close()


main(int(sys.argv[1]))
