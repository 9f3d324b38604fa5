"""GL305, after: the sums of parts of the table, added up."""

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
        total = 0
        for part in pd.read_csv(path, chunksize=20_000):
            total += part["a"].sum()
        print(total)


main(int(sys.argv[1]))
