"""GL313, after: the files of a folder, as the listing itself tells."""

import os
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(size):
            open(os.path.join(folder, f"{number}.txt"), "wb").close()
        total = 0
        for _ in range(50):
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_file():
                        total += len(entry.path) - len(folder)
        print(total)


main(int(sys.argv[1]))
