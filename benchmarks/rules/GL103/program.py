"""What both sides of GL103 run; `before.py` says what the size is."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

STARTS = 10
USED = """
class Used{0}:
    value = {0}
"""
DEAD = """
class _Unused{0}:
    \"\"\"Left over from an older version.\"\"\"

    limit = 10

    def __init__(self, rows, name="x"):
        self.rows = [row for row in rows if row is not None]
        self.name = name

    def check(self):
        if len(self.rows) > self.limit:
            raise ValueError(f"too many rows in {{self.name}}")

    def show(self):
        for row in sorted(self.rows, key=str):
            print(self.name, row)
"""


def main(size: int, *, unused: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = "".join(USED.format(number) + (DEAD.format(number) if unused else "") for number in range(size))
        Path(folder, "library.py").write_text(source)
        program = f"import library; print(sum(getattr(library, 'Used%d' % n).value for n in range({size})))"
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        outputs = {
            subprocess.run([sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, check=True).stdout
            for _ in range(STARTS)
        }
        print(outputs.pop().decode().strip())
