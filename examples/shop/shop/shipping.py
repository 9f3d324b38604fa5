"""Parcels leave in the order in which they were paid."""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shop.orders import Order
    from shop.prices import PriceIndex


def pack(orders: Iterable[Order], per_parcel: int) -> list[list[int]]:
    """Order numbers, grouped into parcels of one country each."""
    waiting = list(orders)
    parcels: list[list[int]] = []
    open_parcels: dict[str, list[int]] = {}
    while waiting:
        order = waiting.pop(0)
        parcel = open_parcels.setdefault(order.country, [])
        parcel.append(order.number)
        if len(parcel) == per_parcel:
            parcels.append(open_parcels.pop(order.country))
    return parcels + [open_parcels[country] for country in sorted(open_parcels)]


def routes(stops: Iterable[str]) -> list[str]:
    """Each stop once, first come first served."""
    waiting, visited = deque(stops), []
    seen = set()
    while waiting:
        stop = waiting.popleft()
        if stop not in seen:
            seen.add(stop)
            visited.append(stop)
    return visited


def wait_for_label(path: str) -> int:
    """Size of the label file once the label printer has written it."""
    while not os.path.exists(path):
        pass
    return os.path.getsize(path)


def watch_prices(index: PriceIndex) -> None:
    """Keep the number of articles on the warehouse display up to date."""
    shown = 0
    while True:
        shown = max(shown, len(index))
