"""GL610, after: the set alone."""

import sys


def main(size: int) -> None:
    rows = [number * 7919 % size for number in range(size)]
    names = {row for row in rows}
    print(len(names))


main(int(sys.argv[1]))
