"""Both sides of a pair in two processes that take turns round by round, and one after the other where that does not work.

Two processes that are alive at once can be in each other's way: a port, a lock, a file outside of the worktree, memory.
"""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

from greenlint.sampling.alternating import POSSIBLE, run_alternating
from greenlint.sampling.sample import ProcessFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.sampling.sample import Job, Process, Setup
    from greenlint.sampling.worktrees import Side

    Task = tuple[Side, Setup, Sequence[str]]
    """Of one process: side, setup, names of benchmarks (empty: all)."""


class InStep:
    """Runs pairs; remembers which benchmarks each side has, and whether the two stand each other.

    notice  why pairs are not in step, or ""
    """

    def __init__(self, job: Job, *, possible: bool = POSSIBLE) -> None:
        """`possible` where processes can take turns at all."""
        self._job = job
        self._known: dict[str, set[str]] = {}
        self._failing: set[tuple[str, str]] = set()
        self.notice = "" if possible else "both sides ran one after the other: on this system they cannot take turns"

    def run(self, tasks: Mapping[str, Task], seed: int) -> dict[str, Process]:
        """A process of each side; `tasks` by side, the first begins.

        What fails is tried again with one process after the other: where that helps, it stays so for all pairs that follow.
        Raises ProcessFailed when a side cannot run alone.
        """
        if self.notice:
            return self._apart(tasks, seed)
        why = ""
        try:
            done = self._together(tasks, seed)
        except ProcessFailed as error:
            why = str(error)
        else:
            failed = _failed(done)
            why = next((f"{one[1]}: {words}" for one, words in failed.items() if one not in self._failing), "")
        if why:
            done = self._apart(tasks, seed)
            failed = _failed(done)
            if not failed.keys() - self._failing:
                self.notice = f"both sides ran one after the other: with both alive, {' '.join(why.split())[:200]}"
            self._failing |= failed.keys()
        for side, process in done.items():
            self._known.setdefault(side, set()).update(process.values, process.failed)
        return done

    def _apart(self, tasks: Mapping[str, Task], seed: int) -> dict[str, Process]:
        return {name: self._job(side, setup, seed, names) for name, (side, setup, names) in tasks.items()}

    def _together(self, tasks: Mapping[str, Task], seed: int) -> dict[str, Process]:
        with tempfile.TemporaryDirectory(prefix="greenlint-") as folder:
            paths = {name: os.path.join(folder, f"{name}.json") for name in tasks}
            starts = {
                name: self._job.start(side, setup, seed, names, paths[name]) for name, (side, setup, names) in tasks.items()
            }
            timeout_s = max(setup.timeout_s for _, setup, _ in tasks.values())
            done = run_alternating(starts, timeout_s, self._known)
            return {
                name: self._job.result(side, setup, seed, done[name], paths[name]) for name, (side, setup, _) in tasks.items()
            }


def _failed(done: Mapping[str, Process]) -> dict[tuple[str, str], str]:
    return {(side, name): words for side, process in done.items() for name, words in process.failed.items()}
