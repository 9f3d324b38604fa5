"""GL232: a word that an ambiguous pattern tries in all ways. Size: letters."""

import re
import sys


def main(size: int) -> None:
    text = "a" * size + "!"
    print(bool(re.match(r"(\w+\s?)*$", text)), bool(re.match(r"(\w+\s?)*$", "two words")))


main(int(sys.argv[1]))
