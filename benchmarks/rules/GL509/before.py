"""GL509: close the connection after each request. The size is the number of requests, plain http, to a server on this machine."""

import sys
from http.client import HTTPConnection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet, start


class Handler(Quiet):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer(b"ok", **({"Connection": "close"} if self.close_connection else {}))


def main(size: int) -> None:
    connection = HTTPConnection(start(Handler).removeprefix("http://"), timeout=9)
    total = 0
    for number in range(size):
        connection.request("GET", f"/{number}", headers={"Connection": "close"})
        total += len(connection.getresponse().read())
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]))
