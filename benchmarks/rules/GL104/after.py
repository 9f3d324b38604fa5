"""GL104, after: the same program without the methods that nothing calls.

The module is written once and compiled by the first of twenty starts; the others load the compiled file.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

UNUSED = False
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


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = "class Library:\n" + "".join(USED.format(number) + (DEAD.format(number) if UNUSED else "") for number in range(size))
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


main(int(sys.argv[1]))
