"""A real git repository for tests that look at its commits."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class Repository:
    """A git repository whose commits are a day apart."""

    def __init__(self, root: Path) -> None:
        self.root, self.commits = root, 0
        self.git("init", "-q")

    def git(self, *arguments: str) -> str:
        stamp = f"{1_700_000_000 + 86_400 * self.commits} +0000"
        identity = {f"GIT_{who}_{what}": "a@b.c" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        dates = {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **identity, **dates}
        done = subprocess.run(["git", "-C", self.root, *arguments], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, **files: str | None) -> str:
        """Write files by the names of their modules (`a__b` is a/b.py), or delete those that are None; the new commit."""
        for name, text in files.items():
            path = self.root / (name.replace("__", "/") + ".py")
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        self.commits += 1
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")
        return self.git("rev-parse", "HEAD")
