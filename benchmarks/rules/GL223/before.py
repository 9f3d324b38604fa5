"""GL223: square roots of NumPy for one number at a time. Size: numbers."""

import sys

import numpy as np


def main(size: int) -> None:
    total = 0.0
    for number in range(size):
        total += int(np.sqrt(number) * 1000)
    print(int(total))


main(int(sys.argv[1]))
