"""GL612: the roots of numbers, copied once more. The size is the number of numbers."""

import sys

import numpy as np


def main(size: int) -> None:
    numbers = np.arange(size, dtype=float)
    roots = np.array(np.sqrt(numbers))
    print(len(roots), roots[-1])


main(int(sys.argv[1]))
