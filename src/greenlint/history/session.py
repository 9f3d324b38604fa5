"""One commit: its worktree, its environment, its processes beside the control workload, and what became of it in the ledger."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING

from greenlint.errors import GreenlintError, LedgerError
from greenlint.history.commits import blobs, has_submodules
from greenlint.history.control import run_control
from greenlint.history.environment import prepare
from greenlint.history.plan import KIND, python_name
from greenlint.history.rows import control_row, process_rows
from greenlint.ledger.ids import new_run
from greenlint.model.run import Commit
from greenlint.sampling.collecting import RETRIES, STOLEN
from greenlint.sampling.running import Runner
from greenlint.sampling.sample import ProcessFailed
from greenlint.sampling.worktrees import Worktrees, disk_refused

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from greenlint.history.commits import Listed
    from greenlint.history.control import Control
    from greenlint.history.plan import Plan
    from greenlint.ledger.store import Ledger
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Machine, Run
    from greenlint.sampling.sample import Process, Setup
    from greenlint.sampling.worktrees import Side

_LONGEST_REASON = 300
_SIDE = re.compile(r"^\S+ \([0-9a-f]{12}\): ")
_WORKTREE = re.compile(r"\S*[/\\]\.greenlint[/\\]worktrees[/\\]\d+[/\\][^/\\\s]+[/\\]")
_RULER = re.compile(r"={3,}.*|-{3,}.*")
FULL_HINT = "free some space and start it again: what was measured is in the ledger, and is not measured twice"


def measure_commit(
    plan: Plan, commit: Listed, ledger: Ledger, machine: Machine, draw: random.Random, tell: Callable[[str], object]
) -> str:
    """Measure a commit into a run of its own and return how that ended: "complete" or "failed: reason".

    Raises GreenlintError for what is no fault of the commit: no control workload, no ledger, a full disk.
    """
    control = run_control(plan.setup.provider, draw.randrange(2**32))
    run = _begin(plan, commit, machine, control)
    ledger.begin(run)
    try:
        _measure(plan, commit, ledger, run, control, draw, tell)
        status = "complete"
    except LedgerError:
        raise
    except OSError as error:
        raise disk_trouble(error) from error
    except GreenlintError as error:
        if disk_refused(str(error)):
            raise GreenlintError(error.message, FULL_HINT) from error
        status = f"failed: {one_line(str(error))}"
    ledger.finish(run.run_id, status)
    return status


def disk_trouble(error: OSError) -> GreenlintError:
    """A full disk and its like, as one line."""
    where = error.filename or "temporary files"
    return GreenlintError(f"{where}: {error.strerror}", FULL_HINT if error.errno == errno.ENOSPC else "")


def one_line(text: str) -> str:
    """The first line of a message and the one that says most of those below it, without the place of the worktree."""
    text = _WORKTREE.sub("", _SIDE.sub("", text))
    first, *rest = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    lines = [line for line in (first, *rest) if not _RULER.match(line)]
    marked = [line for line in lines if line.startswith(("E ", "ERROR", "FAILED"))] or lines
    telling = next((line for line in reversed(marked) if line.startswith("E ")), marked[-1] if marked else "")
    said = first if telling in first else f"{_RULER.sub('', first)} {telling.removeprefix('E ').strip()}"
    return said[:_LONGEST_REASON]


def _begin(plan: Plan, commit: Listed, machine: Machine, control: Control) -> Run:
    facts = {"key": plan.key(commit), "tree": commit.tree, "python": python_name(), "processes": plan.processes}
    notes: tuple[str, ...] = ()
    if not plan.prepare and has_submodules(plan.root, commit.sha):
        notes = ("its submodules were not checked out: name a --setup that does",)
    return new_run(
        kind=KIND,
        machine=machine,
        commit=Commit(commit.sha, commit.parent, commit.author_time, False, "", commit.subject),
        provider=control.provider,
        method=control.method,
        project=plan.root,
        notes=notes,
        facts={**facts, "seed": plan.seed, "setup": plan.prepare, "paths": list(plan.setup.paths)},
    )


def _measure(
    plan: Plan,
    commit: Listed,
    ledger: Ledger,
    run: Run,
    control: Control,
    draw: random.Random,
    tell: Callable[[str], object],
) -> None:
    folder = os.path.join(plan.root, ".greenlint")
    with Worktrees(plan.root, os.path.join(folder, "worktrees")) as trees:
        tell("check out")
        side = trees.add("commit", commit.sha)
        setup = equipped(plan.setup, folder, side, plan.prepare, tell)
        with Runner({side.name: side}, setup, plan.commands, plan.machine) as run_once:
            for process in range(1, plan.processes + 1):
                tell(f"process {process} of {plan.processes}")
                if process > 1:
                    control = run_control(plan.setup.provider, draw.randrange(2**32))
                rows = _process(run_once, side, process, draw)
                ledger.append(run.run_id, [control_row(control, process), *rows])


def _process(run_once: Runner, side: Side, process: int, draw: random.Random) -> list[Measurement]:
    """The rows of a process that counts, and of those before it whose CPU time a hypervisor gave to others."""
    rows: list[Measurement] = []
    for attempt in range(RETRIES + 1):
        done = run_once(side.name, draw.randrange(2**32))
        refuse_nothing(done)
        disturbed = done.stolen > STOLEN and attempt < RETRIES
        reason = f"{done.stolen:.0%} of the CPU time was stolen" if disturbed else ""
        rows += process_rows(done, process, _sources(side, done), reason)
        if not disturbed:
            break
    return rows


def equipped(setup: Setup, folder: str, side: Side, command: str, tell: Callable[[str], object]) -> Setup:
    """The same run by the commit's own environment, which the set-up command fills. Raises SetupFailed."""
    if not command:
        return setup
    tell("set up")
    environment = prepare(os.path.join(folder, "environments"), side.path, command, setup.timeout_s)
    return setup._replace(python=environment.python, variables=environment.variables)


def refuse_nothing(done: Process) -> None:
    """Raise ProcessFailed for a process that measured nothing, with the words of the first benchmark that failed."""
    if done.values:
        return
    for name, why in done.failed.items():
        raise ProcessFailed(f"{name}: {why}")
    raise ProcessFailed("no benchmark: no test uses the `energy` fixture")


def _sources(side: Side, done: Process) -> dict[str, dict[str, str]]:
    """The hash of each benchmark's file: where it changes, the benchmark itself may have become another one."""
    files = {name: name.partition("::")[0] for name in done.values}
    hashes = blobs(side.path, "HEAD", sorted(set(files.values())))
    return {name: {"source": hashes[file][:12]} for name, file in files.items() if file in hashes}
