"""GL231: records of eight bytes cut off the front of a bytes object; the size is its length in bytes."""

import struct
import sys


def main(size: int) -> None:
    data = bytes(size)
    total = 0
    while data:
        (value,) = struct.unpack(">q", data[:8])
        total += value + 1
        data = data[8:]
    print(total)


main(int(sys.argv[1]))
