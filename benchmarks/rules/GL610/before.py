"""GL610: a list built for a set. The size is the number of items."""

import sys


def main(size: int) -> None:
    rows = [number * 7919 % size for number in range(size)]
    names = set([row for row in rows])
    print(len(names))


main(int(sys.argv[1]))
