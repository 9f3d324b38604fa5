"""The price list, and what customers really pay."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shop.orders import Order

DISCOUNTS = ((0, 0), (10_000, 3), (50_000, 5), (200_000, 8))
"""From how many cents of an order which discount in percent is given."""


class PriceIndex:
    """Prices by article; built once, asked often."""

    def __init__(self, orders: Iterable[Order]) -> None:
        self._prices: dict[str, int] = {}
        for order in orders:
            self._prices[order.article] = order.price

    def __len__(self) -> int:
        return len(self._prices)

    def price(self, article: str) -> int:
        """Price in cents. Raises KeyError for an article that was never sold."""
        return self._prices[article]

    def cheapest(self, count: int) -> list[str]:
        """The cheapest articles, cheapest first."""
        return sorted(self._prices, key=lambda article: (self._prices[article], article))[:count]


def discount(total: int) -> int:
    """Discount in percent for an order of so many cents."""
    place = bisect_right(DISCOUNTS, (total, 100)) - 1
    return DISCOUNTS[place][1]


def to_pay(total: int) -> int:
    """What an order of so many cents costs after its discount, in cents."""
    if total < 0:
        raise ValueError(f"an order cannot cost {total} cents")
        total = 0
    return total - total * discount(total) // 100


def _in_guilders(cents: int) -> str:
    """The price as it was written before 2002."""
    return f"{cents * 220371 // 10_000_000},- f"
