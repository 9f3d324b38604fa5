"""GL208, after: the position comes with the item."""

import sys


def main(size: int) -> None:
    items = [number * 7 % 1_000_003 for number in range(size)]
    total = 0
    for position, item in enumerate(items):
        total += position * item % 11
    print(total)


main(int(sys.argv[1]))
