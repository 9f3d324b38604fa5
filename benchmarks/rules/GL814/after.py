"""GL814: training steps on two graphics cards, driven by a process each. The size is the number of steps."""

import os
import sys

import torch
from torch import distributed, multiprocessing, nn

if torch.cuda.device_count() < 2:
    sys.exit("GL814 needs two graphics cards")


def work(rank: int, size: int) -> None:
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT="29511")
    distributed.init_process_group("nccl", rank=rank, world_size=2)
    torch.cuda.set_device(rank)
    torch.manual_seed(0)
    plain = nn.Sequential(nn.Linear(2048, 2048), nn.ReLU(), nn.Linear(2048, 2048), nn.ReLU(), nn.Linear(2048, 1)).cuda()
    net = nn.parallel.DistributedDataParallel(plain, device_ids=[rank])
    optimizer = torch.optim.SGD(net.parameters(), lr=0.001)
    rows = torch.rand(1024, 2048, device="cuda")
    for _ in range(size):
        optimizer.zero_grad()
        loss = net(rows).square().mean()
        loss.backward()
        optimizer.step()
    if rank == 0:
        print(size, bool(torch.isfinite(loss)))
    distributed.destroy_process_group()


if __name__ == "__main__":
    multiprocessing.spawn(work, args=(int(sys.argv[1]),), nprocs=2)
