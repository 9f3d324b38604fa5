"""GL404: all rows of a query fetched into a list that is walked once. The size is the number of rows."""

import sqlite3
import sys

QUERY = """
with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
select i, 'name-' || i, i * 0.5 from n
"""


def main(size: int) -> None:
    connection = sqlite3.connect(":memory:")
    cursor = connection.execute(QUERY, (size,))
    total = 0
    for number, name, half in cursor.fetchall():
        total += number + len(name) + half
    print(total)


main(int(sys.argv[1]))
