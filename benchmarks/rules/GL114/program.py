"""What both sides of GL114 run; `before.py` says what the size is."""

import subprocess
import sys
import tempfile
from pathlib import Path

FIXTURE = """

@pytest.fixture
def unused_{0}(tmp_path):
    path = tmp_path / "{0}.txt"
    path.write_text("text")
    yield path
    path.unlink()
"""


def main(size: int, *, unused: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fixtures = "".join(FIXTURE.format(number) for number in range(size)) if unused else ""
        Path(folder, "conftest.py").write_text("import pytest\n" + fixtures)
        Path(folder, "test_one.py").write_text("def test_one():\n    assert sorted([2, 1]) == [1, 2]\n")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:greenlint", "."]
        for _ in range(3):
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        print(done.stdout.split(" in ")[0].splitlines()[-1])
