"""GL225: the rows of a frame as Series. Size: rows."""

import sys

import pandas as pd


def main(size: int) -> None:
    table = pd.DataFrame({"price": range(size), "count": [number % 7 for number in range(size)]})
    total = 0
    for _, row in table.iterrows():
        total += row["price"] * row["count"]
    print(int(total))


main(int(sys.argv[1]))
