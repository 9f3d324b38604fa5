"""GL613: a list of a range that is only walked. The size is the number of numbers."""

import sys


def main(size: int) -> None:
    total = 0
    for number in list(range(size)):
        total += number
    print(total)


main(int(sys.argv[1]))
