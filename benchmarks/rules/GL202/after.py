"""GL202, after: a list that grows where it is."""

import sys


def main(size: int) -> None:
    items: list[int] = []
    for number in range(size):
        items.append(number * 7 % 1_000_003)
    print(len(items), items[-1])


main(int(sys.argv[1]))
