"""GL217, after: the values alone."""

import sys


def main(size: int) -> None:
    table = {number: number * 7 % 256 for number in range(size)}
    total = 0
    for turn in range(20):
        for value in table.values():
            total += value
    print(total)


main(int(sys.argv[1]))
