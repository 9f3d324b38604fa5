"""GL509: close the connection after each request. The size is the number of requests, plain http, to a server on this
machine without the algorithm of Nagle."""

import socket
import sys
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        pass


def start() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main(size: int) -> None:
    connection = HTTPConnection("127.0.0.1", start().server_port, timeout=9)
    total = 0
    for number in range(size):
        connection.request("GET", f"/{number}", headers={"Connection": "close"})
        total += len(connection.getresponse().read())
    print(total)


if __name__ == "__main__":
    main(int(sys.argv[1]))
