"""GL212, after: the smallest item alone."""

import sys


def main(size: int) -> None:
    items = [number * 7919 % 1_000_003 for number in range(size)]
    print(sum(min(items[start:]) for start in range(20)))


main(int(sys.argv[1]))
