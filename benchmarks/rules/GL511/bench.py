"""Bench of GL511: what compressing its answers saves a server on the wire, and costs in CPU time.

python benchmarks/rules/GL511/bench.py

One client and one server in this process, on this machine; the answer is JSON of typical rows. "On the wire" is the body as sent. CPU time
is that of both sides together, packing and unpacking included, the median of 15 rounds. What moving a byte costs is not measured here.
"""

from __future__ import annotations

import gzip
import json
import platform
import random
import statistics
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

ROUNDS = 15
SIZES = (1, 10, 100, 1000)
"""Of the body, in kB."""


class Handler(BaseHTTPRequestHandler):
    """Answers with a body, packed where the server is set to."""

    body = b""
    compresses = False

    def do_GET(self) -> None:
        body = self.body
        packed = self.compresses and "gzip" in self.headers["Accept-Encoding"]
        if packed:
            body = gzip.compress(body, 6)
        self.send_response(200)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


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


def measure(url: str, encoding: str) -> tuple[int, float]:
    """Bytes on the wire, and median CPU milliseconds of a request."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        sent, body = ask(url, encoding)
        times.append(time.process_time() - start)
        assert body == Handler.body
    return sent, statistics.median(times) * 1000


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    print(f"{platform.python_implementation()} {platform.python_version()}\n")
    print("| body kB | on the wire B, before → after | saved | CPU ms, before → after | CPU per MB saved |")
    print("| --: | --- | --: | --- | --: |")
    for size in SIZES:
        Handler.body = rows(size)
        Handler.compresses = False
        before = measure(url, "gzip")
        Handler.compresses = True
        after = measure(url, "gzip")
        saved = before[0] - after[0]
        extra = f"{(after[1] - before[1]) / saved * 1e6:.0f} ms"
        print(f"| {size} | {before[0]} → {after[0]} | {saved / before[0]:.0%} | {before[1]:.2f} → {after[1]:.2f} | {extra} |")


if __name__ == "__main__":
    main()
