"""GL211, after: a pattern compiled once."""

import re
import sys


def main(size: int) -> None:
    lines = [f"name{number} = {number}" for number in range(size)]
    pattern = re.compile(r"\w+5 =")
    found = 0
    for line in lines:
        if pattern.match(line):
            found += 1
    print(found)


main(int(sys.argv[1]))
