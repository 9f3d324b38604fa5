"""GL205: a list that serves as a queue."""

import sys


def main(size: int) -> None:
    queue = list(range(size))
    total = 0
    while queue:
        total = (total * 31 + queue.pop(0)) % 1_000_003
    print(total)


main(int(sys.argv[1]))
