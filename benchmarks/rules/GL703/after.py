"""GL703, after: wait for the event itself. The size is the number of milliseconds to wait."""

import sys
import threading


def main(size: int) -> None:
    ready = threading.Event()
    threading.Timer(size / 1000, ready.set).start()
    ready.wait()
    print("ready")


main(int(sys.argv[1]))
