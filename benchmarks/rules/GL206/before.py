"""GL206: lists of five items added up with `sum`. Size: lists."""

import sys


def main(size: int) -> None:
    lists = [[number, number + 1, number + 2, number + 3, number + 4] for number in range(size)]
    print(len(sum(lists, [])))


main(int(sys.argv[1]))
