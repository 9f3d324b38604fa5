"""Standard output that cannot take what is written: one line, no traceback, never exit 0."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WASTE = "def f(path):\n    return path\n    print(path)\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize(
    "arguments", [["a.py"], ["check", "a.py"], ["rules"], ["rule", "GL201"], ["doctor"], ["--help"]], ids=" ".join
)
def test_a_full_disk_behind_standard_output_is_one_line(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.py").write_text(WASTE)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "greenlint", *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.stderr == "greenlint: error: standard output: No space left on device\n"
    assert done.returncode == 2


@pytest.mark.parametrize("arguments", [["a.py"], ["check", "--output-format", "json", "a.py"], ["rules"]], ids=" ".join)
def test_a_reader_that_leaves_early_gets_no_complaint(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.py").write_text(WASTE * 2000)
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "greenlint", *arguments],
            cwd=tmp_path,
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writer)
    assert done.stderr == ""
    assert done.returncode != 0
