"""GL233: a value looked up through two modules in every turn; the size is the number of turns."""

import os
import sys


def main(size: int) -> None:
    found = 0
    characters = "/a" * (size // 2)
    for character in characters:
        if character == os.path.sep:
            found += 1
    print(found)


main(int(sys.argv[1]))
