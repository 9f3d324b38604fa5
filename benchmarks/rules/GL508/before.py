"""GL508: hold a download in memory, then write it. The size is that of the file in pieces of 64 kB."""

import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet, start

BLOCK = bytes(65536)


class Handler(Quiet):
    blocks = 0

    def do_GET(self) -> None:
        self.answer_head(self.blocks * len(BLOCK))
        for _ in range(self.blocks):
            self.wfile.write(BLOCK)


def download(url: str, path: Path) -> None:
    with urlopen(url, timeout=9) as answer, path.open("wb") as file:
        file.write(answer.read())


def main(size: int) -> None:
    Handler.blocks = size
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        download(f"{start(Handler)}/", path)
        print(path.stat().st_size)


if __name__ == "__main__":
    main(int(sys.argv[1]))
