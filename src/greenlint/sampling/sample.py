"""One process of one side: all its benchmarks in rounds, and the one number that this process gives for each."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from greenlint.errors import GreenlintError
from greenlint.model.energy import Energy
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.isolation import pytest_options
from greenlint.sampling.process import Start, run_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.sampling.process import Done
    from greenlint.sampling.worktrees import Side

_SHOWN_LINES = 12
_FAILED = re.compile(r"(?:FAILED|ERROR) (?P<name>[^\[]+?(?:\[.*?\])?)(?: - (?P<why>.*))?$")


class Setup(NamedTuple):
    """How both sides are run.

    paths       of the benchmarks, relative to the project; keyword  pytest's -k, "" for all
    pythonpath  folders of the project that modules are imported from, before everything that is installed
    provider    energy provider; rounds  in each process; timeout_s  of one process
    python      interpreter; variables  set for its processes beside ours (the environment of a commit)
    """

    paths: tuple[str, ...]
    keyword: str
    pythonpath: tuple[str, ...]
    provider: str
    rounds: int
    timeout_s: float
    python: str = sys.executable
    variables: Mapping[str, str] = {}


class Value(NamedTuple):
    """What one process says of one benchmark: CPU seconds and joules of an iteration, medians over its rounds.

    method  of the energy, "" without one; iterations  of all rounds; energy  of all rounds together
    cpu_rounds, wall_rounds  seconds of an iteration in each round; instructions  of an iteration, None where not counted
    """

    cpu_s: float
    energy_j: float | None
    method: str
    iterations: int = 1
    energy: Energy | None = None
    cpu_rounds: tuple[float, ...] = ()
    wall_rounds: tuple[float, ...] = ()
    instructions: float | None = None


class Process(NamedTuple):
    """One process: its values and the words of those benchmarks that failed, by name.

    seed      of Python's hashing; stolen  part of the machine's CPU time that a hypervisor gave to others meanwhile
    provider  of the energy
    """

    values: Mapping[str, Value]
    failed: Mapping[str, str] = {}
    seed: int = 0
    stolen: float = 0.0
    provider: str = ""


class ProcessFailed(GreenlintError):
    """A side's process did not do its work; the message holds the end of its output."""


class Job(ABC):
    """A kind of process that measures the benchmarks of a side; called, it runs one alone."""

    def __call__(self, side: Side, setup: Setup, seed: int, names: Sequence[str] = ()) -> Process:
        """A fresh process in the side's folder.

        seed  of Python's hashing, the same for both sides of a pair; names  only these benchmarks. Raises ProcessFailed.
        """
        with tempfile.TemporaryDirectory(prefix="greenlint-") as folder:
            path = os.path.join(folder, "out.json")
            start = self.start(side, setup, seed, names, path)
            done = run_whole(start.command, cwd=start.cwd, env=start.env, timeout_s=setup.timeout_s)
            return self.result(side, setup, seed, done, path)

    def result(self, side: Side, setup: Setup, seed: int, done: Done, path: str) -> Process:
        """What a process that has ended says. Raises ProcessFailed, after the time limit as well."""
        if done.timed_out:
            raise ProcessFailed(f"{side.name} ({side.sha[:12]}) took longer than {setup.timeout_s:g} s")
        return self.read(side, seed, done, path)

    @abstractmethod
    def start(self, side: Side, setup: Setup, seed: int, names: Sequence[str], path: str) -> Start:
        """What to start so that it measures, and writes what it found to `path`."""

    @abstractmethod
    def read(self, side: Side, seed: int, done: Done, path: str) -> Process:
        """What it found. Raises ProcessFailed."""


class _Tests(Job):
    """pytest with the tests that use the `energy` fixture."""

    def start(self, side: Side, setup: Setup, seed: int, names: Sequence[str], path: str) -> Start:
        return Start(_command(side, setup, path, names), side.path, _variables(side, setup, seed))

    def read(self, side: Side, seed: int, done: Done, path: str) -> Process:
        failed = failures(done.output)
        if done.code == 5:
            return Process({}, failed, seed)
        if done.code not in (0, 1) or not os.path.isfile(path):
            raise ProcessFailed(f"{side.name} ({side.sha[:12]}): pytest ended with {done.code}:\n{last_lines(done.output)}")
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        if report["invalid"]:
            raise ProcessFailed(f"{side.name} ({side.sha[:12]}): {report['invalid']}")
        values = {one["name"]: value_of(one) for one in report["benchmarks"]}
        return Process(values, failed, seed, provider=report["provider"])


run_process = _Tests()


def run_pytest(side: Side, setup: Setup, seed: int, command: Sequence[str]) -> tuple[int, str]:
    """Exit code and output of a process in the side's folder. Raises ProcessFailed after the time limit."""
    done = run_whole(command, cwd=side.path, env=_variables(side, setup, seed), timeout_s=setup.timeout_s)
    if done.timed_out:
        raise ProcessFailed(f"{side.name} ({side.sha[:12]}) took longer than {setup.timeout_s:g} s")
    return done.code, done.output


def _variables(side: Side, setup: Setup, seed: int) -> dict[str, str]:
    return {**environment(side, setup.pythonpath, seed), **setup.variables}


def last_lines(output: str) -> str:
    """The end of a process's output, for a message."""
    return "\n".join(output.strip().splitlines()[-_SHOWN_LINES:])


def failures(output: str) -> dict[str, str]:
    """The benchmarks that failed, with pytest's words from its short summary."""
    found = {}
    for line in output.splitlines():
        match = _FAILED.match(line)
        if match is not None and "::" in match["name"]:
            found[match["name"]] = match["why"] or "failed"
    return found


def _command(side: Side, setup: Setup, path: str, names: Sequence[str]) -> list[str]:
    return [
        *(setup.python, "-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider", "--energy=bench", "--energy-ledger=off"),
        *pytest_options(side.path, setup.paths),
        *(f"--energy-json={path}", f"--energy-provider={setup.provider}", f"--energy-rounds={setup.rounds}"),
        *(("-k", setup.keyword) if setup.keyword else ()),
        *(names or setup.paths),
    ]


def environment(side: Side, pythonpath: Sequence[str], seed: int) -> dict[str, str]:
    """Ours, with the worktree's modules before what is installed: an editable install would lead both sides to one place.

    The lines of pytest's summary are not to be cut at the width of a terminal.
    """
    own = [os.path.normpath(os.path.join(side.path, folder)) for folder in pythonpath]
    inherited = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([*own, *([inherited] if inherited else [])]),
        "PYTHONHASHSEED": str(seed),
        "PYTEST_ADDOPTS": "",
        "COLUMNS": "1000",
    }


def value_of(one: dict[str, Any]) -> Value:
    """The value of one benchmark of --energy-json."""
    energy = Energy.from_json(one["energy"]) if one["energy"] else None
    return Value(
        one["cpu_s"],
        one["energy_j"],
        energy.method.value if energy else "",
        one["iterations"],
        energy,
        tuple(each["cpu_s"] / each["iterations"] for each in one["rounds"]),
        tuple(each["wall_s"] / each["iterations"] for each in one["rounds"]),
    )
