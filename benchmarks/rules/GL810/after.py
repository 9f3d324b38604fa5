"""GL810: training steps whose losses are added up on the card. The size is the number of steps."""

import sys

import torch
from torch import nn

if torch.cuda.device_count() < 1:
    sys.exit("GL810 needs a graphics card")


def main(size: int) -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 1)).cuda()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.0)
    rows = torch.rand(256, 256, device="cuda")
    total = torch.zeros((), device="cuda")
    for _ in range(size):
        optimizer.zero_grad()
        loss = net(rows).square().mean()
        loss.backward()
        optimizer.step()
        total += loss.detach()
    print(f"{float(total) / size:.4f}")


main(int(sys.argv[1]))
