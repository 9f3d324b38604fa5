from __future__ import annotations

import pytest

from shop.orders import count_orders, customers, parse_order


def test_all_orders_of_the_year_are_loaded(year):
    assert len(year) == 22_000
    assert year[0].number == 0
    assert year[-1].day.startswith("2024-12")


def test_the_total_counts_every_piece(few):
    assert [order.total for order in few] == [3980, 8900, 26700]


def test_a_short_line_is_refused():
    with pytest.raises(ValueError):
        parse_order(["1", "2024-01-01"])


def test_orders_of_a_country_are_counted(export, year):
    assert count_orders(export, "NL") == sum(order.country == "NL" for order in year)


def test_every_customer_is_named_once(export, year):
    assert customers(export) == {order.customer for order in year}
