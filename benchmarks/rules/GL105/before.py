"""GL105: install a package of N modules in use and N that nothing imports: unpack its wheel and compile it."""

import compileall
import io
import sys
import tempfile
import zipfile
from pathlib import Path

UNUSED = True
TEXT = """
def parse_{0}(rows, limit=10, *, name="x"):
    found = [row for row in rows if row is not None]
    if len(found) > limit:
        raise ValueError(f"too many rows in {{name}}: {{len(found)}}")
    return dict(enumerate(found)), name.upper()
"""


def main(size: int) -> None:
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(size):
            text = "".join(TEXT.format(place) for place in range(10))
            archive.writestr(f"package/used_{number}.py", text)
            if UNUSED:
                archive.writestr(f"package/unused_{number}.py", text)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        compileall.compile_dir(folder, quiet=2)
        print(len(list(Path(folder, "package", "__pycache__").glob("used_*.pyc"))))


main(int(sys.argv[1]))
