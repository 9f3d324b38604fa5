"""Real local HTTP servers that stand in for meters, and a clock of a machine on which nobody else is busy."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from greenlint.profiler.clock import ProcessTreeClock
from greenlint.testing.clock import FakeBusyClock, FakeClock

Answer = Callable[[BaseHTTPRequestHandler], None]


class QuietClock(ProcessTreeClock):
    """Real time and real CPU time, on a machine without other processes: a meter's whole difference is ours."""

    @staticmethod
    def busy_clock() -> FakeBusyClock:  # type: ignore[override]
        return FakeBusyClock(FakeClock())


class Known:
    """A load of known power since it was made: what a good meter shows of it."""

    def __init__(self, watts: float) -> None:
        self.watts, self.start = watts, time.perf_counter()

    def joules(self) -> float:
        return self.watts * (time.perf_counter() - self.start)


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def answer_json(value: Callable[[], Any]) -> Answer:
    return lambda handler: send(handler, json.dumps(value()).encode(), Content_Type="application/json")


@contextmanager
def serve(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server on a free port whose every GET is answered by `answer`; yields its URL without a path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answer(self)
            except OSError:
                self.close_connection = True  # the client has left

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def prometheus(series: Callable[[str], list[tuple[dict[str, str], float, float]]]) -> Answer:
    """An instant query API over `series(expression)`: labels, value, and how many seconds ago it was scraped."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        expression = parse_qs(parts.query)["query"][0]
        assert parts.path.endswith("/api/v1/query")
        asks_age = expression.startswith("min(timestamp(")
        found = series(expression.removeprefix("min(timestamp(").removesuffix("))") if asks_age else expression)
        now = time.time()
        if asks_age:
            found = [({}, min(now - age for _, _, age in found), 0.0)] if found else []
        result = [{"metric": labels, "value": [now, repr(value)]} for labels, value, _ in found]
        document = {"status": "success", "data": {"resultType": "vector", "result": result}}
        send(handler, json.dumps(document).encode(), Content_Type="application/json")

    return answer
