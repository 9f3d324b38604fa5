"""GL228, after: a shallow copy, as the loop changes no deeper part."""

import sys

TEMPLATE = {"id": 0, "name": "row", "tags": ["a", "b"], "place": {"x": 1.5, "y": 2.5}, "parts": [{"n": n} for n in range(4)]}


def main(size: int) -> None:
    total = 0
    for number in range(size):
        row = {**TEMPLATE, "id": number}
        total += row["id"] % 7 + len(row["parts"])
    print(total)


main(int(sys.argv[1]))
