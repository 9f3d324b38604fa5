"""GL512: fifty visits, with the whole file each time. The size is
that of the file in kB. Plain http.server: the rule itself is about web frameworks."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class Handler(BaseHTTPRequestHandler):
    content = b""
    tag = ""

    def do_GET(self) -> None:
        known = bool(self.tag) and self.headers["If-None-Match"] == self.tag
        self.send_response(304 if known else 200)
        if self.tag:
            self.send_header("ETag", self.tag)
        self.send_header("Content-Length", str(0 if known else len(self.content)))
        self.end_headers()
        if not known:
            self.wfile.write(self.content)

    def log_message(self, *_: object) -> None:
        pass


def start() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


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


def main(size: int) -> None:
    Handler.content = bytes(size * 1024)
    url = f"http://127.0.0.1:{start().server_port}/style.css"
    client = Client()
    print(sum(client.visit(url) for _ in range(50)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
