"""GL318: files packed by one process each; the size is the number of files."""

import subprocess
import sys
import tempfile
from pathlib import Path


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.txt" for number in range(size)]
        for path in paths:
            path.write_text("some text")
        for path in paths:
            subprocess.run(["gzip", path], check=True)
        print(len(list(Path(folder).glob("*.gz"))))


main(int(sys.argv[1]))
