"""Pages of the static site."""

from __future__ import annotations

import html
import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.prices import PriceIndex

STATIC = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "static")


def price_page(index: PriceIndex, articles: list[str]) -> str:
    """A page with the prices of some articles."""
    rows = "".join(
        f"<tr><td>{html.escape(article)}</td><td>{index.price(article) / 100:.2f}</td></tr>" for article in articles
    )
    return f"<!doctype html><title>Prices</title><link rel=stylesheet href=site.css><table>{rows}</table>"


def catalogue() -> list[dict[str, object]]:
    """The articles that the browser shows."""
    with open(os.path.join(STATIC, "catalogue.js"), encoding="utf-8") as file:
        _, _, literal = file.read().partition("=")
    articles: list[dict[str, object]] = json.loads(literal.rstrip().rstrip(";"))
    return articles
