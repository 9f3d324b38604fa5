"""GL410: all rows that fit are fetched to learn whether there are any. The size is the number of rows in the table."""

import sqlite3
import sys


def main(size: int) -> None:
    cursor = sqlite3.connect(":memory:").cursor()
    cursor.execute("create table t (number integer, name text)")
    cursor.executemany("insert into t values (?, ?)", ((number, "name") for number in range(size)))
    found = 0
    for _ in range(10):
        cursor.execute("select number from t where name = 'name'")
        if len(cursor.fetchall()) > 0:
            found += 1
    print(found)


main(int(sys.argv[1]))
