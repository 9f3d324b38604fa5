"""GL112: start a small tool N times that imports numpy at the top for an annotation alone."""

from __future__ import annotations

import subprocess
import sys

import numpy as np


def total(values: np.ndarray | list[int]) -> int:
    return sum(values)


def main(size: str) -> None:
    if size == "once":
        print(total([3, 4]))
        return
    outputs = {subprocess.run([sys.executable, __file__, "once"], capture_output=True, check=True).stdout for _ in range(int(size))}
    print(outputs.pop().decode().strip())


main(sys.argv[1])
