"""`python -m shop EXPORT.csv`: the reports of one export."""

from __future__ import annotations

import sys

from shop.orders import count_orders, customers, load_orders, revenue_by_country
from shop.prices import PriceIndex, to_pay
from shop.report import Report, best_articles, latest
from shop.shipping import pack, routes, wait_for_label, watch_prices
from shop.site import catalogue, price_page
from shop.store import days_of, open_store, revenue, save


def main(arguments: list[str]) -> int:
    """Print the reports; `--watch` never ends, `--by-country` needs pandas."""
    path = arguments[0]
    orders = load_orders(path)
    index = PriceIndex(orders)
    if "--watch" in arguments:
        watch_prices(index)
    if "--by-country" in arguments:
        print(revenue_by_country(path))
    if "--label" in arguments:
        print(wait_for_label(arguments[arguments.index("--label") + 1]))
    if "--store" in arguments:
        store = arguments[arguments.index("--store") + 1]
        with open_store(store) as connection:
            save(connection, orders)
            print(*days_of(connection, orders[0].customer))
        print(revenue(store))
    report = Report("Orders")
    report.add_orders(orders)
    print(report.text)
    print(best_articles(orders, 10))
    print("latest:", *latest(orders, 5))
    print("customers:", len(customers(path)), "in Germany:", count_orders(path, "DE"))
    print("to pay:", sum(to_pay(order.total) for order in orders))
    print("parcels:", len(pack(orders, 12)), "countries:", *routes(order.country for order in orders))
    print(price_page(index, index.cheapest(3)), len(catalogue()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
