"""GL507: five runs of a program that downloads its data. The size is that of the data in
pieces of 16 kB; the server of this program answers for the address."""

import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import ProxyHandler, build_opener, install_opener, urlretrieve

ROW = b"5.1,3.5,1.4,0.2\n" * 1024
URL = "http://data.example/measurements/iris.csv"


class Handler(BaseHTTPRequestHandler):
    size = 0

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(self.size))
        self.end_headers()
        for _ in range(self.size // len(ROW)):
            self.wfile.write(ROW)

    def log_message(self, *_: object) -> None:
        pass


def run(path: Path) -> int:
    urlretrieve(URL, path)
    return path.read_bytes().count(b"\n")


def main(size: int) -> None:
    Handler.size = size * len(ROW)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    install_opener(build_opener(ProxyHandler({"http": f"http://127.0.0.1:{server.server_port}"})))
    with tempfile.TemporaryDirectory() as folder:
        print(sum(run(Path(folder, "iris.csv")) for _ in range(5)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
