"""GL218, after: the range itself."""

import sys


def main(size: int) -> None:
    total = 0
    for number in range(size):
        total += number & 255
    print(total)


main(int(sys.argv[1]))
