"""GL608: rows of a table kept as instances of a data class. The size is the number of rows."""

import sys
from dataclasses import dataclass


@dataclass
class Row:
    number: int
    name: str
    price: float


def main(size: int) -> None:
    rows = [Row(number, "same", 1.5) for number in range(size)]
    print(len(rows), sum(row.price for row in rows))


main(int(sys.argv[1]))
