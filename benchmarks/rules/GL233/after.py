"""GL233, after: the value under a local name."""

import os
import sys


def main(size: int) -> None:
    found = 0
    characters = "/a" * (size // 2)
    sep = os.path.sep
    for character in characters:
        if character == sep:
            found += 1
    print(found)


main(int(sys.argv[1]))
