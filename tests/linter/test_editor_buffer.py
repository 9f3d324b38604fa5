"""Standard input is linted as what it is: the text on disk under the same name has no say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BUFFER = "s = 'é😀'; del s\n\n\ndef f():\n    if False:\n        a()\n    else:\n        b()\n"
DISK = "\n".join(f"on_disk = {n}" for n in range(20)) + "\n"


def lint(*arguments: str, cwd: Path, text: str = BUFFER) -> subprocess.CompletedProcess[bytes]:
    """Run the real command over a text."""
    return subprocess.run(
        [sys.executable, "-m", "greenlint", "check", "--select", "GL107,GL9", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1"},
        input=text.encode(),
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("on_disk", [True, False])
def test_the_excerpt_and_the_edits_are_those_of_the_buffer(tmp_path: Path, on_disk: bool) -> None:
    if on_disk:
        (tmp_path / "a.py").write_text(DISK)
    shown = lint("--stdin-filename", "a.py", cwd=tmp_path)
    assert shown.returncode == 1
    assert b"  6 |         a()\n" in shown.stdout
    assert b"on_disk" not in shown.stdout
    data = json.loads(lint("--stdin-filename", "a.py", "--output-format", "json", cwd=tmp_path).stdout)
    (edit,) = data["findings"][0]["fix"]["edits"]
    repaired = BUFFER.encode()[: edit["start"]] + edit["text"].encode() + BUFFER.encode()[edit["end"] :]
    assert repaired.decode() == "s = 'é😀'; del s\n\n\ndef f():\n    b()\n"
    log = json.loads(lint("--stdin-filename", "a.py", "--output-format", "sarif", cwd=tmp_path).stdout)
    region = log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert (region["startLine"], region["startColumn"], region["endLine"]) == (5, 5, 8)
    assert not on_disk or (tmp_path / "a.py").read_text() == DISK


def test_a_name_from_a_subfolder_and_one_in_a_folder_that_does_not_exist_yet(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.greenlint]\n")
    (tmp_path / "inner").mkdir()
    shown = lint("--stdin-filename", "b.py", cwd=tmp_path / "inner")
    assert shown.stdout.startswith(b"b.py:6:9 GL107")
    assert b"  6 |         a()\n" in shown.stdout
    later = lint("--stdin-filename", "not/yet/b.py", cwd=tmp_path)
    assert later.stdout.startswith(b"not/yet/b.py:6:9 GL107")
    elsewhere = lint("--stdin-filename", str(tmp_path.parent / "nowhere" / "b.py"), "--output-format", "concise", cwd=tmp_path)
    assert (elsewhere.returncode, elsewhere.stderr) == (1, b"")


def test_a_file_that_is_excluded_is_not_linted_as_a_buffer_either(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.greenlint]\nexclude = ["generated/*"]\n')
    done = lint("--stdin-filename", "generated/a.py", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"No findings in 0 files.\n")


def test_a_buffer_that_does_not_parse_shows_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(DISK)
    done = lint("--stdin-filename", "a.py", cwd=tmp_path, text="x = 1\ny = (\n")
    assert b"a.py:2:5 GL900" in done.stdout
    assert b"  2 | y = (\n" in done.stdout
