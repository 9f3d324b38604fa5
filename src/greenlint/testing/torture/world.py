"""Runs any program on a machine of the torture table; nothing of it is seen outside this process and its children.

    python -m greenlint.testing.torture.world CASE [--at SECONDS] [--window SECONDS] [--in-folder] -- PROGRAM [ARGUMENT]...

Prints one JSON object: how the program ended, what it wrote, and what it left behind. The program finds in its environment
GREENLINT_TORTURE_WINDOW_S, and GREENLINT_TORTURE_EVENT_NS when something happens: at that monotonic time
(`time.perf_counter_ns`), which it should put into the middle of its window. With --in-folder nothing is mounted: the machine is
a folder, named in GREENLINT_TORTURE_ROOT, which only greenlint understands.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from typing import IO, TYPE_CHECKING, Any

from greenlint.named_tuple import NamedTuple
from greenlint.testing import private_mounts
from greenlint.testing.torture.case import Moment
from greenlint.testing.torture.cases import find_case
from greenlint.testing.torture.machine import in_folder, mounted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.testing.torture.case import Case

FORBIDDEN = 77
"""Exit code when the system does not allow such a world; the reason is in "forbidden" of the output."""

_NOBODY = 65534
_PR_SET_CHILD_SUBREAPER = 36


class Program(NamedTuple):
    """What to run: its arguments, the moment of the event, and when it is killed, s after its start."""

    argv: Sequence[str]
    moment: Moment
    timeout_s: float = 120.0


def run_mounted(case: Case, program: Program) -> dict[str, Any]:
    """Make this process's own /sys, run the program in it, and report. Raises private_mounts.Forbidden."""
    private_mounts.enter()
    if case.nobody:
        if not _is_real_root():
            raise private_mounts.Forbidden("only root can become another user")
        for path in (program.argv[0], sys.base_prefix, __file__):
            private_mounts.open_way(path)
    start_s = time.perf_counter()
    with mounted(case, program.moment, start_s):
        return _run(case, program, _variables(case, program, start_s))


def run_in_folder(case: Case, program: Program) -> dict[str, Any]:
    """Make a folder that greenlint can be told of, and the rest as `run_mounted`."""
    start_s = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, in_folder(case, program.moment, start_s, folder) as root:
        return _run(case, program, {**_variables(case, program, start_s), "GREENLINT_TORTURE_ROOT": root})


def _variables(case: Case, program: Program, start_s: float) -> dict[str, str]:
    event_ns = int((start_s + program.moment.at_s) * 1e9)
    event = {"GREENLINT_TORTURE_EVENT_NS": str(event_ns)} if case.event else {}
    return {**event, "GREENLINT_TORTURE_CASE": case.key, "GREENLINT_TORTURE_WINDOW_S": str(program.moment.window_s)}


def _run(case: Case, program: Program, variables: Mapping[str, str]) -> dict[str, Any]:
    """Run it in an empty home, so that nothing is remembered from case to case, and without real GPUs."""
    # What the program leaves running becomes a child of this process.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    servers, began = _children(), time.perf_counter()
    user = _NOBODY if case.nobody else None
    if user is not None:
        for path in (program.argv[0], sys.prefix, __file__):
            _check_reachable(path)
    # Files and not pipes: a process that the program leaves behind would hold a pipe open.
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        os.chmod(home, 0o777)
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GREENLINT_")}
        own = {"HOME": home, "XDG_CACHE_HOME": f"{home}/.cache", "CUDA_VISIBLE_DEVICES": "", "NO_COLOR": "1"}
        process = subprocess.Popen(
            program.argv,
            cwd=home,
            env={**kept, **own, **variables},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            user=user,
            group=user,
            extra_groups=[] if case.nobody else None,
        )
        try:
            process.wait(program.timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return {
            "rc": process.returncode,
            "stdout": _text(output),
            "stderr": _text(errors),
            "wall_s": time.perf_counter() - began,
            "left_processes": _end_the_rest(servers),
            "left_files": [os.path.relpath(f"{path}/{name}", home) for path, _, names in os.walk(home) for name in names],
        }


def _check_reachable(path: str) -> None:
    """Raises Forbidden where an ordinary user may not enter a folder on the way to the program, such as a private one."""
    folder = os.path.abspath(path)
    while os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
        if not os.stat(folder).st_mode & stat.S_IXOTH:
            raise private_mounts.Forbidden(f"an ordinary user may not enter {folder}")


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _is_real_root() -> bool:
    """False where root is an ordinary user of the outer namespace: it can become nobody else."""
    with open("/proc/self/uid_map", encoding="ascii") as file:
        return int(file.read().split()[2]) > _NOBODY


def _children() -> set[int]:
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children", encoding="ascii") as file:
        return {int(pid) for pid in file.read().split()}


def _end_the_rest(servers: set[int]) -> int:
    """Kill what the program left running, and say how many processes that were."""
    time.sleep(0.05)
    living = [pid for pid in _children() - servers if os.waitpid(pid, os.WNOHANG)[0] == 0]
    for pid in living:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return len(living)


def main(arguments: list[str]) -> int:
    """The command line above; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m greenlint.testing.torture.world")
    parser.add_argument("case")
    parser.add_argument("--at", type=float, default=2.0)
    parser.add_argument("--window", type=float, default=1.0)
    parser.add_argument("--in-folder", action="store_true")
    parser.add_argument("--timeout", type=float, default=120.0)
    place = arguments.index("--") if "--" in arguments else len(arguments)
    given, argv = parser.parse_args(arguments[:place]), arguments[place + 1 :]
    if not argv:
        parser.error("say what to run, after --")
    argv[0] = os.path.abspath(argv[0]) if os.path.dirname(argv[0]) else argv[0]  # it runs in a folder of its own
    run = run_in_folder if given.in_folder else run_mounted
    try:
        report = run(find_case(given.case), Program(argv, Moment(given.at, given.window), given.timeout))
    except private_mounts.Forbidden as error:
        sys.stdout.write(json.dumps({"forbidden": str(error)}) + "\n")
        return FORBIDDEN
    sys.stdout.write(json.dumps(report) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
