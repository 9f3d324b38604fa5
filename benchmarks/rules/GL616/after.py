"""GL616, after: the first one alone."""

import sys


def main(size: int) -> None:
    names = {number: str(number) for number in range(1000)}
    total = 0
    for _ in range(size):
        total += next(number for number in names)
    print(total)


main(int(sys.argv[1]))
