from __future__ import annotations

import pytest

from shop.prices import PriceIndex, discount, to_pay


@pytest.mark.energy_budget("5 J", cpu="2 s")
def test_the_index_knows_every_article(year):
    index = PriceIndex(year)
    assert len(index) == 120
    assert all(index.price(order.article) == order.price for order in year)


def test_the_cheapest_article_comes_first(few):
    assert PriceIndex(few).cheapest(1) == ["red kettle"]


@pytest.mark.parametrize(("total", "percent"), [(0, 0), (9_999, 0), (10_000, 3), (60_000, 5), (900_000, 8)])
def test_large_orders_get_a_discount(total, percent):
    assert discount(total) == percent


def test_nobody_pays_less_than_nothing():
    assert to_pay(10_000) == 9_700
    with pytest.raises(ValueError, match="cannot cost"):
        to_pay(-1)
