"""GL807: images that four other processes unpack. The size is the number of images."""

import gzip
import os
import sys
import tempfile

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

if torch.cuda.device_count() < 1:
    sys.exit("GL807 needs a graphics card")


class Images(Dataset[torch.Tensor]):
    def __init__(self, path: str, size: int) -> None:
        self.path, self.size = path, size

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, _: int) -> torch.Tensor:
        with gzip.open(self.path) as file:
            return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).float()


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "image.gz")
        with gzip.open(path, "wb") as file:
            file.write(bytes(range(256)) * 588)
        net = nn.Linear(588 * 256, 512).cuda()
        total = torch.zeros((), device="cuda")
        with torch.no_grad():
            for batch in DataLoader(Images(path, size), batch_size=32, num_workers=4):
                total += net(batch.to("cuda")).isfinite().sum()
        print(int(total))


if __name__ == "__main__":
    main(int(sys.argv[1]))
