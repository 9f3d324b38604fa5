"""GL232, after: the same texts described in one way."""

import re
import sys


def main(size: int) -> None:
    text = "a" * size + "!"
    print(bool(re.match(r"(\w+\s)*\w*$", text)), bool(re.match(r"(\w+\s)*\w*$", "two words")))


main(int(sys.argv[1]))
