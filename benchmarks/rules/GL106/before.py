"""GL106: install a program of ten modules and a dependency of N modules that it never imports: unpack the wheels, compile them.

Downloads are not part of it: this is what an installer does with packages that it has already.
"""

import compileall
import io
import sys
import tempfile
import zipfile
from pathlib import Path

DEPENDENCY = True
TEXT = """
def parse_{0}(rows, limit=10, *, name="x"):
    found = [row for row in rows if row is not None]
    if len(found) > limit:
        raise ValueError(f"too many rows in {{name}}: {{len(found)}}")
    return dict(enumerate(found)), name.upper()
"""


def wheel(package: str, modules: int) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(modules):
            archive.writestr(f"{package}/part_{number}.py", "".join(TEXT.format(place) for place in range(10)))
    return data


def install(data: io.BytesIO, folder: str) -> None:
    with zipfile.ZipFile(data) as archive:
        archive.extractall(folder)


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        install(wheel("program", 10), folder)
        if DEPENDENCY:
            install(wheel("dependency", size), folder)
        compileall.compile_dir(folder, quiet=2)
        print(len(list(Path(folder, "program", "__pycache__").glob("*.pyc"))))


main(int(sys.argv[1]))
