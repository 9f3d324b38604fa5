"""GL318, after: files packed by one process."""

import subprocess
import sys
import tempfile
from pathlib import Path


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.txt" for number in range(size)]
        for path in paths:
            path.write_text("some text")
        subprocess.run(["gzip", *paths], check=True)
        print(len(list(Path(folder).glob("*.gz"))))


main(int(sys.argv[1]))
