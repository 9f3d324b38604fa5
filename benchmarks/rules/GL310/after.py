"""GL310, after: the `map` itself."""

import sys


def main(size: int) -> None:
    total = 0
    for text in map(str, range(size)):
        total += len(text)
    print(total)


main(int(sys.argv[1]))
