"""GL303, after: only the three columns that are used are loaded."""

import os
import sys
import tempfile

import pandas as pd

HEADER = ",".join(f"c{column:02}" for column in range(20)) + "\n"
BLOCK = "".join(",".join(f"{row * column % 997 / 8:.3f}" for column in range(20)) + "\n" for row in range(1000))


def write_file(path: str, size: int) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(HEADER)
        for _ in range(size // 1000):
            file.write(BLOCK)


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.csv")
        write_file(path, size)
        frame = pd.read_csv(path, usecols=["c03", "c07", "c15"])
        print(f"{frame['c03'].sum():.3f} {frame['c07'].mean():.6f} {frame['c15'].max():.3f}")


main(int(sys.argv[1]))
