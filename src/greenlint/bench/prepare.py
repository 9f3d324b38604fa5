"""Finds the programs and builds what has to be built, each once; the cost of building is recorded apart."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from greenlint.bench.comparison import Build
from greenlint.bench.output import Spool
from greenlint.bench.plan import fill_placeholders
from greenlint.bench.status import Status

if TYPE_CHECKING:
    from greenlint.bench.entry import Entry
    from greenlint.bench.execute import Executor
    from greenlint.bench.plan import Implementation

BUILD_TIMEOUT_S = 900.0


def prepare(entry: Entry, executor: Executor, folder: str) -> None:
    """Build and find one implementation; {out} is a file of its own in `folder`. Excludes it when that fails."""
    implementation = entry.implementation
    out = os.path.join(folder, str(len(os.listdir(folder))), "program")
    os.mkdir(os.path.dirname(out))
    if implementation.build and not _build(entry, executor, out):
        return
    argv = fill_placeholders(implementation.run, out)
    program = find_program(argv[0], implementation)
    if program is None:
        entry.exclude(Status.NOT_FOUND, _where_looked(argv[0]))
        return
    entry.argv = [program, *argv[1:]]


def find_program(name: str, implementation: Implementation) -> str | None:
    """The absolute path of an executable: on the PATH of the implementation, or relative to its folder."""
    if os.path.dirname(name):
        name = os.path.join(implementation.cwd, name)
    return shutil.which(name, path=implementation.env.get("PATH"))


def is_shim(program: str) -> bool:
    """True for the start script of a version manager (pyenv, asdf, …), which costs CPU time of its own at every start."""
    return "shims" in os.path.dirname(program).split(os.sep)


def _build(entry: Entry, executor: Executor, out: str) -> bool:
    argv = fill_placeholders(entry.implementation.build, out)
    tool = find_program(argv[0], entry.implementation)
    if tool is None:
        entry.exclude(Status.NOT_FOUND, f"its build needs {_where_looked(argv[0])}")
        return False
    argv[0] = tool
    with Spool() as spool:
        trial = executor.run_argv(entry, argv, spool, BUILD_TIMEOUT_S)
    made = os.path.getsize(out) if os.path.isfile(out) else None
    entry.build = Build(tuple(argv), trial, made)
    if trial.status is not Status.OK:
        entry.exclude(Status.BUILD_FAILED, f"{os.path.basename(tool)}: {trial.reason}")
    elif made is None and "{out}" in entry.implementation.run:
        entry.exclude(Status.BUILD_FAILED, f"{os.path.basename(tool)} made no {{out}}")
    return entry.usable


def _where_looked(name: str) -> str:
    if os.path.dirname(name):
        reason = "is not executable" if os.path.isfile(name) else "does not exist"
        return f"{name}, which {reason}"
    return f"{name}, which is not on PATH"
