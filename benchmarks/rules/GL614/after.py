"""GL614, after: the collector left alone."""

import gc  # noqa: F401
import sys


def main(size: int) -> None:
    held = [{"number": number} for number in range(100_000)]
    total = 0
    for number in range(size):
        total += len(str(number))
    print(total, len(held))


main(int(sys.argv[1]))
