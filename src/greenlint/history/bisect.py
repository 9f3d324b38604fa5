"""`greenlint history bisect`: the commit that changed a benchmark, by pairs of processes against the old end."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING

from greenlint.analysis.pairs import MIN_EFFECT, Change, change_of, confirmed_better, confirmed_worse, suspicious
from greenlint.errors import GreenlintError
from greenlint.history.commits import changed_in, list_commits
from greenlint.history.search import STAGES, UNCLEAR, Range, Step, search, side_of
from greenlint.history.trials import Trials
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.reach import reached, relevant
from greenlint.sampling.sample import ProcessFailed
from greenlint.sampling.worktrees import Worktrees
from greenlint.source.repository import top_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.history.commits import Listed
    from greenlint.history.plan import Plan
    from greenlint.ledger.store import Ledger
    from greenlint.model.run import Machine
    from greenlint.sampling.worktrees import Side


class Question(NamedTuple):
    """Which benchmark changed between which commits, and the least change that is one."""

    good: Listed
    bad: Listed
    name: str
    min_effect: float = MIN_EFFECT


class Found(NamedTuple):
    """What came of it.

    change    of bad against good, by the pairs that decided; confirmed  whether there is one at all
    commits   in the range; candidates  those of them that can reach the benchmark, oldest first
    left      the culprit is one of these candidates; steps  what was asked; measured  pairs of this session
    notices   why pairs did not take turns, where they did not
    """

    question: Question
    change: Change
    confirmed: bool
    commits: int
    candidates: tuple[Listed, ...]
    left: tuple[Listed, ...]
    steps: tuple[tuple[Listed, Step], ...]
    measured: int
    notices: tuple[str, ...] = ()


def bisect(plan: Plan, question: Question, ledger: Ledger, machine: Machine, tell: Callable[[str], object]) -> Found:
    """Compare the ends, then search between them. Raises GreenlintError when an end cannot be measured."""
    between = list_commits(plan.root, question.good.sha, question.bad.sha)
    with Worktrees(plan.root, os.path.join(plan.root, ".greenlint", "worktrees")) as trees:
        trials = Trials(plan, (question.good, question.name), trees, ledger, machine, tell)
        try:
            change, confirmed = _ends(trials, question)
            ends = [trees.add(f"reach-{end.sha[:12]}", end.sha) for end in (question.good, question.bad)]
            candidates = _candidates(plan, question.name, between, ends)
            found = Range(0, len(candidates) - 1, ())
            if confirmed and candidates:
                found = search(len(candidates), lambda number: _ask(trials, candidates[number], math.log(change.ratio)))
            trials.finish()
        finally:
            trials.close()
    left = candidates[found.first : found.last + 1] if confirmed else []
    steps = tuple((candidates[step.number], step) for step in found.steps)
    return Found(
        question, change, confirmed, len(between), tuple(candidates), tuple(left), steps, trials.measured, trials.notices
    )


def _ends(trials: Trials, question: Question) -> tuple[Change, bool]:
    """Both ends in two stages: only new pairs confirm what the first ones made likely."""
    try:
        logs = trials.pairs(question.bad, 1, STAGES[0])
        if suspicious(logs):
            logs = trials.pairs(question.bad, 1 + STAGES[0], STAGES[1])
    except ProcessFailed as error:
        raise GreenlintError(
            f"{question.name}: an end of the range cannot be measured: {error.message}",
            "choose ends that both have this benchmark under this name",
        ) from error
    change = change_of(logs)
    worse = confirmed_worse(change, change.p_worse, question.min_effect)
    return change, worse or confirmed_better(change, change.p_better, question.min_effect)


def _ask(trials: Trials, commit: Listed, effect: float) -> str:
    first = 1
    try:
        for count in STAGES:
            answer = side_of(trials.pairs(commit, first, count), effect)
            if answer != UNCLEAR:
                return answer
            first += count
    except ProcessFailed as error:
        return f"failed: {error.message}"
    return UNCLEAR


def _candidates(plan: Plan, name: str, between: Sequence[Listed], ends: Sequence[Side]) -> list[Listed]:
    """The commits that change a file which the benchmark reaches at one of the ends; the last one at least."""
    changed = {commit.sha: changed_in(plan.root, commit) for commit in between}
    everything = sorted({path for paths in changed.values() for path in paths})
    matter = set(relevant(everything))
    if name not in plan.commands:
        matter = set()
        for side in ends:
            search_path = [os.path.normpath(os.path.join(side.path, folder)) for folder in plan.setup.pythonpath]
            start = os.path.join(side.path, name.partition("::")[0])
            matter |= set(reached(everything, _top(side), [start], search_path))
    return [commit for commit in between if matter.intersection(changed[commit.sha])] or list(between[-1:])


def _top(side: Side) -> str:
    """The root of a side's worktree, above the project's folder in it."""
    return top_of(side.path) or side.path
