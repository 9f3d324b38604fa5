"""Keeps pytest inside a worktree: the worktree lies within the user's project, whose settings are not those of the commit."""

from __future__ import annotations

import os

from greenlint.source.repository import top_of

_OWN_FILES = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini")
_SHARED_FILES = {"pyproject.toml": b"[tool.pytest", "tox.ini": b"[pytest]", "setup.cfg": b"[tool:pytest]"}


def pytest_options(folder: str, paths: tuple[str, ...]) -> list[str]:
    """Options by which pytest names tests relative to `folder` and reads neither settings nor conftest.py from above.

    paths  of the tests, relative to `folder`, which is the worktree or lies in it
    """
    top = _top(folder)
    options = [f"--rootdir={folder}", f"--confcutdir={top}"]
    starts = [os.path.join(folder, path.partition("::")[0]) for path in paths] or [folder]
    if not any(_has_settings(start, top) for start in starts):
        options += ["-c", os.devnull]
    return options


def _top(folder: str) -> str:
    """The root of the worktree; the folder itself outside of one."""
    return top_of(folder) or folder


def _has_settings(start: str, top: str) -> bool:
    path = start
    while True:
        if any(os.path.isfile(os.path.join(path, name)) for name in _OWN_FILES):
            return True
        if any(_mentions(os.path.join(path, name), section) for name, section in _SHARED_FILES.items()):
            return True
        if path == top or os.path.dirname(path) == path:
            return False
        path = os.path.dirname(path)


def _mentions(path: str, section: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return section in file.read()
    except OSError:
        return False
