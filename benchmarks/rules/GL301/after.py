"""GL301, after: the open file walked line by line."""

import os
import sys
import tempfile

BLOCK = "".join(f"{number:06} the quick brown fox jumps over the lazy dog\n" for number in range(1000))


def write_file(path: str, size: int) -> None:
    with open(path, "w", encoding="ascii") as file:
        for _ in range(size // 1000):
            file.write(BLOCK)


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lines.txt")
        write_file(path, size)
        total = 0
        with open(path, encoding="ascii") as file:
            for line in file:
                total += len(line.rstrip("\n"))
        print(total)


main(int(sys.argv[1]))
