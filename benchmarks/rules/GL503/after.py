"""GL503, after: one request for all items, to a server on this machine. The size is the number of items."""

import json
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet, start


class Handler(Quiet):
    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)["id"]
        self.answer(json.dumps([{"id": int(number), "name": f"item {number}"} for number in asked]).encode())


def main(size: int) -> None:
    base = start(Handler)
    asked = "&".join(f"id={number}" for number in range(size))
    with urlopen(f"{base}/items?{asked}", timeout=9) as answer:
        items = json.load(answer)
    print(len(items), items[-1]["name"])


if __name__ == "__main__":
    main(int(sys.argv[1]))
