from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from shop.store import days_of, open_store, revenue, save


def test_saved_orders_come_back(tmp_path, few):
    with closing(open_store(str(tmp_path / "shop.db"))) as store:
        save(store, few)
        assert list(days_of(store, "Ada Abel")) == ["2024-03-04", "2024-03-08"]


def test_an_order_is_saved_once(tmp_path, few):
    with closing(open_store(str(tmp_path / "shop.db"))) as store:
        save(store, few)
        with pytest.raises(sqlite3.IntegrityError):
            save(store, few)


def test_the_revenue_is_the_sum_of_all_orders(tmp_path, year):
    path = str(tmp_path / "shop.db")
    with closing(open_store(path)) as store:
        save(store, year)
    assert revenue(path) == sum(order.total for order in year)
