"""GL110, after: look at the list without sorting it."""

import random
import sys


def first(rows: list[float]) -> float:
    return rows[0]


def main(size: int) -> None:
    random.seed(7)
    rows = [random.random() for _ in range(size)]
    print(sum(first(rows) for _ in range(20)))


main(int(sys.argv[1]))
