"""GL212: a list sorted for its smallest item. Size: items."""

import sys


def main(size: int) -> None:
    items = [number * 7919 % 1_000_003 for number in range(size)]
    print(sum(sorted(items[start:])[0] for start in range(20)))


main(int(sys.argv[1]))
