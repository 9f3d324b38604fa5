"""GL215, after: it leaves at the hit."""

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
                break
        hits += found
    print(hits)


main(int(sys.argv[1]))
