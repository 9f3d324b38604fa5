"""GL308: a template of an order is copied for each customer, as deep as it is changed; the size is the number of customers."""

import sys

TEMPLATE = {"customer": "", "currency": "EUR", "paid": False, "items": [{"article": 1, "count": 2}, {"article": 7, "count": 1}]}


def main(size: int) -> None:
    total = 0
    for number in range(size):
        order = {**TEMPLATE, "items": [*TEMPLATE["items"]]}
        order["customer"] = f"customer {number}"
        order["items"].append({"article": number, "count": 1})
        total += len(order["items"])
    print(total)


main(int(sys.argv[1]))
