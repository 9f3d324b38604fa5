from __future__ import annotations

from shop.prices import PriceIndex
from shop.site import catalogue, price_page


def test_the_price_page_shows_the_price(few):
    assert "<td>19.90</td>" in price_page(PriceIndex(few), ["red kettle"])


def test_the_catalogue_has_the_prices_of_the_orders(year):
    index = PriceIndex(year)
    assert all(entry["price"] == index.price(str(entry["name"])) for entry in catalogue())
