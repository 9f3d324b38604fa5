"""GL814: training steps on two graphics cards, driven by one process. The size is the number of steps."""

import sys

import torch
from torch import nn

if torch.cuda.device_count() < 2:
    sys.exit("GL814 needs two graphics cards")


def main(size: int) -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(2048, 2048), nn.ReLU(), nn.Linear(2048, 2048), nn.ReLU(), nn.Linear(2048, 1)).cuda()
    net = nn.DataParallel(net)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.001)
    rows = torch.rand(2048, 2048, device="cuda")
    for _ in range(size):
        optimizer.zero_grad()
        loss = net(rows).square().mean()
        loss.backward()
        optimizer.step()
    print(size, bool(torch.isfinite(loss)))


main(int(sys.argv[1]))
