"""GL112, after: the same tool, started N times; only type checkers import numpy."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
