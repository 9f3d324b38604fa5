"""GL703: look every 10 ms whether another thread is ready. The size is the number of milliseconds to wait."""

import sys
import threading
import time


def main(size: int) -> None:
    ready = threading.Event()
    threading.Timer(size / 1000, ready.set).start()
    while not ready.is_set():
        time.sleep(0.01)
    print("ready")


main(int(sys.argv[1]))
