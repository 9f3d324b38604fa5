"""GL208: the position of each item, looked up in the list itself. Size: items."""

import sys


def main(size: int) -> None:
    items = [number * 7 % 1_000_003 for number in range(size)]
    total = 0
    for item in items:
        total += items.index(item) * item % 11
    print(total)


main(int(sys.argv[1]))
