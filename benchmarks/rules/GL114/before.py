"""GL114: run a test suite of one test whose conftest.py holds N fixtures that nobody asks for."""

import subprocess
import sys
import tempfile
from pathlib import Path

UNUSED = True
FIXTURE = """

@pytest.fixture
def unused_{0}(tmp_path):
    path = tmp_path / "{0}.txt"
    path.write_text("text")
    yield path
    path.unlink()
"""


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fixtures = "".join(FIXTURE.format(number) for number in range(size)) if UNUSED else ""
        Path(folder, "conftest.py").write_text("import pytest\n" + fixtures)
        Path(folder, "test_one.py").write_text("def test_one():\n    assert True\n")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:greenlint", "."]
        for _ in range(3):
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        print(done.stdout.split(" in ")[0].splitlines()[-1])


main(int(sys.argv[1]))
