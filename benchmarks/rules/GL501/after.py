"""GL501, after: one connection for all requests, to a server on this machine. The size is the number of requests.

The server runs in a process of its own, without Nagle's algorithm: with it, answers on a kept connection wait for 40 ms and
the comparison is one of timers. Plain http: the handshake of https would come on top. The time of the server counts on both sides.
"""

import socket
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection

import requests


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        pass


def serve(pipe: Connection) -> None:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    pipe.send(server.server_port)
    server.serve_forever()


def main(size: int) -> None:
    ours, theirs = Pipe()
    server = Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    base = f"http://127.0.0.1:{ours.recv()}"
    total = 0
    with requests.Session() as session:
        for number in range(size):
            total += len(session.get(f"{base}/{number}", timeout=9).content)
    print(total)
    server.terminate()
    server.join()


if __name__ == "__main__":
    main(int(sys.argv[1]))
