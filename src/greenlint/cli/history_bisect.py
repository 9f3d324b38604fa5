"""What `greenlint history bisect` does: check the ends, search, and print the culprit or the range that is left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenlint.history.commits import Listed


def run_bisect(
    ledger_path: str | None, good: str, bad: str, name: str, options: dict[str, Any], *, strict: bool, as_json: bool
) -> int:
    """Search and print; the exit code. Raises GreenlintError."""
    from greenlint.cli.common import echo_json, load_config_or_fail, style, width, write_text
    from greenlint.cli.comparing import Progress
    from greenlint.cli.comparing_commits import percentage
    from greenlint.cli.history_run import plan_of
    from greenlint.history.bisect import Question, bisect
    from greenlint.ledger.store import Ledger
    from greenlint.profiler.machine import describe_machine
    from greenlint.reporters.history import bisection

    config = load_config_or_fail(".")
    first, last = _ends(config.root, good, bad)
    question = Question(first, last, name, percentage("--min-effect", options["min_effect"]))
    machine = describe_machine()
    plan = plan_of(config, (name.partition("::")[0],) if "::" in name else (), options, machine.machine_class)
    progress = Progress()
    with Ledger.open(ledger_path or os.path.join(config.root, config.energy.ledger)) as ledger:
        try:
            found = bisect(plan, question, ledger, machine, progress.tell)
        finally:
            progress.clear()
    if as_json:
        echo_json(bisection.as_object(found))
    else:
        write_text(bisection.render(found, width(), style))
    return 3 if strict and len(found.left) != 1 else 0


def _ends(root: str, good: str, bad: str) -> tuple[Listed, Listed]:
    from greenlint.errors import GreenlintError
    from greenlint.history.commits import is_ancestor, list_commits
    from greenlint.sampling.worktrees import resolve

    old, new = resolve(root, good), resolve(root, bad)
    if old == new:
        raise GreenlintError(f"{good} and {bad} are the same commit")
    if not is_ancestor(root, old, new):
        hint = "swap them" if is_ancestor(root, new, old) else f"take their fork point: git merge-base {good} {bad}"
        raise GreenlintError(f"{bad} does not descend from {good}", hint)
    return list_commits(root, "", old)[0], list_commits(root, "", new)[0]
