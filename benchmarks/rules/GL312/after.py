"""GL312, after: the buffer collects the lines."""

import os
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lines.txt")
        with open(path, "w", encoding="ascii") as out:
            for number in range(size):
                out.write(f"{number:08} the quick brown fox\n")
        print(os.path.getsize(path))


main(int(sys.argv[1]))
