"""GL712: a timer that looks every millisecond, long after its use. The size is the number of looks until the process is killed."""

import os
import sys
import threading

size = int(sys.argv[1])
looks = iter(range(size))


def look() -> None:
    next(looks, None) is None and os._exit(0)
    threading.Timer(0.001, look).start()


print("the work is done", flush=True)
look()
