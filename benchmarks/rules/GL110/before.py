"""GL110: look at a list of N numbers 20 times; each time it is sorted, and the sorted list thrown away."""

import random
import sys


def first(rows: list[float]) -> float:
    sorted(rows)
    return rows[0]


def main(size: int) -> None:
    random.seed(7)
    rows = [random.random() for _ in range(size)]
    print(sum(first(rows) for _ in range(20)))


main(int(sys.argv[1]))
