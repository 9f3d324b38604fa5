"""One process of one side: all its benchmarks in rounds, and the one number that this process gives for each."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from typing import TYPE_CHECKING, Any, NamedTuple

from greenlint.errors import GreenlintError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.gate.worktrees import Side

_SHOWN_LINES = 12


class Setup(NamedTuple):
    """How both sides are run.

    paths       of the benchmarks, relative to the project; keyword  pytest's -k, "" for all
    pythonpath  folders of the project that modules are imported from, before everything that is installed
    provider    energy provider; rounds  in each process; timeout_s  of one process
    """

    paths: tuple[str, ...]
    keyword: str
    pythonpath: tuple[str, ...]
    provider: str
    rounds: int
    timeout_s: float


class Value(NamedTuple):
    """What one process says of one benchmark: CPU seconds and joules of an iteration, medians over its rounds."""

    cpu_s: float
    energy_j: float | None
    method: str


class ProcessFailed(GreenlintError):
    """A side's process did not do its work; the message holds the end of its output."""


def run_side(side: Side, setup: Setup, seed: int, names: Sequence[str] = ()) -> dict[str, Value]:
    """Start a fresh pytest process in the side's worktree and return its values by benchmark.

    seed  of Python's hashing, the same for both sides of a pair; names  only these benchmarks. Raises ProcessFailed.
    """
    import subprocess

    with tempfile.TemporaryDirectory(prefix="greenlint-") as folder:
        path = os.path.join(folder, "out.json")
        try:
            done = subprocess.run(
                _command(setup, path, names),
                cwd=side.path,
                env=_environment(side, setup, seed),
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=setup.timeout_s,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ProcessFailed(f"{side.name} ({side.sha[:12]}) took longer than {setup.timeout_s:g} s") from error
        if done.returncode == 5:
            return {}
        if done.returncode not in (0, 1) or not os.path.isfile(path):
            said = os.fsdecode(done.stdout + done.stderr).strip().splitlines()[-_SHOWN_LINES:]
            raise ProcessFailed(f"{side.name} ({side.sha[:12]}): pytest ended with {done.returncode}:\n" + "\n".join(said))
        with open(path, encoding="utf-8") as file:
            return _values(side, json.load(file))


def _command(setup: Setup, path: str, names: Sequence[str]) -> list[str]:
    return [
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--energy=bench", "--energy-ledger=off"),
        *(f"--energy-json={path}", f"--energy-provider={setup.provider}", f"--energy-rounds={setup.rounds}"),
        *(("-k", setup.keyword) if setup.keyword else ()),
        *(names or setup.paths),
    ]


def _environment(side: Side, setup: Setup, seed: int) -> Mapping[str, str]:
    """Ours, with the worktree's modules before what is installed: an editable install would lead both sides to one place."""
    own = [os.path.normpath(os.path.join(side.path, folder)) for folder in setup.pythonpath]
    inherited = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([*own, *([inherited] if inherited else [])]),
        "PYTHONHASHSEED": str(seed),
        "PYTEST_ADDOPTS": "",
    }


def _values(side: Side, report: dict[str, Any]) -> dict[str, Value]:
    if report["invalid"]:
        raise ProcessFailed(f"{side.name} ({side.sha[:12]}): {report['invalid']}")
    return {
        one["name"]: Value(one["cpu_s"], one["energy_j"], one["energy"]["method"] if one["energy"] else "")
        for one in report["benchmarks"]
    }
