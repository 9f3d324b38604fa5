"""GL224: two arrays multiplied item by item. Size: items."""

import sys

import numpy as np


def main(size: int) -> None:
    first = np.arange(size)
    second = np.arange(size) % 7
    total = 0
    for i in range(size):
        total += first[i] * second[i]
    print(int(total))


main(int(sys.argv[1]))
