"""Does the cache say after each real commit what a run without it says, and how often need project rules not be asked again?

    python benchmarks/self/replay_history.py CLONE... [--commits 40]

The Python files of the newest commits of each clone that touch any are replayed one after the other in one folder, with one cache and
all rules about the project, merges left out. Exit code 1 when an answer differs.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from greenlint.config.schema import Config, LintConfig
from greenlint.linter import whole_project
from greenlint.linter.runner import CheckOptions, check_paths

if TYPE_CHECKING:
    from collections.abc import Callable


def git_in(clone: Path) -> Callable[..., bytes]:
    """Runs git in a clone, bare or not; nothing that a partial clone lacks is fetched."""
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}

    def git(*arguments: str) -> bytes:
        return subprocess.run(["git", "-C", clone, *arguments], env=environment, capture_output=True, check=True).stdout

    return git


def step(git: Callable[..., bytes], folder: Path, before: str, after: str) -> None:
    """Turn the Python files of `folder` from one commit into those of another."""
    paths = git("diff", "--name-only", "--no-renames", "-z", before, after, "--", "*.py").decode().split("\0")[:-1]
    for path in paths:
        target = folder / path
        if git("ls-tree", after, "--", path):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(git("show", f"{after}:{path}"))
        else:
            target.unlink(missing_ok=True)


def replay(clone: Path, count: int) -> tuple[int, int, int]:
    """Commits replayed, those whose project answer was used again, and those whose result differs."""
    git = git_in(clone)
    commits = git("log", "--no-merges", "--format=%H", "-n", str(count + 1), "--", "*.py").decode().split()[::-1]
    asked: list[object] = []
    real = whole_project.ask
    whole_project.ask = lambda *given: (asked.append(given), real(*given))[1]
    again = wrong = 0
    empty = git("hash-object", "-t", "tree", os.devnull).decode().strip()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = Config(root=name, lint=LintConfig(preview=True))
        step(git, folder, empty, commits[0])
        check_paths([name], config)
        for before, after in itertools.pairwise(commits):
            step(git, folder, before, after)
            known = len(asked)
            result = check_paths([name], config)
            again += len(asked) == known
            wrong += result != check_paths([name], config, CheckOptions(use_cache=False))
    whole_project.ask = real
    return len(commits) - 1, again, wrong


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", type=Path, nargs="+")
    parser.add_argument("--commits", type=int, default=40)
    arguments = parser.parse_args()
    failed = False
    print("| clone | commits | project rules not asked again | results that differ |\n| --- | --: | --: | --: |")
    for clone in arguments.clones:
        commits, again, wrong = replay(clone, arguments.commits)
        failed = failed or bool(wrong)
        name = clone.name if clone.name != "repo" else clone.parent.name
        print(f"| {name} | {commits} | {again} | {wrong} |", flush=True)
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
