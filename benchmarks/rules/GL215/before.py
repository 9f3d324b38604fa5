"""GL215: a loop that goes on after a hit at a tenth of the way. Size: rows, walked 20 times."""

import sys


def main(size: int) -> None:
    rows = [number * 7919 % 1_000_003 for number in range(size)]
    hits = 0
    for turn in range(20):
        limit = rows[size // 10 + turn]
        found = False
        for row in rows:
            if row == limit:
                found = True
        hits += found
    print(hits)


main(int(sys.argv[1]))
