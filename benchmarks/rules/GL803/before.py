"""GL803: weights of 32 MB, downloaded into a new temporary folder by each run. The size is the number of runs.

The server runs in a process of its own on this machine, without encryption; its time counts on both sides.
"""

import contextlib
import io
import sys
import tempfile

import torch
from torch.hub import load_state_dict_from_url
from weights import weights

from local_server import apart

torch.set_num_threads(1)


def main(size: int) -> None:
    total = 0.0
    with apart(weights) as base:
        url = f"{base}/model.pt"
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):  # torch says what it loads
            for _ in range(size):
                with tempfile.TemporaryDirectory() as cache:
                    total += float(load_state_dict_from_url(url, model_dir=cache, progress=False)["weight"].sum())
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]))
