"""GL614: the collector made to run in every turn of a loop, with 100,000 objects held. The size is the number of turns."""

import gc
import sys


def main(size: int) -> None:
    held = [{"number": number} for number in range(100_000)]
    total = 0
    for number in range(size):
        total += len(str(number))
        gc.collect()
    print(total, len(held))


main(int(sys.argv[1]))
