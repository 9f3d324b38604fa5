"""What gzip saves on the wire and costs in CPU time, for answers of JSON: the table of GL506 and GL511.

One client and one server in this process, on this machine. "On the wire" is the body as sent. CPU time is that of both sides together,
packing and unpacking included, the median of 15 rounds. What moving a byte costs is not measured.
"""

from __future__ import annotations

import gzip
import json
import platform
import random
import statistics
import time
from typing import NamedTuple
from urllib.request import Request, urlopen

from local_server import Quiet, start

ROUNDS = 15
SIZES = (1, 10, 100, 1000)
"""Of the body, in kB."""


class Side(NamedTuple):
    """What the client takes, and whether the server compresses for those who take it."""

    accepts: str
    compresses: bool


class Handler(Quiet):
    """Answers with a body, packed where both sides want it."""

    body = b""
    compresses = True

    def do_GET(self) -> None:
        if self.compresses and "gzip" in self.headers["Accept-Encoding"]:
            self.answer(gzip.compress(self.body, 6), Content_Encoding="gzip")
        else:
            self.answer(self.body)


def rows(size: int) -> bytes:
    """About `size` kB of JSON."""
    rng = random.Random(1)
    items = []
    length = 0
    while length < size * 1000:
        item = {
            "id": rng.randrange(10**6),
            "name": rng.choice(("pump", "valve", "meter")),
            "price": round(rng.random() * 99, 2),
            "on": True,
        }
        items.append(item)
        length += len(json.dumps(item)) + 2
    return json.dumps(items).encode()


def ask(url: str, encoding: str) -> tuple[int, bytes]:
    """Bytes on the wire and the body."""
    with urlopen(Request(url, headers={"Accept-Encoding": encoding}), timeout=9) as answer:
        sent = answer.read()
        return len(sent), gzip.decompress(sent) if answer.headers["Content-Encoding"] == "gzip" else sent


def measure(url: str, side: Side) -> tuple[int, float]:
    """Bytes on the wire, and median CPU milliseconds of a request."""
    Handler.compresses = side.compresses
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        sent, body = ask(url, side.accepts)
        times.append(time.process_time() - began)
        assert body == Handler.body
    return sent, statistics.median(times) * 1000


def table(before: Side, after: Side) -> None:
    """Print the Markdown table of both sides."""
    url = f"{start(Handler)}/"
    print(f"{platform.python_implementation()} {platform.python_version()}\n")
    print("| body kB | on the wire B, before → after | saved | CPU ms, before → after | CPU per MB saved |")
    print("| --: | --- | --: | --- | --: |")
    for size in SIZES:
        Handler.body = rows(size)
        (plain, plain_ms), (packed, packed_ms) = measure(url, before), measure(url, after)
        saved = plain - packed
        extra = f"{(packed_ms - plain_ms) / saved * 1e6:.0f} ms"
        print(f"| {size} | {plain} → {packed} | {saved / plain:.0%} | {plain_ms:.2f} → {packed_ms:.2f} | {extra} |")
