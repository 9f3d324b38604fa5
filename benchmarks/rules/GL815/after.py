"""GL815: training steps of 24 small convolutions with normalisation, without the bias. The size is the number of steps."""

import sys

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(0)


def block(channels: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(channels, channels, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU())


def main(size: int) -> None:
    net = nn.Sequential(*(block(8) for _ in range(24)))
    images = torch.rand(4, 8, 8, 8)
    for _ in range(size):
        net(images).square().mean().backward()
        with torch.no_grad():
            for parameter in net.parameters():  # as plain gradient descent; torch.optim alone takes a second to import
                parameter.sub_(parameter.grad, alpha=0.01)
                parameter.grad = None
    print(size)


main(int(sys.argv[1]))
