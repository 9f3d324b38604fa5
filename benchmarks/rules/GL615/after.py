"""GL615, after: compared with the first value."""

import sys

import numpy as np
import pandas as pd


def main(size: int) -> None:
    values = np.arange(size) * 0.5
    frame = pd.DataFrame({"a": values, "b": values + 1, "c": values * 2, "d": values - 1, "e": np.ones(size)})
    constant = [name for name in frame.columns if (frame[name].to_numpy() == frame[name].iloc[0]).all()]
    print(constant)


main(int(sys.argv[1]))
