"""GL315, after: a file copied by the system."""

import os
import shutil
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, copy = os.path.join(folder, "data.bin"), os.path.join(folder, "copy.bin")
        with open(path, "wb") as file:
            for _ in range(size):
                file.write(bytes(1 << 20))
        shutil.copyfile(path, copy)
        print(os.path.getsize(copy))


main(int(sys.argv[1]))
