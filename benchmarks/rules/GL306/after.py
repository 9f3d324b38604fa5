"""GL306, after: the table written as it is in memory."""

import os
import sys
import tempfile

import numpy as np
import pandas as pd


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cache.pickle")
        frame = pd.DataFrame({"x": np.arange(size) / 8, "y": np.arange(size) * 3})
        if not os.path.exists(path):
            frame.to_pickle(path)
        back = pd.read_pickle(path)
        print(back["x"].sum(), back["y"].sum())


main(int(sys.argv[1]))
