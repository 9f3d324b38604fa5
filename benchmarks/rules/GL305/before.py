"""GL305: a table loaded whole for the sum of one column; the size is the number of rows.

Both sides write the same file first, with the same import of pandas.
"""

import sys
import tempfile
from pathlib import Path

import pandas as pd


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sales.csv"
        with path.open("w") as file:
            file.write("a,b,c,d\n")
            file.writelines(f"{i},{i * 2},{i * 3},{i * 4}\n" for i in range(size))
        frame = pd.read_csv(path)
        print(frame["a"].sum())


main(int(sys.argv[1]))
