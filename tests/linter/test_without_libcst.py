"""LibCST is an extra: without it only the fixes that rebuild a statement are left out, and one line says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CODE = "def f():\n    if False:\n        a = 1\n    else:\n        a = 2\n    return a\n    print(a)\n\n\nprint(f())\n"
WITHOUT = "import sys\nsys.modules['libcst'] = None\nfrom greenlint.__main__ import main\nsys.exit(main())\n"


def repair(folder: Path, program: str, *options: str) -> tuple[str, str]:
    (folder / "a.py").write_text(CODE)
    command = [sys.executable, "-c", program, "check", "--fix", "--no-cache", *options, "a.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return (folder / "a.py").read_text(), done.stderr


def test_other_fixes_are_made_and_one_line_names_the_extra(tmp_path: Path) -> None:
    text, told = repair(tmp_path, WITHOUT, "--unsafe-fixes")
    assert "print(a)" not in text
    assert "if False:" in text
    assert told.count("greenlint[fix]") == 1
    assert "Traceback" not in told


def test_nothing_is_said_where_nothing_is_left_out(tmp_path: Path) -> None:
    text, told = repair(tmp_path, WITHOUT)
    assert "print(a)" not in text
    assert "greenlint[fix]" not in told


def test_with_libcst_the_statement_is_rebuilt(tmp_path: Path) -> None:
    text, told = repair(tmp_path, WITHOUT.replace("sys.modules['libcst'] = None\n", ""), "--unsafe-fixes")
    assert "if False:" not in text
    assert "greenlint[fix]" not in told


def test_machine_readable_reports_leave_the_fix_out(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(CODE)
    command = [sys.executable, "-c", WITHOUT, "check", "--output-format", "json", "--no-cache", "--select", "GL107", "a.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert '"line": 3' in done.stdout
    assert "Traceback" not in done.stderr
