"""Pairs of a commit against the old end of a bisection, each in the ledger at once: after a kill none is measured twice."""

from __future__ import annotations

import hashlib
import math
import os
import random
from typing import TYPE_CHECKING

from greenlint.errors import LedgerError
from greenlint.history.plan import python_name
from greenlint.history.rows import number_of, value_row
from greenlint.history.session import disk_trouble, equipped, one_line
from greenlint.ledger.ids import new_run
from greenlint.model.run import Commit
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.running import Runner
from greenlint.sampling.sample import ProcessFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from greenlint.history.commits import Listed
    from greenlint.history.plan import Plan
    from greenlint.ledger.store import Ledger
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Machine, Run
    from greenlint.sampling.sample import Process, Setup, Value
    from greenlint.sampling.worktrees import Side, Worktrees

KIND = "bisect"
_COUNTED = frozenset({"counter", "attributed", "meter"})


class Pair(NamedTuple):
    """The rows of both processes."""

    old: Measurement
    new: Measurement


class Trials:
    """Compares commits with the old end, both alive and in turns; one worktree each, added when it is needed."""

    def __init__(
        self,
        plan: Plan,
        ends: tuple[Listed, str],
        trees: Worktrees,
        ledger: Ledger,
        machine: Machine,
        tell: Callable[[str], object],
    ) -> None:
        """`ends`: the old end, and the name of the benchmark."""
        good, name = ends
        self._plan, self._good, self._name = plan, good, name
        self._trees, self._ledger, self._machine, self._tell = trees, ledger, machine, tell
        self._sides: dict[str, Side] = {}
        self._setups: dict[str, Setup] = {}
        self._runner: Runner | None = None
        self._runs: dict[str, Run] = {}
        self.measured = 0

    def pairs(self, commit: Listed, first: int, count: int) -> list[float]:
        """Logarithms of commit over old end in the pairs `first` to `first + count - 1`, those stored already included.

        Raises ProcessFailed, and stores the reason, when the commit cannot be built or run.
        """
        run = self._runs.get(commit.sha) or self._run(commit)
        self._runs[commit.sha] = run
        if run.status.startswith("failed"):
            raise ProcessFailed(run.status.removeprefix("failed: "))
        stored = _pairs(self._ledger.measurements(run.run_id))
        for number in range(first, first + count):
            if number not in stored:
                self._tell(f"{commit.sha[:10]}: pair {number - first + 1} of {count}")
                stored[number] = self._measure(run, commit, number)
        chosen = [stored[number] for number in range(first, first + count)]
        return _logs(chosen)

    def finish(self) -> None:
        """Say in the ledger that the search came to its end."""
        for run in self._runs.values():
            if run.status == "open":
                self._ledger.finish(run.run_id)

    @property
    def notices(self) -> tuple[str, ...]:
        """Why pairs did not take turns, where they did not."""
        return tuple(self._runner.notices) if self._runner is not None else ()

    def close(self) -> None:
        """Release what the runner holds."""
        if self._runner is not None:
            self._runner.__exit__(None, None, None)

    def _measure(self, run: Run, commit: Listed, number: int) -> Pair:
        draw = random.Random(f"{self._plan.seed}/{commit.sha}/{number}")
        seed = draw.randrange(2**32)
        order = [self._good, commit] if number % 2 else [commit, self._good]
        try:
            values = self._values(order, seed)
        except OSError as error:
            raise disk_trouble(error) from error
        except ProcessFailed as error:
            reason = one_line(str(error))
            if self._good_runs(seed):
                self._ledger.finish(run.run_id, f"failed: {reason}")
                self._runs[commit.sha] = run._replace(status=f"failed: {reason}")
            raise ProcessFailed(reason) from error
        facts = {"pair": str(number), "seed": str(seed)}
        rows = [
            value_row(self._name, values[one.sha], {**facts, "side": side})
            for one, side in ((self._good, "old"), (commit, "new"))
        ]
        self._ledger.append(run.run_id, rows)
        self.measured += 1
        return Pair(rows[0], rows[1])

    def _values(self, order: list[Listed], seed: int) -> dict[str, Value]:
        """What both commits say when they take turns. Raises ProcessFailed."""
        done = self._with(order).both([one.sha for one in order], seed, [self._name])
        return {one.sha: self._value(one, done[one.sha]) for one in order}

    def _value(self, commit: Listed, done: Process) -> Value:
        if self._name in done.values:
            return done.values[self._name]
        why = done.failed.get(self._name) or next(iter(done.failed.values()), "it has no such benchmark")
        raise ProcessFailed(f"{commit.sha[:10]}: {why}")

    def _good_runs(self, seed: int) -> bool:
        """Whether the old end runs alone: then the other commit is at fault."""
        try:
            self._value(self._good, self._with([self._good])(self._good.sha, seed, [self._name]))
        except ProcessFailed:
            return False
        return True

    def _with(self, commits: list[Listed]) -> Runner:
        """The runner, with a worktree and an environment for each of these commits."""
        for commit in commits:
            if commit.sha not in self._setups:
                side = self._sides.get(commit.sha) or self._trees.add(commit.sha[:12], commit.sha)
                self._sides[commit.sha] = side
                folder = os.path.join(self._plan.root, ".greenlint")
                self._setups[commit.sha] = equipped(self._plan.setup, folder, side, self._plan.prepare, self._tell)
        if self._runner is None:
            plan = self._plan
            self._runner = Runner(self._sides, plan.setup, plan.commands, plan.machine, own=self._setups).__enter__()
        return self._runner

    def _run(self, commit: Listed) -> Run:
        """The run that holds the pairs of this commit: one from before, or a new one."""
        key = _key(self._plan, self._good, commit, self._name)
        for run in self._ledger.runs(kind=KIND):
            if run.facts.get("key") == key:
                return run
        run = new_run(
            kind=KIND,
            machine=self._machine,
            commit=Commit(commit.sha, commit.parent, commit.author_time, False, "", commit.subject),
            provider=self._plan.setup.provider,
            method="",
            project=self._plan.root,
            facts={"key": key, "old": self._good.sha, "benchmark": self._name, "python": python_name()},
        )
        self._ledger.begin(run)
        return run


def _key(plan: Plan, good: Listed, commit: Listed, name: str) -> str:
    text = "\0".join((plan.key(good), plan.key(commit), name))
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


def _pairs(rows: list[Measurement]) -> dict[int, Pair]:
    return {int(old.extra["pair"]): Pair(old, new) for old, new in _neighbours(rows)}


def _neighbours(rows: list[Measurement]) -> Iterator[tuple[Measurement, Measurement]]:
    yield from zip(rows[::2], rows[1::2])


def _logs(pairs: list[Pair]) -> list[float]:
    rows = [row for pair in pairs for row in pair]
    counted = all(row.energy is not None and row.energy.method.value in _COUNTED for row in rows)
    return [math.log(_number(pair.new, counted) / _number(pair.old, counted)) for pair in pairs]


def _number(row: Measurement, counted: bool) -> float:
    number = number_of(row)
    if number is None:
        raise LedgerError(f"a row of {row.name} holds no numbers", "`greenlint ledger verify` names it")
    return max(number.energy_j or 0.0, 1e-12) if counted and number.energy_j is not None else number.cpu_s
