"""GL204: each of n names is looked up in a list of n. Size: names."""

import sys


def main(size: int) -> None:
    known = [f"user{number}" for number in range(0, 2 * size, 2)]
    found = 0
    for number in range(size):
        if f"user{number}" in known:
            found += 1
    print(found)


main(int(sys.argv[1]))
