"""GL616: a list of 1,000 computed items built for the first one. The size is how often."""

import sys


def main(size: int) -> None:
    names = {number: str(number) for number in range(1000)}
    total = 0
    for _ in range(size):
        total += list(number for number in names)[0]
    print(total)


main(int(sys.argv[1]))
