"""GL508: hold a download in memory, then write it. The size is that of the file in pieces of 64 kB."""

import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

BLOCK = bytes(65536)


class Handler(BaseHTTPRequestHandler):
    size = 0

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(self.size))
        self.end_headers()
        for _ in range(self.size // len(BLOCK)):
            self.wfile.write(BLOCK)

    def log_message(self, *_: object) -> None:
        pass


def download(url: str, path: Path) -> None:
    with urlopen(url, timeout=9) as answer, path.open("wb") as file:
        file.write(answer.read())


def main(size: int) -> None:
    Handler.size = size * len(BLOCK)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        download(f"http://127.0.0.1:{server.server_port}/", path)
        print(path.stat().st_size)


if __name__ == "__main__":
    main(int(sys.argv[1]))
