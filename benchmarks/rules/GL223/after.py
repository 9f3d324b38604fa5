"""GL223, after: all square roots in one call."""

import sys

import numpy as np


def main(size: int) -> None:
    print(int((np.sqrt(np.arange(size)) * 1000).astype(np.int64).sum()))


main(int(sys.argv[1]))
