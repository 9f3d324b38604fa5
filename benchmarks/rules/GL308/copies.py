"""Microseconds of three deep copies of a dictionary with some 500 values: JSON and back, `copy.deepcopy`, pickle and back.

    python benchmarks/rules/GL308/copies.py
"""

import copy
import json
import pickle
import timeit

order = {"id": 7, "items": [{"name": f"item {n}", "price": n / 4, "tags": ["a", "b"], "sizes": {"s": n}} for n in range(83)]}
ways = {
    "json": lambda: json.loads(json.dumps(order)),
    "deepcopy": lambda: copy.deepcopy(order),
    "pickle": lambda: pickle.loads(pickle.dumps(order)),
}
for name, way in ways.items():
    assert way() == order
    print(name, round(min(timeit.repeat(way, number=200, repeat=7)) / 200 * 1e6), "µs")
