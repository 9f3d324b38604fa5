"""GL214, after: the answers one by one, as far as they are needed."""

import sys


def main(size: int) -> None:
    items = [number * 7919 % 1_000_003 for number in range(size)]
    limit = items[size // 10]
    print(sum(any(item + turn == limit + turn for item in items) for turn in range(20)))


main(int(sys.argv[1]))
