"""GL503: one request for each item, to a server on this machine. The size is the number of items."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)["id"]
        body = json.dumps([{"id": int(number), "name": f"item {number}"} for number in asked]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def start() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main(size: int) -> None:
    base = f"http://127.0.0.1:{start().server_port}"
    items = []
    for number in range(size):
        with urlopen(f"{base}/items?id={number}", timeout=9) as answer:
            items += json.load(answer)
    print(len(items), items[-1]["name"])


if __name__ == "__main__":
    main(int(sys.argv[1]))
