"""GL504, after: ask a server that is away five times, with pauses that double. The size is the number of milliseconds after which
somebody ends the program."""

import signal
import socket
import sys
import time
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
    pause = 0.005
    for _ in range(4):
        try:
            with urlopen(url, timeout=9) as answer:
                return bytes(answer.read())
        except URLError:
            time.sleep(pause)
            pause *= 2
    with urlopen(url, timeout=9) as answer:
        return bytes(answer.read())


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
