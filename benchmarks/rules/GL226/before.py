"""GL226: the rows of a tensor, added up one by one. The size is the number of rows."""

import sys

import torch

torch.set_num_threads(1)


def main(size: int) -> None:
    rows = torch.ones(size, 8)
    total = torch.zeros(8)
    for row in rows:
        total += row
    print(total.tolist())


main(int(sys.argv[1]))
