"""GL502, after: one request each millisecond to a server that never answers, for 50 ms each. The size is the number of
requests; what they hold is the number of threads that wait at the same time."""

import http.client
import socket
import sys
import threading
import time
from urllib.request import urlopen

FAILURES: list[str] = []


def ask(url: str) -> None:
    try:
        urlopen(url, timeout=0.05)
    except (OSError, http.client.HTTPException):
        FAILURES.append(url)


def main(size: int) -> None:
    silent = socket.create_server(("127.0.0.1", 0), backlog=4096)
    url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
    threads = [threading.Thread(target=ask, args=(url,)) for _ in range(size)]
    for thread in threads:
        thread.start()
        time.sleep(0.001)
    silent.close()
    for thread in threads:
        thread.join()
    print(len(FAILURES))


if __name__ == "__main__":
    main(int(sys.argv[1]))
