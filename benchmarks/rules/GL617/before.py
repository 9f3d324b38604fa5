"""GL617: the sum of the squares of numbers. The size is the number of numbers."""

import sys


def main(size: int) -> None:
    total = 0.0
    for number in range(size):
        share = number / 3
        total += share**2
    print(round(total))


main(int(sys.argv[1]))
