"""Real programs and the real command line, for the tests of `greenlint compare`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PYTHON = f'"{sys.executable}" -I -S'


@dataclass(frozen=True)
class Done:
    """What the command line answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def status(self, name: str) -> tuple[str, str]:
        """Status and reason of an implementation in the JSON report."""
        found = next(i for i in self.json["implementations"] if i["name"] == name)
        return found["status"], found["reason"]


@pytest.fixture
def compare(tmp_path: Path) -> Callable[..., Done]:
    """Run `greenlint compare` in an empty folder; five rounds unless told otherwise."""

    def run(*args: str, rounds: int | None = 5, env: dict[str, str] | None = None, timeout: float = 60) -> Done:
        argv = [sys.executable, "-m", "greenlint", "compare", *args]
        if rounds is not None:
            argv += ["--rounds", str(rounds)]
        environ = {name: value for name, value in os.environ.items() if not name.startswith("GREENLINT_")}
        environ |= {"COLUMNS": "200", "NO_COLOR": "1", **(env or {})}
        done = subprocess.run(
            argv, cwd=tmp_path, env=environ, input=b"typed by the user\n", capture_output=True, timeout=timeout, check=False
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str, str], str]:
    """Write a Python program and get the NAME=CMD argument that runs it."""

    def write(name: str, source: str) -> str:
        path = tmp_path / f"{name}.py"
        path.write_text(source)
        return f'{name}={PYTHON} "{path}"'

    return write
