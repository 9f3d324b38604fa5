"""GL609, after: the one list that `sorted` makes."""

import sys


def main(size: int) -> None:
    found = {number * 7919 % size for number in range(size)}
    names = sorted(found)
    print(len(names), names[0], names[-1])


main(int(sys.argv[1]))
