"""GL408, after: all rows in one statement and one transaction, into a file. The size is the number of rows."""

import sqlite3
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(f"{folder}/rows.sqlite")
        connection.execute("create table t (number integer primary key, name text)")
        rows = [(number, f"name-{number}") for number in range(size)]
        connection.executemany("insert into t values (?, ?)", rows)
        connection.commit()
        print(connection.execute("select count(*), sum(number) from t").fetchone())
        connection.close()


main(int(sys.argv[1]))
