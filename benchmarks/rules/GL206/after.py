"""GL206, after: the same lists, chained."""

import itertools
import sys


def main(size: int) -> None:
    lists = [[number, number + 1, number + 2, number + 3, number + 4] for number in range(size)]
    print(len(list(itertools.chain.from_iterable(lists))))


main(int(sys.argv[1]))
