"""GL816: a tensor of random numbers that numpy draws and torch copies. The size is the number of its rows of 100."""

import sys

import numpy as np
import torch

torch.set_num_threads(1)


def main(size: int) -> None:
    total = 0
    for _ in range(4):
        total += torch.tensor(np.random.rand(size, 100)).shape[0]
    print(total)


main(int(sys.argv[1]))
