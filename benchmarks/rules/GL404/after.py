"""GL404, after: the cursor itself is walked."""

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
    for number, name, half in cursor:
        total += number + len(name) + half
    print(total)


main(int(sys.argv[1]))
