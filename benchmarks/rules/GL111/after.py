"""GL111, after: the same program, each function defined once.

The module is written once and compiled by the first of ten starts; the others load the compiled file.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TWICE = False
STARTS = 10
FIRST = """
def part_{0}(rows, limit=10, *, name="x"):
    found = [row for row in rows if row is not None]
    if len(found) > limit:
        raise ValueError(f"too many rows in {{name}}: {{len(found)}}")
    return len(found)
"""
SECOND = """
def part_{0}(rows):
    return len(rows)
"""


def answer() -> int:
    return 2


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = "".join((FIRST.format(number) if TWICE else "") + SECOND.format(number) for number in range(size))
        Path(folder, "library.py").write_text(source)
        program = f"import library; print(sum(getattr(library, 'part_%d' % n)('ab') for n in range({size})))"
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        outputs = {
            subprocess.run([sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, check=True).stdout
            for _ in range(STARTS)
        }
        print(outputs.pop().decode().strip(), answer())


main(int(sys.argv[1]))
