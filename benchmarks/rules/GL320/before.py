"""GL320: a hundred rows of a stored array; the size is the number of rows in the file.

Both sides write the same file first, a hundred rows at a time.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.npy"
        with path.open("wb") as file:
            header = {"descr": "<f8", "fortran_order": False, "shape": (size, 128)}
            np.lib.format.write_array_header_1_0(file, header)
            for _ in range(size // 100):
                file.write(np.ones((100, 128)).tobytes())
        total = 0.0
        for _ in range(3):
            rows = np.load(path)[:100]
            total += rows.sum()
        print(total)


main(int(sys.argv[1]))
