"""GL510, after: five clients show twenty items of a list endpoint that answers
with a page. The size is the
number of rows. Plain http.server and SQLite: the rule itself is about views of web frameworks."""

import json
import sqlite3
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen


class Handler(BaseHTTPRequestHandler):
    database = sqlite3.connect(":memory:", check_same_thread=False)

    def do_GET(self) -> None:
        limit = parse_qs(urlsplit(self.path).query).get("limit", ["-1"])[0]
        rows = self.database.execute("SELECT id, name, price FROM items ORDER BY id LIMIT ?", (int(limit),)).fetchall()
        body = json.dumps([{"id": number, "name": name, "price": price} for number, name, price in rows]).encode()
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
    rows = ((number, f"item {number}", number / 7) for number in range(size))
    Handler.database.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price REAL)")
    Handler.database.executemany("INSERT INTO items VALUES (?, ?, ?)", rows)
    shown = 0
    for _ in range(5):
        with urlopen(f"http://127.0.0.1:{start().server_port}/items?limit=20", timeout=9) as answer:
            shown += sum(item["id"] for item in json.load(answer)[:20])
    print(shown)


if __name__ == "__main__":
    main(int(sys.argv[1]))
