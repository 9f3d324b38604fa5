"""`greenlint gate --base`: are the benchmarks of this state of the project worse than those of another commit?"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, NamedTuple

from greenlint.errors import GreenlintError
from greenlint.gate.paired import Compared, Settings, Verdict, compare
from greenlint.gate.reach import reached
from greenlint.gate.sample import Setup, Value, run_side
from greenlint.gate.worktrees import Side, Worktrees, changed_files, fork_point, resolve, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.config.schema import Config


class Against(NamedTuple):
    """What a comparison found.

    base, head  commits; uncommitted  head is a commit and tracked changes beside it
    metric      "energy" or "cpu"; results  one for each benchmark; seed  repeats the order and the hash seeds
    skipped     why nothing was measured, or ""; notices  what the reader should know
    """

    base: str
    head: str
    uncommitted: bool
    metric: str
    results: tuple[Compared, ...]
    settings: Settings
    machine_class: str
    skipped: str = ""
    notices: tuple[str, ...] = ()

    def exit_code(self, *, strict: bool) -> int:
        """1 for a confirmed worsening, 4 when there was nothing to measure, 3 for doubt under --strict, else 0."""
        if self.skipped:
            return 0
        verdicts = {result.verdict for result in self.results}
        if Verdict.WORSE in verdicts:
            return 1
        if not verdicts - {Verdict.GONE}:
            return 4
        return 3 if strict and verdicts & {Verdict.UNCONFIRMED, Verdict.INCOMPARABLE} else 0


class Request(NamedTuple):
    """What was asked for on the command line; `paths` empty means those configured, `seed` None a new one."""

    base: str
    paths: tuple[str, ...]
    keyword: str
    first_pairs: int
    second_pairs: int | None
    min_effect: float
    seed: int | None
    provider: str | None


def against(config: Config, request: Request, progress: Callable[[str], object]) -> Against:
    """Check both states out, and measure them in turn. Raises GreenlintError when git or a side's process fails."""
    root = config.root
    paths = request.paths or config.bench.paths
    head, uncommitted = state_of(root)
    base = fork_point(root, resolve(root, request.base), resolve(root, "HEAD"))
    seed = request.seed if request.seed is not None else random.SystemRandom().randrange(2**31)
    settings = Settings(request.first_pairs, request.second_pairs, request.min_effect, seed)
    empty = Against(base, head, uncommitted, "cpu", (), settings, _machine_class())
    with Worktrees(root, os.path.join(root, ".greenlint", "worktrees")) as trees:
        changed = changed_files(root, base, head)
        if not changed:
            return empty._replace(skipped="nothing differs between the two")
        sides = {name: trees.add(name, sha) for name, sha in (("base", base), ("head", head))}
        if paths and not _reached(changed, sides, paths, config):
            files = f"{len(changed)} changed file{'s' if len(changed) > 1 else ''}"
            return empty._replace(skipped=f"no benchmark reaches the {files}")
        setup = Setup(
            paths,
            request.keyword,
            config.bench.pythonpath,
            request.provider or config.energy.provider,
            config.bench.rounds,
            config.bench.timeout_s,
        )
        metric, results = compare(_runner(sides, setup), settings, progress)
    return empty._replace(metric=metric, results=tuple(results), notices=_notices(metric, uncommitted))


def _runner(sides: dict[str, Side], setup: Setup) -> Callable[[str, int, Sequence[str]], dict[str, Value]]:
    def run(side: str, seed: int, names: Sequence[str]) -> dict[str, Value]:
        present = _present(sides[side], setup)
        if not present.paths and setup.paths:
            return {}
        return run_side(sides[side], present, seed, names)

    return run


def _present(side: Side, setup: Setup) -> Setup:
    """The same with only those paths that this side has: a benchmark folder may be new."""
    kept = tuple(path for path in setup.paths if os.path.exists(os.path.join(side.path, path.partition("::")[0])))
    return setup._replace(paths=kept)


def _reached(changed: list[str], sides: dict[str, Side], paths: Sequence[str], config: Config) -> bool:
    """Whether a changed file can matter in either state; one that was deleted matters where it still is."""
    for side in sides.values():
        top = _top(side)
        search = [os.path.normpath(os.path.join(side.path, folder)) for folder in config.bench.pythonpath]
        starts = [os.path.join(side.path, path.partition("::")[0]) for path in paths]
        if reached(changed, top, starts, search):
            return True
    return False


def _top(side: Side) -> str:
    """The root of a side's worktree, above the project's folder in it."""
    path = side.path
    while not os.path.exists(os.path.join(path, ".git")):
        parent = os.path.dirname(path)
        if parent == path:
            raise GreenlintError(f"{side.path} is in no worktree")
        path = parent
    return path


def _machine_class() -> str:
    from greenlint.profiler.machine import describe_machine

    return describe_machine().machine_class


def _notices(metric: str, uncommitted: bool) -> tuple[str, ...]:
    found = []
    if metric == "cpu":
        found.append("no counter measured both sides: the verdicts are of CPU time")
    if uncommitted:
        found.append("head has changes that are not committed; untracked files are not in it")
    return tuple(found)
