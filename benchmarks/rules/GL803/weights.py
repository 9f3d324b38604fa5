"""The server of both sides of GL803: it holds weights of 32 MB."""

import io
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet


class Weights(Quiet):
    content = b""

    def do_GET(self) -> None:
        self.answer(self.content)


def weights() -> type[Weights]:
    buffer = io.BytesIO()
    torch.save({"weight": torch.ones(8_000_000)}, buffer)
    Weights.content = buffer.getvalue()
    return Weights
