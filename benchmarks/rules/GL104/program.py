"""What both sides of GL104 run; `before.py` says what the size is."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

STARTS = 20
USED = """
    def used_{0}(self, x):
        return x + {0}
"""
DEAD = """
    def _unused_{0}(self, rows, limit=10, *, name="x"):
        \"\"\"Left over from an older version.\"\"\"
        found = [row for row in rows if row is not None]
        if len(found) > limit:
            raise ValueError(f"too many rows in {{name}}: {{len(found)}}")
        for row in sorted(found, key=str):
            print(name, row, file=None)
        return dict(enumerate(found)), name.upper()
"""


def main(size: int, *, unused: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = "class Library:\n" + "".join(USED.format(number) + (DEAD.format(number) if unused else "") for number in range(size))
        Path(folder, "library.py").write_text(source)
        program = f"import library; part = library.Library(); print(sum(getattr(part, 'used_%d' % n)(1) for n in range({size})))"
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        outputs = {
            subprocess.run(
                [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, check=True
            ).stdout
            for _ in range(STARTS)
        }
        print(outputs.pop().decode().strip())
