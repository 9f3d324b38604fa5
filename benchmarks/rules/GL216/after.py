"""GL216, after: the items themselves."""

import sys


def main(size: int) -> None:
    items = [number * 7919 % 1_000_003 for number in range(size)]
    total = 0
    for turn in range(3):
        for item in items:
            total += item & 255
    print(total)


main(int(sys.argv[1]))
