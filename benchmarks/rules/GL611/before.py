"""GL611: a list filled and added up by hand. The size is the number of items."""

import sys


def main(size: int) -> None:
    source = range(size)
    rows = []
    for number in source:
        rows.append(number)
    total = 0
    for row in rows:
        total += row
    print(len(rows), total)


main(int(sys.argv[1]))
