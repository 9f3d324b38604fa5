"""GL304: columns of small numbers converted after the load; the size is the number of rows.

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
            file.write("a,b,c,d,e,f\n")
            file.writelines("1,2,3,4,0.5,0.25\n" for _ in range(size))
        frame = pd.read_csv(path).astype({"a": "int8", "b": "int8", "c": "int8", "d": "int8", "e": "float32", "f": "float32"})
        print(frame["a"].sum(), frame["e"].sum())


main(int(sys.argv[1]))
