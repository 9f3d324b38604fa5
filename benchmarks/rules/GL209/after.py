"""GL209, after: each job put where it belongs."""

import bisect
import sys


def main(size: int) -> None:
    queue: list[int] = []
    total = 0
    for number in range(size):
        bisect.insort(queue, number * 7919 % 1_000_003)
        total += queue[len(queue) // 2]
    print(total)


main(int(sys.argv[1]))
