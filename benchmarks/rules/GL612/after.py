"""GL612, after: as they are."""

import sys

import numpy as np


def main(size: int) -> None:
    numbers = np.arange(size, dtype=float)
    roots = np.asarray(np.sqrt(numbers))
    print(len(roots), roots[-1])


main(int(sys.argv[1]))
