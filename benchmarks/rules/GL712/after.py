"""GL712, after: cancelled with its use."""

import sys
import threading

size = int(sys.argv[1])
timer = None


def look() -> None:
    global timer
    timer = threading.Timer(0.001, look)
    timer.start()


print("the work is done", flush=True)
look()
timer.cancel()
