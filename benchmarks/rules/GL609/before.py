"""GL609: a list copied on its way into `sorted`, and the sorted list copied again. The size is the number of items."""

import sys


def main(size: int) -> None:
    found = {number * 7919 % size for number in range(size)}
    names = list(sorted(list(found)))
    print(len(names), names[0], names[-1])


main(int(sys.argv[1]))
