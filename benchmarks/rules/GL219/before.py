"""GL219: a loop over a list that a comprehension builds; the size is the number of items."""

import sys


def main(size: int) -> None:
    total = 0
    for square in [number * number for number in range(size)]:
        total = (total + square) % 1_000_003
    print(total)


main(int(sys.argv[1]))
