"""GL608, after: with slots."""

import sys
from dataclasses import dataclass


@dataclass(slots=True)
class Row:
    number: int
    name: str
    price: float


def main(size: int) -> None:
    rows = [Row(number, "same", 1.5) for number in range(size)]
    print(len(rows), sum(row.price for row in rows))


main(int(sys.argv[1]))
