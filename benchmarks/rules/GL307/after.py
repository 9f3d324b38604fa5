"""GL307, after: one event per line."""

import json
import sys
import tempfile
from pathlib import Path


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.jsonl"
        line = json.dumps({"name": "an event", "values": [1, 2, 3], "by": "somebody"})
        with path.open("w") as file:
            file.writelines(line + "\n" for _ in range(size))
        total = 0
        with path.open() as file:
            for row in file:
                total += json.loads(row)["values"][1]
        print(total)


main(int(sys.argv[1]))
