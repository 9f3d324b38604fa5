"""GL210: settings parsed for each row. Size: rows."""

import json
import sys


def main(size: int) -> None:
    settings = json.dumps({"limit": 50, "names": [f"name{number}" for number in range(20)]})
    total = 0
    for row in range(size):
        if row % 100 < json.loads(settings)["limit"]:
            total += row
    print(total)


main(int(sys.argv[1]))
