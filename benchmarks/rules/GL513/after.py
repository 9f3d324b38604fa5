"""GL513, after: ask once; the server holds the answer back until the job is done. The size is the number of milliseconds that the job takes."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import urlopen


class Handler(BaseHTTPRequestHandler):
    done = threading.Event()

    def do_GET(self) -> None:
        if self.path.endswith("?wait"):
            self.done.wait(9)
        body = b"done" if self.done.is_set() else b"busy"
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
    url = f"http://127.0.0.1:{start().server_port}/job"
    threading.Timer(size / 1000, Handler.done.set).start()
    with urlopen(f"{url}?wait", timeout=9) as answer:
        print(answer.read().decode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
