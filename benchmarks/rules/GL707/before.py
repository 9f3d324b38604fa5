"""GL707: a pool of two processes for each batch of four numbers. The size is the number of batches."""

import sys
from multiprocessing import Pool


def main(size: int) -> None:
    total = 0
    for batch in range(size):
        with Pool(2) as pool:
            total += sum(pool.map(abs, range(-batch, -batch + 4)))
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]))
