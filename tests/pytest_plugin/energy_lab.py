"""Real pytest processes for the tests of the plug-in, and what they left in their ledger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenlint.ledger.store import Ledger

if TYPE_CHECKING:
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

BURN = """
import time
def burn(s):
    end = time.process_time() + s
    while time.process_time() < end: pass
"""


def run(folder: Path, suite: str | None, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A real pytest process in `folder`, with the power model so that every machine gives the same."""
    if suite is not None:
        (folder / "test_it.py").write_text(suite)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--energy-provider=model", *options],
        cwd=folder,
        env={**os.environ, "COLUMNS": "160", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


_EACH = """
import contextlib, io, json, sys, pytest
found = []
for name in sys.argv[2:]:
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        code = pytest.main(["-q", "-p", "no:cacheprovider", name, *json.loads(sys.argv[1])])
    found.append([int(code), text.getvalue()])
print(json.dumps(found))
"""


def run_each(folder: Path, suites: list[str], *options: str) -> list[tuple[int, str]]:
    """Exit code and output of one pytest session for each suite, all in one process: dozens of cases for one start-up."""
    names = []
    for number, suite in enumerate(suites):
        names.append(f"test_{number}.py")
        (folder / names[-1]).write_text(suite)
    command = [sys.executable, "-c", _EACH, json.dumps(["--energy-provider=model", *options]), *names]
    environment = {**os.environ, "COLUMNS": "160"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return [(code, output) for code, output in json.loads(done.stdout)]


def stored(folder: Path) -> tuple[Run, list[Measurement]]:
    """The newest run of the ledger and its rows."""
    with Ledger.open(folder / ".greenlint" / "ledger.sqlite", create=False) as ledger:
        newest = ledger.latest_run()
        assert newest is not None
        return newest, ledger.measurements(newest.run_id)


def of_phase(folder: Path, phase: str) -> dict[str, Measurement]:
    """The rows of one phase by the last part of their name."""
    return {row.name.rpartition("::")[2]: row for row in stored(folder)[1] if row.phase == phase}


def report(folder: Path) -> dict[str, Any]:
    """The file of --energy-json=out.json."""
    found: dict[str, Any] = json.loads((folder / "out.json").read_text())
    return found
