"""Where a repository or a worktree begins."""

from __future__ import annotations

import os


def top_of(folder: str, *, below: str = "") -> str | None:
    """The nearest folder, from `folder` upwards, that holds a .git; None without one. It must lie below `below`, if given."""
    current = folder
    while current != below:
        if os.path.exists(os.path.join(current, ".git")):
            return current
        parent = os.path.dirname(current)
        if parent == current:
            return None
        current = parent
    return None
