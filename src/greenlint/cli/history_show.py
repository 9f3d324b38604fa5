"""What `greenlint history show`, `publish` and `mark` do with the ledger."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.history.commits import Listed
    from greenlint.history.view import History
    from greenlint.ledger.store import Ledger

_HOW = "`greenlint history run A..B` measures commits, `pytest --energy` in CI makes a history by and by"


def load(ledger_path: str | None, name: str, branch: str, renames: tuple[str, ...]) -> History:
    """The history; leaves with 4 when there is none. Raises GreenlintError."""
    from greenlint.cli.common import load_config_or_fail
    from greenlint.history.view import Wanted, load_history
    from greenlint.ledger.store import Ledger
    from greenlint.model.text import counted

    config = load_config_or_fail(".")
    path = ledger_path or os.path.join(config.root, config.energy.ledger)
    wanted = Wanted(name, _renames(renames), config.budgets)
    if not Ledger.exists(path):
        nothing(f"{path}: no such ledger")
    with Ledger.open(path, create=False) as ledger:
        commits = _commits(config.root, branch, ledger)
        history = load_history(ledger, commits, os.path.basename(config.root), wanted)
    if not history.series:
        if name:
            nothing(f"{path}: no series holds {name!r} on this line of commits")
        why = f"; {counted(history.elsewhere, 'run')} of commits off this line" if history.elsewhere else ""
        why += f"; {counted(len(history.failed), 'commit')} could not be measured" if history.failed else ""
        why += "".join(f"; {name}: {words}" for name, (_, words) in history.broken.items())
        nothing(f"{path}: no commit of this line has values{why}")
    return history


def write(history: History, output_format: str, *, detailed: bool) -> None:
    """Print it."""
    from greenlint.cli.common import echo_json, style, width, write_data, write_text
    from greenlint.reporters.history import json, markdown, text

    if output_format == json.NAME:
        echo_json(json.as_object(history))
    elif output_format == markdown.NAME:
        write_data(markdown.render(history))
    else:
        write_text(text.render(history, width(), style, detailed=detailed))


def write_page(history: History, folder: str) -> None:
    """Write the page. Raises GreenlintError when the folder cannot be written."""
    from greenlint.errors import GreenlintError
    from greenlint.linter.atomic import write_atomically
    from greenlint.reporters.history import page

    path = os.path.join(folder, "index.html")
    try:
        os.makedirs(folder, exist_ok=True)
        write_atomically(path, page.render(history).encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise GreenlintError(f"{path}: cannot be written: {error.strerror}") from error
    sys.stderr.write(f"greenlint: wrote {path}\n")


def add(ledger_path: str | None, commit: str, text: str, kind: str, about: dict[str, str]) -> None:
    """Store a mark. Raises GreenlintError for a commit that is none."""
    from greenlint.cli.common import load_config_or_fail, say
    from greenlint.history.marks import add_mark
    from greenlint.ledger.store import Ledger
    from greenlint.model.annotation import Annotation
    from greenlint.sampling.worktrees import resolve

    if not text.strip():
        raise click.UsageError("TEXT is empty")
    config = load_config_or_fail(".")
    sha = resolve(config.root, commit)
    with Ledger.open(ledger_path or os.path.join(config.root, config.energy.ledger)) as ledger:
        known = {run.machine.machine_class for run in ledger.runs()}
        if about["machine_class"] and about["machine_class"] not in known:
            raise click.UsageError(f"--machine {about['machine_class']}: no run is of this class ({', '.join(sorted(known))})")
        if not add_mark(ledger, Annotation(sha, kind, " ".join(text.split()), **about)):
            say("note", "this mark was there already")
            return
    click.echo(f"{sha[:10]}: {kind}: {' '.join(text.split())}")


def nothing(message: str) -> NoReturn:
    """Missing data is never a result: say what is missing and leave with 4."""
    from greenlint.cli.common import say

    say("error", f"nothing measured: {message} ({_HOW})")
    sys.exit(4)


def _renames(texts: Sequence[str]) -> dict[str, str]:
    found = {}
    for text in texts:
        old, equals, new = text.partition("=")
        if not (old and equals and new):
            raise click.UsageError(f"--rename {text}: OLD=NEW is needed")
        found[old] = new
    return found


def _commits(root: str, branch: str, ledger: Ledger) -> list[Listed]:
    """The line of commits: as git has it, or outside of a repository those of the ledger by their time."""
    from greenlint.cli.common import say
    from greenlint.errors import GreenlintError
    from greenlint.history.commits import is_shallow, line_of
    from greenlint.sampling.worktrees import git, resolve

    try:
        git(root, "rev-parse", "--git-dir")
    except GreenlintError:
        say("note", "this is no git repository: commits stand in the order of their author times")
        return _by_time(ledger)
    found = line_of(root, resolve(root, branch))
    if is_shallow(root):
        known = {commit.sha for commit in found}
        older = [commit for commit in _by_time(ledger) if commit.sha not in known]
        older = [commit for commit in older if commit.author_time <= found[0].author_time]
        found = [*older, *found]
    return found


def _by_time(ledger: Ledger) -> list[Listed]:
    from greenlint.history.commits import Listed

    commits = {run.commit.sha: run.commit for run in ledger.runs() if run.commit is not None}
    ordered = sorted(commits.values(), key=lambda commit: (commit.author_time, commit.sha))
    return [Listed(one.sha, "", (one.parent,) if one.parent else (), one.author_time, one.subject) for one in ordered]
