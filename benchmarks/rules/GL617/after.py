"""GL617, after: multiplied."""

import sys


def main(size: int) -> None:
    total = 0.0
    for number in range(size):
        share = number / 3
        total += share * share
    print(round(total))


main(int(sys.argv[1]))
