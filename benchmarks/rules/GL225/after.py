"""GL225, after: whole columns."""

import sys

import pandas as pd


def main(size: int) -> None:
    table = pd.DataFrame({"price": range(size), "count": [number % 7 for number in range(size)]})
    total = (table["price"] * table["count"]).sum()
    print(int(total))


main(int(sys.argv[1]))
