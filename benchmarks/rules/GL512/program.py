"""What both sides of GL512 run; `before.py` says what the size is."""

import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet, start


class Handler(Quiet):
    content = b""
    tag = ""

    def do_GET(self) -> None:
        known = bool(self.tag) and self.headers["If-None-Match"] == self.tag
        named = {"ETag": self.tag} if self.tag else {}
        self.answer(b"" if known else self.content, 304 if known else 200, **named)


class Client:
    """Keeps what it was sent, as browsers do."""

    body = b""
    tag = ""

    def visit(self, url: str) -> int:
        headers = {"If-None-Match": self.tag} if self.tag else {}
        try:
            with urlopen(Request(url, headers=headers), timeout=9) as answer:
                self.body, self.tag = answer.read(), answer.headers.get("ETag", "")
        except HTTPError as unchanged:
            unchanged.close()
        return len(self.body)


def main(size: int, tag: str) -> None:
    Handler.content, Handler.tag = bytes(size * 1024), tag
    url = f"{start(Handler)}/style.css"
    client = Client()
    print(sum(client.visit(url) for _ in range(50)))
