"""Counts instructions of the benchmarks: by the processor's own counter, else under callgrind. A proxy: no joules are claimed.

Counts repeat where times do not. They are blind to waiting, memory and other devices.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from typing import TYPE_CHECKING

from greenlint.analysis.stats import median
from greenlint.errors import ProviderError
from greenlint.sampling.process import run_whole
from greenlint.sampling.sample import Process, ProcessFailed, Value, environment, failures, last_lines, run_pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.sampling.commands import Commands
    from greenlint.sampling.sample import Setup
    from greenlint.sampling.worktrees import Side

SLOWDOWN = 60
"""How much longer than its time limit a process may take under callgrind, which runs programs about 50 times slower."""

_TOTALS = re.compile(rb"^totals: (\d+)", re.MULTILINE)
_PYTEST = ("-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider", "-p", "greenlint.pytest_plugin.counting", "--energy=off")


class Counter:
    """Counts by perf events; `kind` says how, for people."""

    kind = "instructions (perf, user space), no joules"
    by = "perf"

    def tests(self, side: Side, setup: Setup, seed: int, names: Sequence[str]) -> Process:
        """The counts of an iteration of each test. Raises ProcessFailed."""
        with tempfile.TemporaryDirectory(prefix="greenlint-") as folder:
            path, profile = os.path.join(folder, "out.json"), os.path.join(folder, "profile")
            command = [*self.prefix(profile), setup.python, *_PYTEST, f"--energy-count={path}", f"--energy-count-by={self.by}"]
            command += [*(("-k", setup.keyword) if setup.keyword else ()), *(names or setup.paths)]
            code, output = run_pytest(side, self.patient(setup), seed, command)
            if code == 5:
                return Process({}, failures(output), seed)
            if code not in (0, 1) or not os.path.isfile(path):
                raise ProcessFailed(f"{side.name} ({side.sha[:12]}): pytest ended with {code}:\n{last_lines(output)}")
            with open(path, encoding="utf-8") as file:
                report = json.load(file)
            total = self.totals(profile, report["last"])
        values = {}
        for one in report["benchmarks"]:
            zero = total(one["zero"][1]) - total(one["zero"][0])
            counts = [(total(end) - total(start) - zero) / iterations for start, end, iterations in one["rounds"]]
            values[one["name"]] = _value(median(counts), sum(row[2] for row in one["rounds"]))
        return Process(values, failures(output), seed, provider=self.by)

    def prefix(self, profile: str) -> list[str]:
        """What stands before the command."""
        return []

    def patient(self, setup: Setup) -> Setup:
        """The same with a time limit that fits."""
        return setup

    def totals(self, profile: str, marks: int) -> Callable[[int], int]:
        """From a mark to the instructions until then."""
        return lambda mark: mark

    def command(self, side: Side, argv: Sequence[str], setup: Setup, seed: int) -> Value | str:
        """The count of a whole command, start-up included, or why it failed."""
        from greenlint.profiler.command import CommandNotFound, run_command
        from greenlint.profiler.meter import Meter

        with Meter.open("proxy") as meter, open(os.devnull, "r+b") as nothing:
            env = {**environment(side, setup.pythonpath, seed), **setup.variables}
            try:
                done = run_command(
                    argv,
                    meter=meter,
                    cwd=side.path,
                    env=env,
                    timeout_s=setup.timeout_s,
                    stdin=nothing,
                    stdout=nothing,
                    stderr=nothing,
                )
            except CommandNotFound as error:
                return str(error)
        if done.returncode:
            return f"not finished after {setup.timeout_s:g} s" if done.timed_out else f"exit code {done.returncode}"
        count = done.measurement.extra.get("instructions")
        return _value(float(count), 1) if count else done.measurement.extra.get("instructions_missing", "not counted")

    def __call__(self, side: Side, setup: Setup, commands: Commands, seed: int, names: Sequence[str] = ()) -> Process:
        """All benchmarks of a side once, as `Runner` does it. Raises ProcessFailed."""
        values: dict[str, Value] = {}
        failed: dict[str, str] = {}
        tests = [name for name in names if name not in commands]
        if (tests or not names) and (setup.paths or not commands):
            done = self.tests(side, setup, seed, tests)
            values.update(done.values)
            failed.update(done.failed)
        for name, argv in commands.items():
            found = self.command(side, argv, setup, seed) if not names or name in names else ""
            if isinstance(found, Value):
                values[name] = found
            elif found:
                failed[name] = found
        return Process(values, failed, seed, provider=self.by)


class Callgrind(Counter):
    """Counts by running the program under callgrind; of tests the child processes are left out, for they see no mark."""

    kind = "instructions (callgrind), no joules"
    by = "callgrind"

    def prefix(self, profile: str) -> list[str]:
        """One file with a part for every mark."""
        options = ("--combine-dumps=yes", "--dump-before=lcong48_r", f"--callgrind-out-file={profile}")
        return ["valgrind", "-q", "--tool=callgrind", *options]

    def patient(self, setup: Setup) -> Setup:
        """A limit that leaves time for callgrind."""
        return setup._replace(timeout_s=setup.timeout_s * SLOWDOWN)

    def totals(self, profile: str, marks: int) -> Callable[[int], int]:
        """The parts before a mark, added up. Raises ProviderError where callgrind did not see every mark."""
        parts = _parts(profile)
        if len(parts) != marks + 1:
            raise ProviderError(
                f"callgrind saw {len(parts) - 1} of {marks} marks: it needs the symbols of glibc", "use --metric cpu"
            )
        return lambda mark: sum(parts[:mark])

    def command(self, side: Side, argv: Sequence[str], setup: Setup, seed: int) -> Value | str:
        """The count of all processes of the command, so that a version manager's shim does not hide the program."""
        with tempfile.TemporaryDirectory(prefix="greenlint-") as folder:
            profiles = os.path.join(folder, "profile.%p")
            options = ("--trace-children=yes", f"--callgrind-out-file={profiles}")
            env = {**environment(side, setup.pythonpath, seed), **setup.variables}
            limit_s = setup.timeout_s * SLOWDOWN
            done = run_whole(["valgrind", "-q", "--tool=callgrind", *options, *argv], cwd=side.path, env=env, timeout_s=limit_s)
            if done.timed_out:
                return f"not finished after {limit_s:g} s under callgrind"
            if done.code:
                return f"exit code {done.code}: {done.last_line}"
            count = sum(sum(_parts(os.path.join(folder, name))) for name in os.listdir(folder))
        return _value(float(count), 1) if count else "callgrind counted nothing"


def counter_here() -> Counter:
    """The counter of this machine. Raises ProviderError when there is none, with what to do."""
    from greenlint.profiler.instructions import InstructionCounter

    try:
        InstructionCounter().close()
    except OSError as error:
        if shutil.which("valgrind"):
            return Callgrind()
        reason = f"instructions cannot be counted: {error.strerror or error}, and valgrind is not installed"
        raise ProviderError(reason, "install valgrind, or use --metric cpu") from error
    return Counter()


def _parts(profile: str) -> list[int]:
    """The total of each part of a profile, in order."""
    with open(profile, "rb") as file:
        return [int(number) for number in _TOTALS.findall(file.read())]


def _value(instructions: float, iterations: int) -> Value:
    return Value(0.0, None, "", iterations, instructions=instructions)
