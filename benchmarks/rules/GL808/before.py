"""GL808: batches that go to the graphics card from ordinary memory. The size is the number of batches."""

import sys

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

if torch.cuda.device_count() < 1:
    sys.exit("GL808 needs a graphics card")


def main(size: int) -> None:
    rows = TensorDataset(torch.rand(64 * size, 4096))
    net = nn.Linear(4096, 64).cuda()
    total = torch.zeros((), device="cuda")
    with torch.no_grad():
        for (batch,) in DataLoader(rows, batch_size=64):
            total += net(batch.to("cuda")).isfinite().sum()
    print(int(total))


main(int(sys.argv[1]))
