"""GL202: a list that is copied to add one item. Size: items."""

import sys


def main(size: int) -> None:
    items: list[int] = []
    for number in range(size):
        items = items + [number * 7 % 1_000_003]
    print(len(items), items[-1])


main(int(sys.argv[1]))
