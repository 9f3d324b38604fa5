"""GL230, after: the sort of the language."""

import sys


def main(size: int) -> None:
    numbers = [i * 7919 % 1_000_003 for i in range(size)]
    numbers.sort()
    print(numbers[0], numbers[-1])


main(int(sys.argv[1]))
