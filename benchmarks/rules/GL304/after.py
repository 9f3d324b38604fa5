"""GL304, after: the types are named when the table is loaded."""

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
        types = {"a": "int8", "b": "int8", "c": "int8", "d": "int8", "e": "float32", "f": "float32"}
        frame = pd.read_csv(path, dtype=types)
        print(frame["a"].sum(), frame["e"].sum())


main(int(sys.argv[1]))
