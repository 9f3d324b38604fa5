"""GL408: rows written and committed one at a time, into a file. The size is the number of rows."""

import sqlite3
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(f"{folder}/rows.sqlite")
        connection.execute("create table t (number integer primary key, name text)")
        rows = [(number, f"name-{number}") for number in range(size)]
        for row in rows:
            connection.execute("insert into t values (?, ?)", row)
            connection.commit()
        print(connection.execute("select count(*), sum(number) from t").fetchone())
        connection.close()


main(int(sys.argv[1]))
