"""GL707, after: one pool for all."""

import sys
from multiprocessing import Pool


def main(size: int) -> None:
    total = 0
    with Pool(2) as pool:
        for batch in range(size):
            total += sum(pool.map(abs, range(-batch, -batch + 4)))
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]))
