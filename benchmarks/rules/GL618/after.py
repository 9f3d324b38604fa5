"""GL618, after: the attribute itself."""

import sys


class Point:
    def __init__(self, x: int) -> None:
        self.x = x


def main(size: int) -> None:
    point = Point(3)
    total = 0
    for _ in range(size):
        total += point.x
    print(total)


main(int(sys.argv[1]))
