"""GL203: an array that is copied to add one value. Size: values."""

import sys

import numpy as np


def main(size: int) -> None:
    values = np.array([], dtype=np.int64)
    for number in range(size):
        values = np.append(values, number * 7 % 1_000_003)
    print(len(values), int(values.sum()))


main(int(sys.argv[1]))
