"""GL311: a file opened anew for every line that is added to it. The size is the number of lines."""

import os
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lines.txt")
        for number in range(size):
            with open(path, "a", encoding="ascii") as out:
                out.write(f"{number:08} the quick brown fox\n")
        print(os.path.getsize(path))


main(int(sys.argv[1]))
