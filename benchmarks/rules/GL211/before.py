"""GL211: a pattern handed to `re` for each line. Size: lines."""

import re
import sys


def main(size: int) -> None:
    lines = [f"name{number} = {number}" for number in range(size)]
    found = 0
    for line in lines:
        if re.match(r"\w+5 =", line):
            found += 1
    print(found)


main(int(sys.argv[1]))
