"""GL216: items looked up by their positions. Size: items."""

import sys


def main(size: int) -> None:
    items = [number * 7919 % 1_000_003 for number in range(size)]
    total = 0
    for turn in range(3):
        for i in range(len(items)):
            total += items[i] & 255
    print(total)


main(int(sys.argv[1]))
