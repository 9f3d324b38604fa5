"""GL307: events in one array of a JSON file; the size is the number of events."""

import json
import sys
import tempfile
from pathlib import Path


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.json"
        line = json.dumps({"name": "an event", "values": [1, 2, 3], "by": "somebody"})
        path.write_text("[" + ",\n".join([line] * size) + "]")
        total = 0
        with path.open() as file:
            for event in json.load(file):
                total += event["values"][1]
        print(total)


main(int(sys.argv[1]))
