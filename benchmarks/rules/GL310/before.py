"""GL310: a list made of a `map` for one walk over it; the size is the number of items."""

import sys


def main(size: int) -> None:
    total = 0
    for text in list(map(str, range(size))):
        total += len(text)
    print(total)


main(int(sys.argv[1]))
