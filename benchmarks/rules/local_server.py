"""HTTP servers on this machine, for the benchmarks of the network rules.

Without Nagle's algorithm: with it, answers on a kept connection wait for 40 ms and a comparison is one of timers.
"""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from multiprocessing import Pipe, Process
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection


class Quiet(BaseHTTPRequestHandler):
    """Answers without a log."""

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Send an answer with its length; `Content_Encoding="gzip"` names a header."""
        self.answer_head(len(body), status, **headers)
        self.wfile.write(body)

    def answer_head(self, length: int, status: int = 200, **headers: str) -> None:
        """Send all of an answer but its body of `length` bytes."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def start(handler: type[Quiet]) -> str:
    """Serve in a thread of this process; the address, without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


@contextmanager
def apart(make: Callable[[], type[Quiet]]) -> Iterator[str]:
    """Serve in a process of its own, whose time counts as well; `make` gives the handler there."""
    ours, theirs = Pipe()
    process = Process(target=_serve, args=(make, theirs), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{ours.recv()}"
    process.terminate()
    process.join()


def _serve(make: Callable[[], type[Quiet]], pipe: Connection) -> None:
    server = HTTPServer(("127.0.0.1", 0), make())
    pipe.send(server.server_port)
    server.serve_forever()
