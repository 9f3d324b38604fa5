"""GL401, after: one SELECT for 500 keys at a time, kept in a dictionary. The size is the number of keys."""

import sqlite3
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(f"{folder}/rows.sqlite")
        connection.execute("create table t (number integer primary key, name text)")
        connection.executemany("insert into t values (?, ?)", ((number, f"name-{number}") for number in range(20_000)))
        connection.commit()
        keys = [number * 2 % 20_000 for number in range(size)]
        names = {}
        for first in range(0, size, 500):
            batch = keys[first : first + 500]
            query = f"select number, name from t where number in ({','.join('?' * len(batch))})"
            names.update(connection.execute(query, batch))
        total = sum(len(names[key]) for key in keys)
        print(total)
        connection.close()


main(int(sys.argv[1]))
