"""GL504: ask a server that is away, again and again. The size is the number of milliseconds after which
somebody ends the program."""

import signal
import socket
import sys
from urllib.error import URLError
from urllib.request import urlopen


class Stopped(Exception):
    """Somebody had enough."""


def stop(*_: object) -> None:
    raise Stopped


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def fetch(url: str) -> bytes:
    while True:
        try:
            with urlopen(url, timeout=9) as answer:
                return bytes(answer.read())
        except URLError:
            pass


def main(size: int) -> None:
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, size / 1000)
    try:
        print(fetch(f"http://127.0.0.1:{closed_port()}/"))
    except (URLError, Stopped):
        print("no answer")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
