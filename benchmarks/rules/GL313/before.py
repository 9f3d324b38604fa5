"""GL313: the files of a folder, asked for by name. The size is the number of entries; the folder is read fifty times."""

import os
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(size):
            open(os.path.join(folder, f"{number}.txt"), "wb").close()
        total = 0
        for _ in range(50):
            for name in os.listdir(folder):
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    total += len(path) - len(folder)
        print(total)


main(int(sys.argv[1]))
