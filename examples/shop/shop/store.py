"""Orders in SQLite."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shop.orders import Order

_SCHEMA = """
CREATE TABLE IF NOT EXISTS orders (
    number INTEGER PRIMARY KEY, day TEXT, customer TEXT, country TEXT, article TEXT, quantity INTEGER, price INTEGER
)
"""


def open_store(path: str) -> sqlite3.Connection:
    """The store in a file, made when it is missing."""
    connection = sqlite3.connect(path)
    connection.execute(_SCHEMA)
    return connection


def save(connection: sqlite3.Connection, orders: Iterable[Order]) -> None:
    """Add orders in one transaction."""
    rows = ((o.number, o.day, o.customer, o.country, o.article, o.quantity, o.price) for o in orders)
    with connection:
        connection.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def days_of(connection: sqlite3.Connection, customer: str) -> Iterator[str]:
    """The days on which a customer ordered, read row by row."""
    cursor = connection.execute("SELECT day FROM orders WHERE customer = ? ORDER BY day", (customer,))
    for (day,) in cursor:
        yield day


def revenue(path: str) -> int:
    """Sum over all orders in cents."""
    connection = sqlite3.connect(path)
    cursor = connection.cursor()
    cursor.execute("SELECT quantity, price FROM orders")
    total = 0
    for quantity, price in cursor.fetchall():
        total += quantity * price
    connection.close()
    return total
