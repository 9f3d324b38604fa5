"""GL205, after: a deque that serves as a queue."""

import sys
from collections import deque


def main(size: int) -> None:
    queue = deque(range(size))
    total = 0
    while queue:
        total = (total * 31 + queue.popleft()) % 1_000_003
    print(total)


main(int(sys.argv[1]))
