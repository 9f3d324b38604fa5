"""GL209: a list that is sorted anew for each job it gets. Size: jobs."""

import sys


def main(size: int) -> None:
    queue: list[int] = []
    total = 0
    for number in range(size):
        queue.append(number * 7919 % 1_000_003)
        queue.sort()
        total += queue[len(queue) // 2]
    print(total)


main(int(sys.argv[1]))
