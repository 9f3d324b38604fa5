"""GL801: a network of 24 layers in evaluation mode, with gradients off. The size is the number of rows of the batch."""

import sys

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(0)


def predict(model: nn.Module, batch: torch.Tensor) -> torch.Tensor:
    model.eval()
    with torch.no_grad():
        scores = model(batch)
    return scores.argmax(1)


def main(size: int) -> None:
    layers = [layer for _ in range(24) for layer in (nn.Linear(128, 128), nn.Sigmoid())]
    print(int(predict(nn.Sequential(*layers), torch.rand(size, 128)).sum()))


main(int(sys.argv[1]))
