"""What both sides of GL510 run; `before.py` says what the size is."""

import json
import sqlite3
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from local_server import Quiet, start


class Handler(Quiet):
    database = sqlite3.connect(":memory:", check_same_thread=False)

    def do_GET(self) -> None:
        limit = parse_qs(urlsplit(self.path).query).get("limit", ["-1"])[0]
        rows = self.database.execute("SELECT id, name, price FROM items ORDER BY id LIMIT ?", (int(limit),)).fetchall()
        self.answer(json.dumps([{"id": number, "name": name, "price": price} for number, name, price in rows]).encode())


def main(size: int, path: str) -> None:
    rows = ((number, f"item {number}", number / 7) for number in range(size))
    Handler.database.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, price REAL)")
    Handler.database.executemany("INSERT INTO items VALUES (?, ?, ?)", rows)
    shown = 0
    for _ in range(5):
        with urlopen(f"{start(Handler)}{path}", timeout=9) as answer:
            shown += sum(item["id"] for item in json.load(answer)[:20])
    print(shown)
