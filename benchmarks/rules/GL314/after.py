"""GL314, after: the file goes through one small buffer."""

import hashlib
import os
import sys
import tempfile


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data.bin")
        block = bytes(range(256)) * 4096
        with open(path, "wb") as file:
            for _ in range(size):
                file.write(block)
        with open(path, "rb") as file:
            print(digest(file).hexdigest())


def digest(file):
    if sys.version_info >= (3, 11):
        return hashlib.file_digest(file, "sha256")
    found = hashlib.sha256()
    while piece := file.read(1 << 18):
        found.update(piece)
    return found


main(int(sys.argv[1]))
