"""GL228: a copy of the same template for each row, of which one field is changed. Size: rows."""

import copy
import sys

TEMPLATE = {"id": 0, "name": "row", "tags": ["a", "b"], "place": {"x": 1.5, "y": 2.5}, "parts": [{"n": n} for n in range(4)]}


def main(size: int) -> None:
    total = 0
    for number in range(size):
        row = copy.deepcopy(TEMPLATE)
        row["id"] = number
        total += row["id"] % 7 + len(row["parts"])
    print(total)


main(int(sys.argv[1]))
