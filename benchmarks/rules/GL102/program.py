"""What both sides of GL102 run; `before.py` says what the size is."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

STARTS = 20
USED = """
def used_{0}(x):
    return x + {0}
"""
DEAD = """
def _unused_{0}(rows, limit=10, *, name="x"):
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
        source = "".join(USED.format(number) + (DEAD.format(number) if unused else "") for number in range(size))
        Path(folder, "library.py").write_text(source)
        program = f"import library; print(sum(getattr(library, 'used_%d' % n)(1) for n in range({size})))"
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        outputs = {
            subprocess.run(
                [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, check=True
            ).stdout
            for _ in range(STARTS)
        }
        print(outputs.pop().decode().strip())
