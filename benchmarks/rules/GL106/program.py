"""What both sides of GL106 run; `before.py` says what the size is."""

import compileall
import io
import tempfile
import zipfile
from pathlib import Path

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


def main(size: int, *, dependency: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        install(wheel("program", 10), folder)
        if dependency:
            install(wheel("dependency", size), folder)
        compileall.compile_dir(folder, quiet=2)
        print(len(list(Path(folder, "program", "__pycache__").glob("*.pyc"))))
