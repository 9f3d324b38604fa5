"""GL203, after: values collected in a list, made an array once."""

import sys

import numpy as np


def main(size: int) -> None:
    collected = []
    for number in range(size):
        collected.append(number * 7 % 1_000_003)
    values = np.array(collected, dtype=np.int64)
    print(len(values), int(values.sum()))


main(int(sys.argv[1]))
