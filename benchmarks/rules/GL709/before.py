"""GL709: a job that looks for new rows and finds none, on a clock that runs fast. The size is the number of hours."""

import sqlite3
import sys

SCHEDULE = {"look": {"task": "shop.look", "schedule": 5.0}}


def main(size: int) -> None:
    rows = sqlite3.connect(":memory:")
    rows.execute("CREATE TABLE orders (number INTEGER PRIMARY KEY, sent INTEGER)")
    found = 0.0
    clock = 0.0
    while clock < size * 3600:
        clock += SCHEDULE["look"]["schedule"]
        found += len(rows.execute("SELECT number FROM orders WHERE NOT sent").fetchall())
    print(f"{found:.0f} found in {size} hours")


main(int(sys.argv[1]))
