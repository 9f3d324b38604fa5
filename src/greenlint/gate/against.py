"""`greenlint gate --base`: are the benchmarks of this state of the project worse than those of another commit?"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

from greenlint.errors import GreenlintError
from greenlint.gate.paired import Compared, Paired, Settings, Verdict, compare
from greenlint.gate.places import places_of
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.reach import reached, relevant
from greenlint.sampling.running import Runner, commands_of, setup_of
from greenlint.sampling.worktrees import Side, Worktrees, changed_files, fork_point, resolve, state_of
from greenlint.source.repository import top_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from greenlint.config.schema import Config
    from greenlint.gate.places import Place
    from greenlint.sampling.collecting import Pair
    from greenlint.sampling.commands import Commands
    from greenlint.sampling.sample import Setup


class Against(NamedTuple):
    """What a comparison found.

    base, head  commits; uncommitted  head is a commit and tracked changes beside it
    metric      "energy", "cpu" or "instructions"; results  one for each benchmark
    settings    its seed repeats the order and the hash seeds
    skipped     why nothing was measured, or ""; notices  what the reader should know
    pairs       every process that was measured; places  file and line of each benchmark in the repository
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
    pairs: tuple[Pair, ...] = ()
    places: Mapping[str, Place] = {}

    def exit_code(self, *, strict: bool) -> int:
        """1 for a confirmed worsening, 4 when a benchmark could not be measured, 3 for doubt under --strict, else 0."""
        if self.skipped:
            return 0
        verdicts = {result.verdict for result in self.results}
        if Verdict.WORSE in verdicts:
            return 1
        if Verdict.UNMEASURED in verdicts or not verdicts - {Verdict.GONE}:
            return 4
        return 3 if strict and verdicts & {Verdict.UNCONFIRMED, Verdict.INCOMPARABLE} else 0


class Request(NamedTuple):
    """What was asked for on the command line; `paths` empty means those configured, `seed` None a new one.

    min_effect  None for the default of the metric
    """

    base: str
    paths: tuple[str, ...]
    keyword: str
    first_pairs: int
    second_pairs: int | None
    min_effect: float | None
    seed: int | None
    provider: str | None
    metric: str = "auto"


def against(config: Config, request: Request, progress: Callable[[str], object]) -> Against:
    """Check both states out, and measure them in turn. Raises GreenlintError when git or a side's process fails."""
    root = config.root
    head, uncommitted = state_of(root)
    base = fork_point(root, resolve(root, request.base), resolve(root, "HEAD"))
    empty = Against(base, head, uncommitted, "cpu", (), _settings(request), _machine_class())
    setup = setup_of(config, request.paths, request.keyword, request.provider)
    commands = commands_of(config, request.paths, request.keyword)
    with Worktrees(root, os.path.join(root, ".greenlint", "worktrees")) as trees:
        changed = changed_files(root, base, head)
        if not changed:
            return empty._replace(skipped="nothing differs between the two")
        sides = {name: trees.add(name, sha) for name, sha in (("base", base), ("head", head))}
        if not _reached(changed, sides, setup, commands):
            files = f"{len(changed)} changed file{'s' if len(changed) > 1 else ''}"
            return empty._replace(skipped=f"no benchmark reaches the {files}")
        done = _measure(sides, setup, commands, config, empty.settings, progress)
        places = places_of([one.name for one in done.results], sides["head"].path, trees.inside, config.path)
    notices = (*done.notices, *_notices(done.metric, request.metric, uncommitted))
    return empty._replace(metric=done.metric, results=done.results, notices=notices, pairs=done.pairs, places=places)


def _settings(request: Request) -> Settings:
    from greenlint.analysis.pairs import MIN_EFFECT
    from greenlint.gate.counts import MIN_CHANGE

    least = MIN_CHANGE if request.metric == "instructions" else MIN_EFFECT
    seed = request.seed if request.seed is not None else random.SystemRandom().randrange(2**31)
    min_effect = least if request.min_effect is None else request.min_effect
    return Settings(request.first_pairs, request.second_pairs, min_effect, seed, request.metric)


def _measure(
    sides: Mapping[str, Side],
    setup: Setup,
    commands: Commands,
    config: Config,
    settings: Settings,
    progress: Callable[[str], object],
) -> Paired:
    if settings.metric == "instructions":
        from greenlint.gate.counting import counter_here
        from greenlint.gate.counts import compare_counts

        counter = counter_here()
        done = compare_counts(lambda side, seed, names: counter(sides[side], setup, commands, seed, names), settings, progress)
        return done._replace(notices=(*done.notices, counter.kind))
    with Runner(sides, setup, commands, config.machine) as run:
        return compare(run, settings, progress)


def _reached(changed: list[str], sides: Mapping[str, Side], setup: Setup, commands: Commands) -> bool:
    """Whether a changed file can matter in either state; one that was deleted matters where it still is.

    Nothing can be told of what a command runs, or of benchmarks that pytest has yet to find.
    """
    if commands or not setup.paths:
        return bool(relevant(changed))
    for side in sides.values():
        top = _top(side)
        search = [os.path.normpath(os.path.join(side.path, folder)) for folder in setup.pythonpath]
        starts = [os.path.join(side.path, path.partition("::")[0]) for path in setup.paths]
        if reached(changed, top, starts, search):
            return True
    return False


def _top(side: Side) -> str:
    """The root of a side's worktree, above the project's folder in it."""
    top = top_of(side.path)
    if top is None:
        raise GreenlintError(f"{side.path} is in no worktree")
    return top


def _machine_class() -> str:
    from greenlint.profiler.machine import describe_machine

    return describe_machine().machine_class


def _notices(metric: str, wanted: str, uncommitted: bool) -> tuple[str, ...]:
    found = []
    if metric == "cpu" and wanted == "auto":
        found.append("no counter measured both sides: the verdicts are of CPU time")
    if uncommitted:
        found.append("head has changes that are not committed; untracked files are not in it")
    return tuple(found)
