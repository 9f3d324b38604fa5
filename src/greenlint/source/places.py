"""What the path of a file says about its part in the project."""

from __future__ import annotations

_TEST_FOLDERS = frozenset({"tests", "test", "testsuite", "unittests"})


def is_test(path: str) -> bool:
    """True for tests and what only they use, judged by the path alone: folders named tests, test_*.py, conftest.py.

    A folder `testing` counts at the top only: inside a package it is what the package offers to the tests of others.
    """
    *folders, name = path.lower().split("/")
    return (
        not _TEST_FOLDERS.isdisjoint(folders)
        or folders[:1] == ["testing"]
        or name.startswith("test_")
        or name.endswith(("_test.py", "_tests.py"))
        or name in ("conftest.py", "tests.py")
    )
