"""GL618: one attribute read through a method, again and again. The size is the number of times."""

import sys


class Point:
    def __init__(self, x: int) -> None:
        self.x = x

    def get_x(self) -> int:
        return self.x


def main(size: int) -> None:
    point = Point(3)
    total = 0
    for _ in range(size):
        total += point.get_x()
    print(total)


main(int(sys.argv[1]))
