"""What `greenlint history run` does: choose commits, measure them, and say what became of each."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from greenlint.config.schema import Config
    from greenlint.history.commits import Listed
    from greenlint.history.plan import Plan
    from greenlint.history.running import Outcome


def run_history(ledger_path: str | None, text: str, paths: tuple[str, ...], options: dict[str, Any]) -> int:
    """Run and print; the exit code. Raises GreenlintError."""
    from greenlint.cli.common import load_config_or_fail, say, write_text
    from greenlint.cli.comparing import Progress
    from greenlint.history.running import run_all
    from greenlint.ledger.store import Ledger
    from greenlint.profiler.machine import describe_machine

    config = load_config_or_fail(".")
    commits = _choose(config.root, text, options["every"], tags=options["tags"])
    if not commits:
        say("error", f"nothing to measure: no {'tagged ' if options['tags'] else ''}commit in {text}")
        return 4
    machine = describe_machine()
    plan = plan_of(config, paths, options, machine.machine_class)
    progress = Progress()
    with Ledger.open(ledger_path or os.path.join(config.root, config.energy.ledger)) as ledger:
        try:
            outcome = run_all(plan, commits, ledger, machine, progress.tell, retry=options["retry"], missing=options["missing"])
        finally:
            progress.clear()
    write_text(_summary(outcome))
    code = outcome.exit_code()
    if code:
        say("error", "nothing measured: no commit could be run")
    return code


def _choose(root: str, text: str, every: int, *, tags: bool) -> list[Listed]:
    from greenlint.cli.common import say
    from greenlint.history.commits import is_dirty, is_shallow, list_commits, read_range, tagged, thin

    if tags and every > 1:
        raise click.UsageError("--tags and --every exclude each other")
    start, end = read_range(root, text)
    commits = list_commits(root, start, end)
    if is_shallow(root):
        say("note", "this is a shallow clone: commits beyond its border are not known (git fetch --unshallow)")
    if is_dirty(root):
        say("note", "changes that are not committed are not measured")
    return tagged(root, commits) if tags else thin(commits, every)


def plan_of(config: Config, paths: tuple[str, ...], options: dict[str, Any], machine_class: str) -> Plan:
    """How commits are measured, by configuration and options."""
    from greenlint.history.plan import Plan
    from greenlint.sampling.running import commands_of, setup_of

    keyword = options.get("keyword", "")
    setup = setup_of(config, paths, keyword, options["provider"])
    if options["timeout"]:
        setup = setup._replace(timeout_s=options["timeout"])
    return Plan(
        config.root,
        setup,
        commands_of(config, paths, keyword),
        config.bench.setup if options["setup"] is None else options["setup"],
        config.machine,
        options.get("processes", 0),
        options["seed"] if options["seed"] is not None else random.SystemRandom().randrange(2**31),
        machine_class,
    )


def _summary(outcome: Outcome) -> str:
    from greenlint.model.text import counted

    counts = [
        (outcome.count(end), word) for end, word in (("complete", "measured"), ("reused", "reused"), ("failed", "failed"))
    ]
    said = ", ".join(f"{count} {word}" for count, word in counts if count)
    lines = [f"{counted(len(outcome.commits), 'commit')}: {said}; seed {outcome.seed}"]
    for commit in outcome.commits:
        end = outcome.ends[commit.sha]
        if end.startswith("failed"):
            lines.append(f"  {commit.sha[:10]}  {end}")
    return "\n".join(lines) + "\n"
