"""GL217: pairs taken from a dict of which only the values are read. Size: entries, walked 20 times."""

import sys


def main(size: int) -> None:
    table = {number: number * 7 % 256 for number in range(size)}
    total = 0
    for turn in range(20):
        for key, value in table.items():
            total += value
    print(total)


main(int(sys.argv[1]))
