"""GL306: a table written as text and read back; the size is the number of rows.

Parquet and Feather need pyarrow, which is not everywhere; the other side uses a pickle of the frame.
"""

import os
import sys
import tempfile

import numpy as np
import pandas as pd


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cache.csv")
        frame = pd.DataFrame({"x": np.arange(size) / 8, "y": np.arange(size) * 3})
        if not os.path.exists(path):
            frame.to_csv(path, index=False)
        back = pd.read_csv(path)
        print(back["x"].sum(), back["y"].sum())


main(int(sys.argv[1]))
