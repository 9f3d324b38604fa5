"""GL505: try again at once until the server is up. The size is the number of milliseconds
that the server takes to start."""

import socket
import sys
import threading
from http.server import HTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet


class Handler(Quiet):
    def do_GET(self) -> None:
        self.answer(b"ok")


def fetch(url: str) -> bytes:
    for _ in range(1_000_000):
        try:
            with urlopen(url, timeout=9) as answer:
                return bytes(answer.read())
        except URLError:
            continue
    return b""


def main(size: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])

    def start() -> None:
        HTTPServer(("127.0.0.1", port), Handler).serve_forever()

    late = threading.Timer(size / 1000, start)
    late.daemon = True
    late.start()
    print(fetch(f"http://127.0.0.1:{port}/").decode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
