"""GL711, after: tests that wait for the event itself, with a time limit. The size is the number of tests.

What they wait for takes 50 ms. They are called as pytest would call them.
"""

import sys
import threading


class Server:
    def __init__(self) -> None:
        self.up = threading.Event()

    def start(self) -> None:
        threading.Timer(0.05, self.up.set).start()


def test_start() -> None:
    server = Server()
    server.start()
    assert server.up.wait(5)


for _ in range(int(sys.argv[1])):
    test_start()
print("passed")
