"""GL507: five runs of a program that downloads its data. The size is that of the data in
pieces of 16 kB; the server of this program answers for the address."""

import sys
import tempfile
from pathlib import Path
from urllib.request import ProxyHandler, build_opener, install_opener, urlretrieve

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet, start

ROW = b"5.1,3.5,1.4,0.2\n" * 1024
URL = "http://data.example/measurements/iris.csv"


class Handler(Quiet):
    rows = 0

    def do_GET(self) -> None:
        self.answer_head(self.rows * len(ROW))
        for _ in range(self.rows):
            self.wfile.write(ROW)


def run(path: Path) -> int:
    urlretrieve(URL, path)
    return path.read_bytes().count(b"\n")


def main(size: int) -> None:
    Handler.rows = size
    install_opener(build_opener(ProxyHandler({"http": start(Handler)})))
    with tempfile.TemporaryDirectory() as folder:
        print(sum(run(Path(folder, "iris.csv")) for _ in range(5)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
