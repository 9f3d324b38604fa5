"""GL231, after: the same through a view, which copies nothing."""

import struct
import sys


def main(size: int) -> None:
    data = memoryview(bytes(size))
    total = 0
    while data:
        (value,) = struct.unpack(">q", data[:8])
        total += value + 1
        data = data[8:]
    print(total)


main(int(sys.argv[1]))
