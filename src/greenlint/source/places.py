"""What the path of a file says about its part in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TEST_FOLDERS = frozenset({"tests", "test", "testsuite", "unittests"})
VENDOR_FOLDERS = frozenset(
    {"_vendor", "vendor", "vendored", "_vendored", "third_party", "thirdparty", "extern", "externals", "submodules"}
)
"""Folders of code that is kept as others wrote it."""
_COLLECTED = ("conftest.py", "tests.py")


def is_test(path: str) -> bool:
    """True for tests and what only they use, judged by the path alone: folders named tests, test_*.py, conftest.py.

    A folder `testing` counts at the top only: inside a package it is what the package offers to the tests of others.
    """
    *folders, name = path.lower().split("/")
    return not _TEST_FOLDERS.isdisjoint(folders) or folders[:1] == ["testing"] or _is_collected(name)


def is_vendored(path: str) -> bool:
    """True for a copy of other people's code, judged by the folders it lies in."""
    folders = path.lower().split("/")[:-1]
    return not VENDOR_FOLDERS.isdisjoint(folders) or any(folder.startswith(("vendored-", "vendored_")) for folder in folders)


def may_be_test_data(path: str) -> bool:
    """True for a file below a folder of tests that no runner collects: what tests import, or what they read."""
    folders, name = path.lower().split("/")[:-1], path.lower().rpartition("/")[2]
    return not (_TEST_FOLDERS.isdisjoint(folders) or _is_collected(name) or name == "__init__.py")


def holds_tests(names: Iterable[str]) -> bool:
    """Whether a folder, told by the names in it, is a package or holds tests that a runner collects."""
    return any(name == "__init__.py" or (name.endswith(".py") and _is_collected(name)) for name in map(str.lower, names))


def _is_collected(name: str) -> bool:
    return name.startswith("test_") or name.endswith(("_test.py", "_tests.py")) or name in _COLLECTED
