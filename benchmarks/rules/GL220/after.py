"""GL220, after: a comprehension."""

import sys


def turned(numbers: list[int]) -> list[int]:
    return [-number for number in numbers]


def main(size: int) -> None:
    numbers = list(range(size))
    print(sum(len(turned(numbers)) for _ in range(20)))


main(int(sys.argv[1]))
