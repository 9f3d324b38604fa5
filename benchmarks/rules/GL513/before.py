"""GL513: ask every 10 ms whether a job is done. The size is the number of milliseconds that the job takes."""

import sys
import threading
import time
from pathlib import Path
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet, start


class Handler(Quiet):
    done = threading.Event()

    def do_GET(self) -> None:
        if self.path.endswith("?wait"):
            self.done.wait(9)
        self.answer(b"done" if self.done.is_set() else b"busy")


def main(size: int) -> None:
    url = f"{start(Handler)}/job"
    threading.Timer(size / 1000, Handler.done.set).start()
    while True:
        with urlopen(url, timeout=9) as answer:
            state = answer.read()
        if state == b"done":
            break
        time.sleep(0.01)
    print(state.decode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
