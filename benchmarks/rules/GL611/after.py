"""GL611, after: the builtins."""

import sys


def main(size: int) -> None:
    source = range(size)
    rows = []
    rows.extend(source)
    total = sum(rows)
    print(len(rows), total)


main(int(sys.argv[1]))
