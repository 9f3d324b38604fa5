"""GL220: a loop that appends, 20 times over; the size is the number of items."""

import sys


def turned(numbers: list[int]) -> list[int]:
    found = []
    for number in numbers:
        found.append(-number)
    return found


def main(size: int) -> None:
    numbers = list(range(size))
    print(sum(len(turned(numbers)) for _ in range(20)))


main(int(sys.argv[1]))
