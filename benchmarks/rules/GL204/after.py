"""GL204, after: each is looked up in a set."""

import sys


def main(size: int) -> None:
    known = {f"user{number}" for number in range(0, 2 * size, 2)}
    found = 0
    for number in range(size):
        if f"user{number}" in known:
            found += 1
    print(found)


main(int(sys.argv[1]))
