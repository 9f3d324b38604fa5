"""GL711: tests that sleep as long as a slow machine needs. The size is the number of tests.

What they wait for takes 50 ms. They are called as pytest would call them.
"""

import sys
import threading
import time


class Server:
    def __init__(self) -> None:
        self.up = threading.Event()

    def start(self) -> None:
        threading.Timer(0.05, self.up.set).start()


def test_start() -> None:
    server = Server()
    server.start()
    time.sleep(0.5)
    assert server.up.is_set()


for _ in range(int(sys.argv[1])):
    test_start()
print("passed")
