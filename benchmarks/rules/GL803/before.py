"""GL803: weights of 32 MB, downloaded into a new temporary folder by each run. The size is the number of runs.

The server runs in a process of its own on this machine, without encryption; its time counts on both sides.
"""

import contextlib
import io
import socket
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection

import torch
from torch.hub import load_state_dict_from_url

torch.set_num_threads(1)


class Handler(BaseHTTPRequestHandler):
    weights = b""

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.weights)))
        self.end_headers()
        self.wfile.write(self.weights)

    def log_message(self, *_: object) -> None:
        pass


def serve(pipe: Connection) -> None:
    buffer = io.BytesIO()
    torch.save({"weight": torch.ones(8_000_000)}, buffer)
    Handler.weights = buffer.getvalue()
    server = HTTPServer(("127.0.0.1", 0), Handler)
    pipe.send(server.server_port)
    server.serve_forever()


def main(size: int) -> None:
    ours, theirs = Pipe()
    server = Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ours.recv()}/model.pt"
    total = 0.0
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):  # torch says what it loads
        for _ in range(size):
            with tempfile.TemporaryDirectory() as cache:
                total += float(load_state_dict_from_url(url, model_dir=cache, progress=False)["weight"].sum())
    print(total)
    server.terminate()
    server.join()


if __name__ == "__main__":
    main(int(sys.argv[1]))
