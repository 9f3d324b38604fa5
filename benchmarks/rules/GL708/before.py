"""GL708: eight processes per core add numbers. The size is the number of numbers, in thousands."""

import os
import sys
from multiprocessing import Pool


def main(size: int) -> None:
    with Pool((os.cpu_count() or 1) * 8) as pool:
        print(sum(pool.map(add, [size * 1000 // 16] * 16)))


def add(size: int) -> int:
    return sum(number & 7 for number in range(size))


if __name__ == "__main__":
    main(int(sys.argv[1]))
