"""GL501: a connection of its own for each request, to a server on this machine. The size is the number of requests.

The server runs in a process of its own. Plain http: the handshake of https would come on top. The time of the server counts on both sides.
"""

import sys
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet, apart


class Handler(Quiet):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer(b"ok")


def handler() -> type[Handler]:
    return Handler


def main(size: int) -> None:
    total = 0
    with apart(handler) as base:
        for number in range(size):
            total += len(requests.get(f"{base}/{number}", timeout=9).content)
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]))
