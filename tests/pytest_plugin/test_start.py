"""What a session does before its first test: it imports what it needs and no more, and does not wait for the disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from energy_lab import run

SEEN = """
import gc, os, sys
def test_what_is_there():
    loaded = set(sys.modules)
    assert "greenlint.ledger.store" in loaded, "it must not be imported in the middle of the tests"
    assert not loaded & {"click", "libcst", "yaml", "psutil"}
    assert not os.path.exists(".greenlint")
    assert gc.isenabled()
    providers = {name.rpartition(".")[2] for name in loaded if name.startswith("greenlint.profiler.providers.")}
    assert providers == {"model"}, providers
"""


def test_the_first_test_sees_little_of_us_and_the_run_is_recorded_at_the_end(tmp_path: Path) -> None:
    done = run(tmp_path, SEEN, "--energy")
    assert done.returncode == 0, done.stdout
    assert "recorded as run" in done.stdout
    database = sqlite3.connect(tmp_path / ".greenlint" / "ledger.sqlite")
    try:
        assert database.execute("SELECT COUNT(*) FROM run").fetchone() == (1,)
        assert database.execute("SELECT name FROM sample WHERE phase = 'call'").fetchall() == [
            ("test_it.py::test_what_is_there",)
        ]
        assert database.execute("SELECT status FROM run_status").fetchall() == [("complete",)]
    finally:
        database.close()


def test_without_a_ledger_its_modules_stay_out(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        "import sys\ndef test_a(): assert 'greenlint.ledger.store' not in sys.modules\n",
        "--energy",
        "--energy-ledger=off",
    )
    assert done.returncode == 0, done.stdout


def test_a_collector_that_was_off_stays_off(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("import gc\ngc.disable()\n")
    assert run(tmp_path, "import gc\ndef test_a(): assert not gc.isenabled()\n", "--energy", "-s").returncode == 0


def test_a_ledger_that_cannot_be_opened_is_told_once(tmp_path: Path) -> None:
    (tmp_path / ".greenlint").write_text("a file, where the folder should be")
    done = run(tmp_path, "def test_a(): pass\n", "--energy")
    assert done.returncode == 0
    assert done.stdout.count("ledger: ") == 1, done.stdout
    assert "rows are missing" in done.stdout
