"""Orders as the web shop exports them: one CSV line per order."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """One order line; the price is in cents."""

    number: int
    day: str
    customer: str
    country: str
    article: str
    quantity: int
    price: int

    @property
    def total(self) -> int:
        """Price of all pieces, in cents."""
        return self.quantity * self.price


def parse_order(fields: list[str]) -> Order:
    """An order from the seven fields of its line. Raises ValueError when there are more or fewer."""
    number, day, customer, country, article, quantity, price = fields
    return Order(int(number), day, customer, sys.intern(country), sys.intern(article), int(quantity), int(price))


def load_orders(path: str) -> list[Order]:
    """All orders of an export, in the order of the file."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        return [parse_order(row) for row in rows]


def count_orders(path: str, country: str) -> int:
    """How many orders went to a country."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    count = 0
    for line in text.splitlines():
        if f",{country}," in line:
            count += 1
    return count


def customers(path: str) -> set[str]:
    """The names of all customers."""
    found = set()
    with open(path, encoding="utf-8") as file:
        for line in file.readlines():
            found.add(line.split(",")[2])
    found.discard("customer")
    return found


def revenue_by_country(path: str) -> dict[str, int]:
    """Revenue in cents by country; pandas is needed for this report only."""
    import pandas as pd

    orders = pd.read_csv(path)
    revenue = orders["quantity"] * orders["price"]
    return {str(country): int(total) for country, total in revenue.groupby(orders["country"]).sum().items()}
