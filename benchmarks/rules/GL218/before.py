"""GL218: a range made a list to walk it. Size: numbers."""

import sys


def main(size: int) -> None:
    total = 0
    for number in list(range(size)):
        total += number & 255
    print(total)


main(int(sys.argv[1]))
