"""GL315: a file read whole and written out again. The size is in MiB."""

import os
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, copy = os.path.join(folder, "data.bin"), os.path.join(folder, "copy.bin")
        with open(path, "wb") as file:
            for _ in range(size):
                file.write(bytes(1 << 20))
        with open(path, "rb") as source, open(copy, "wb") as target:
            target.write(source.read())
        print(os.path.getsize(copy))


main(int(sys.argv[1]))
