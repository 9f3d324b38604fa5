"""Reports as plain text, for the printer in the warehouse."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shop.orders import Order


class Report:
    """A report that grows line by line."""

    def __init__(self, title: str) -> None:
        self.text = f"{title}\n{'=' * len(title)}\n"

    def add_orders(self, orders: Iterable[Order]) -> None:
        """One line for each order."""
        for order in orders:
            self.text += (
                f"{order.day} {order.number:>5} {order.customer:<15} {order.country} "
                f"{order.article:<20} {order.total / 100:>8.2f}\n"
            )


def best_articles(orders: Iterable[Order], count: int) -> str:
    """The articles that sold best, one a line."""
    sold: Counter[str] = Counter()
    for order in orders:
        sold[order.article] += order.quantity
    lines = [f"{quantity:>6} {article}" for article, quantity in sold.most_common(count)]
    return "\n".join(lines)


def latest(orders: Iterable[Order], count: int) -> list[int]:
    """The numbers of the latest orders, newest first."""
    numbers: list[int] = []
    for order in orders:
        numbers.insert(0, order.number)
    return numbers[:count]
