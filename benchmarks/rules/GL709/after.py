"""GL709, after: every five minutes."""

import sqlite3
import sys

SCHEDULE = {"look": {"task": "shop.look", "schedule": 300.0}}


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
