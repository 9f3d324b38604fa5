"""GL701: wait for another thread by asking again and again. The size is the number of milliseconds to wait."""

import sys
import threading


def main(size: int) -> None:
    ready = threading.Event()
    threading.Timer(size / 1000, ready.set).start()
    while not ready.is_set():
        pass
    print("ready")


main(int(sys.argv[1]))
