"""GL213: all rows sorted, a tenth kept. Size: rows."""

import sys


def main(size: int) -> None:
    rows = [(number * 7919 % 1_000_003, number % 10) for number in range(size)]
    kept = [row for row in sorted(rows) if row[1] == 3]
    print(len(kept), kept[0])


main(int(sys.argv[1]))
