"""GL224, after: the dot product."""

import sys

import numpy as np


def main(size: int) -> None:
    first = np.arange(size)
    second = np.arange(size) % 7
    print(int(first @ second))


main(int(sys.argv[1]))
