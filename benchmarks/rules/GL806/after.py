"""GL806: the same network, with products in 16-bit numbers. The size is the number of steps."""

import sys

import torch
from torch import nn

if torch.cuda.device_count() < 1:
    sys.exit("GL806 needs a graphics card")


def main(size: int) -> None:
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(2048, 8192), nn.GELU(), nn.Linear(8192, 8192), nn.GELU(), nn.Linear(8192, 10)).cuda()
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-3)
    inputs, wanted = torch.randn(1024, 2048, device="cuda"), torch.randint(10, (1024,), device="cuda")
    for _ in range(size):
        with torch.autocast("cuda", dtype=torch.bfloat16):
            loss = nn.functional.cross_entropy(net(inputs), wanted)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"{loss.item():.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
