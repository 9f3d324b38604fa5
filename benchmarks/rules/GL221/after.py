"""GL221, after: the loop inside the try statement."""

import sys


def main(size: int) -> None:
    numbers = list(range(1, size + 1))
    total = 0
    try:
        for number in numbers:
            total += size // number
    except ZeroDivisionError:
        pass
    print(total)


main(int(sys.argv[1]))
