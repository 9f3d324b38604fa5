"""GL817: training steps whose losses are added up with their graphs. The size is the number of steps."""

import sys

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(0)


def main(size: int) -> None:
    layers = [layer for _ in range(4) for layer in (nn.Linear(8, 8), nn.ReLU())]
    net = nn.Sequential(*layers)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.0)
    total = torch.zeros(())
    for step in range(size):
        optimizer.zero_grad()
        loss = net(torch.full((4, 8), step % 7 / 7)).square().mean()
        loss.backward()
        optimizer.step()
        total += loss
    print(f"{float(total):.3f}")


main(int(sys.argv[1]))
