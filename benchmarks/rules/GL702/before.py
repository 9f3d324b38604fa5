"""GL702: look every millisecond whether a flag is set. The size is the number of milliseconds to wait."""

import sys
import threading
import time


class Server:
    started = False

    def start(self) -> None:
        self.started = True


def main(size: int) -> None:
    server = Server()
    threading.Timer(size / 1000, server.start).start()
    while not server.started:
        time.sleep(0.001)
    print("started")


main(int(sys.argv[1]))
