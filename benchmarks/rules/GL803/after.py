"""GL803: weights of 32 MB, downloaded by the first run and kept in the cache. The size is the number of runs.

The server runs in a process of its own on this machine, without encryption; its time counts on both sides.
"""

import contextlib
import io
import os
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
        with (
            contextlib.redirect_stderr(io.StringIO()),  # torch says what it loads
            contextlib.redirect_stdout(io.StringIO()),
            tempfile.TemporaryDirectory() as home,  # stands for the home of the user, whose cache the next run finds again
        ):
            os.environ["TORCH_HOME"] = home
            for _ in range(size):
                total += float(load_state_dict_from_url(url, progress=False)["weight"].sum())
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]))
