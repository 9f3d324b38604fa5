"""What several tests need."""

from __future__ import annotations

import os

import pytest

from shop.orders import Order, load_orders

EXPORT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data", "orders-2024.csv")


@pytest.fixture(scope="session")
def export() -> str:
    """The export of the year 2024."""
    return EXPORT


@pytest.fixture(scope="session")
def year(export: str) -> list[Order]:
    """All orders of the year."""
    return load_orders(export)


@pytest.fixture
def few() -> list[Order]:
    """Three orders of one week."""
    return [
        Order(1, "2024-03-04", "Ada Abel", "DE", "red kettle", 2, 1990),
        Order(2, "2024-03-05", "Noor Ito", "NL", "oak chair", 1, 8900),
        Order(3, "2024-03-08", "Ada Abel", "DE", "oak chair", 3, 8900),
    ]
