"""`greenlint history run`: every commit of a range once, in random order, leaving out what the ledger holds already."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from greenlint.history.plan import KIND
from greenlint.history.session import measure_commit
from greenlint.ledger.ids import new_run
from greenlint.model.run import Commit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.history.commits import Listed
    from greenlint.history.plan import Plan
    from greenlint.ledger.store import Ledger
    from greenlint.model.run import Machine, Run


@dataclass(slots=True)
class Outcome:
    """What became of the commits, oldest first: commit -> "complete", "reused" or "failed: reason"."""

    commits: tuple[Listed, ...]
    seed: int
    ends: dict[str, str] = field(default_factory=dict)

    def count(self, end: str) -> int:
        """How many ended so; "failed" counts all reasons."""
        return sum(one.startswith(end) for one in self.ends.values())

    def exit_code(self) -> int:
        """0 when there are values of any commit, else 4."""
        return 0 if any(not end.startswith("failed") for end in self.ends.values()) else 4


def run_all(
    plan: Plan,
    commits: Sequence[Listed],
    ledger: Ledger,
    machine: Machine,
    tell: Callable[[str], object],
    *,
    retry: bool = False,
    missing: bool = False,
) -> Outcome:
    """Measure the commits that the ledger lacks.

    retry  those that failed before are tried again; missing  a commit with any result on this machine class is left alone,
    however it was measured. Raises GreenlintError for what is no fault of a commit; what was measured by then is kept.
    """
    outcome = Outcome(tuple(commits), plan.seed)
    stored = Stored(ledger.runs(kind=KIND), plan)
    waiting = []
    for commit in commits:
        end = stored.end_of(commit, retry=retry, missing=missing, ledger=ledger, machine=machine)
        if end:
            outcome.ends[commit.sha] = end
        else:
            waiting.append(commit)
    draw = random.Random(plan.seed)
    draw.shuffle(waiting)
    now = Stored((), plan)
    for number, commit in enumerate(waiting, 1):
        where = f"{number} of {len(waiting)}, {commit.sha[:10]}"
        twin = now.find(plan.key(commit), plan.processes)  # an equal tree was measured a moment ago
        if twin is not None:
            outcome.ends[commit.sha] = _reuse(twin, plan, commit, ledger, machine)
            continue
        outcome.ends[commit.sha] = measure_commit(
            plan,
            commit,
            ledger,
            machine,
            draw,
            lambda text: tell(f"{where}: {text}"),  # noqa: B023 - called at once
        )
        now.add(ledger.by_commit(commit.sha)[0])
    return outcome


class Stored:
    """The results that the ledger holds, by what they depend on."""

    def __init__(self, runs: Sequence[Run], plan: Plan) -> None:
        self._plan = plan
        self._by_key: dict[str, list[Run]] = {}
        self._shas: set[str] = set()
        for run in reversed(runs):
            self.add(run)

    def add(self, run: Run) -> None:
        """Take a finished run in; one that was killed counts for nothing."""
        if run.status == "open" or run.machine.machine_class != self._plan.machine_class:
            return
        self._by_key.setdefault(str(run.facts.get("key")), []).insert(0, run)
        if run.commit is not None and run.status == "complete":
            self._shas.add(run.commit.sha)

    def find(self, key: str, processes: int) -> Run | None:
        """The newest run with this key that was measured with at least so many processes, or failed."""
        for run in self._by_key.get(key, ()):
            if run.status.startswith("failed") or int(run.facts.get("processes", 0)) >= processes:
                return run
        return None

    def end_of(self, commit: Listed, *, retry: bool, missing: bool, ledger: Ledger, machine: Machine) -> str:
        """How a commit that need not be measured ended; "" for one that must be."""
        if missing and commit.sha in self._shas:
            return "reused"
        run = self.find(self._plan.key(commit), self._plan.processes)
        if run is None or (retry and run.status.startswith("failed")):
            return ""
        return _reuse(run, self._plan, commit, ledger, machine)


def _reuse(run: Run, plan: Plan, commit: Listed, ledger: Ledger, machine: Machine) -> str:
    """Take over the result of an equal tree; another commit with that tree gets a run that points to it."""
    end = "reused" if run.status == "complete" else run.status
    if run.commit is None or run.commit.sha == commit.sha:
        return end
    source = str(run.facts.get("same_as") or run.run_id)
    if any(source in (other.run_id, other.facts.get("same_as")) for other in ledger.by_commit(commit.sha)):
        return end
    twin = new_run(
        kind=KIND,
        machine=machine,
        commit=Commit(commit.sha, commit.parent, commit.author_time, False, "", commit.subject),
        provider=run.provider,
        method=run.method,
        project=plan.root,
        facts={**run.facts, "same_as": source},
    )
    ledger.begin(twin)
    ledger.finish(twin.run_id, run.status)
    return end
