"""GL321, after: the workbook parsed once."""

import os
import sys
import tempfile

import pandas as pd
from openpyxl import Workbook

REGIONS = ("north", "south", "west")


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sales.xlsx")
        book = Workbook(write_only=True)
        sheet = book.create_sheet("sales")
        sheet.append(("region", "amount"))
        for number in range(size):
            sheet.append((REGIONS[number % 3], number / 4))
        book.save(path)
        sales = pd.read_excel(path)
        totals = []
        for region in REGIONS:
            totals.append(sales.loc[sales["region"] == region, "amount"].sum())
        print(*totals)


main(int(sys.argv[1]))
