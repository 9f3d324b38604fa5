"""The facts of all files together, as project rules see them, and what the project's other texts mention."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from greenlint.source.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from greenlint.source.facts import FileFacts

MAX_TEXT = 512 << 10
"""Largest text file that is searched for names, bytes."""
MAX_TEXTS = 8 << 20
"""Bytes searched for names in all; configuration comes first, documentation last."""

_CONFIGURATION = words(
    """.py .pyw .toml .cfg .ini .yaml .yml .json .conf .env .sh .bash .mk .pyx .pxd .pxi .ipynb .html .htm .jinja
    .jinja2 .j2 .mako .tmpl .tpl .txt.j2 .xml .kv .ui .qml .feature .bzl .bazel .in .service .desktop"""
)
_DOCUMENTATION = frozenset([".md", ".rst", ".txt", ".adoc"])
_EXTENSIONS_IN_C = words(".c .cc .cpp .cxx .h .hpp .rs")
_NAMED_FILES = frozenset({"makefile", "dockerfile", "procfile", "justfile", "jenkinsfile", "pipfile"})
_HISTORY = ("change", "history", "news", "release", "licen", "authors")
_ANY_WORD = re.compile(rb"[A-Za-z_]\w+")
_CODE_WORD = re.compile(rb"[A-Za-z_]\w*_\w*|[A-Za-z_]\w+(?=\()|(?<=[`.:])[A-Za-z_]\w+")
_QUOTED_WORD = re.compile(rb'(?<=")[A-Za-z_]\w+(?=")')

_TEST_FOLDERS = frozenset({"tests", "test", "unittests"})
_PACKAGING = (
    ("pyproject.toml", re.compile(rb"^\s*\[(?:build-system|tool\.poetry|tool\.flit\.metadata)\]", re.MULTILINE)),
    ("setup.py", re.compile(rb"\bsetup\s*\(")),
    ("setup.cfg", re.compile(rb"^\s*\[metadata\]", re.MULTILINE)),
)
_LEVELS_UP = 3


class ProjectIndex:
    """Everything that is known about the project without its trees.

    files        path relative to `root` with forward slashes -> facts
    root         absolute project root; "" when there is none on disk
    extra_names  names that texts other than Python mention (`project_text_names`)
    """

    def __init__(self, files: Mapping[str, FileFacts], *, root: str = "", extra_names: frozenset[str] = frozenset()) -> None:
        self.files = files
        self.root = root
        self.extra_names = extra_names
        self._folders: dict[str, bool] = {}

    def published(self, path: str) -> bool:
        """True when `path` belongs to a packaged project, so that code elsewhere may import its public names.

        The files that say so are looked for in its folder and above, up to the repository's top (at most three levels
        above the root). A `manage.py` in the root marks a Django site: an application, however it is packaged.
        """
        if not self.root or "manage.py" in self.files:
            return False
        return self._packaged(path.rpartition("/")[0])

    def _packaged(self, folder: str) -> bool:
        known = self._folders.get(folder)
        if known is None:
            above = os.path.join(self.root, folder) if folder else self.root
            known = _says_packaged(above) or (
                self._packaged(folder.rpartition("/")[0]) if folder else _packaged_above(self.root)
            )
            self._folders[folder] = known
        return known


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


def project_text_names(root: str, paths: Iterable[str]) -> frozenset[str]:
    """Names that configuration, templates, build files and documentation mention; files that cannot be read do not count.

    `paths` are relative to `root`; Python files among them (such as do not parse) count word by word. Documentation
    counts where it quotes code; change logs and licences never do.
    """
    names: set[bytes] = set()
    left = MAX_TEXTS
    ranked = [(rank, path, pattern) for path in paths for rank, pattern in _kind(path)]
    for _, path, pattern in sorted(ranked, key=lambda item: item[:2]):
        data = _read(os.path.join(root, path))
        left -= len(data)
        if left < 0:
            break
        names.update(pattern.findall(data))
    return frozenset(name.decode("ascii", "ignore") for name in names)


def _kind(path: str) -> Iterable[tuple[int, re.Pattern[bytes]]]:
    """How early a file is read and which of its words count; nothing for files that mention no names of interest."""
    name = path.rpartition("/")[2].lower()
    suffix = os.path.splitext(name)[1]
    if suffix in _CONFIGURATION or name in _NAMED_FILES:
        yield 0, _ANY_WORD
    elif suffix in _EXTENSIONS_IN_C:
        yield 1, _QUOTED_WORD
    elif suffix in _DOCUMENTATION and not name.startswith(_HISTORY):
        yield 2, _CODE_WORD


def _says_packaged(folder: str) -> bool:
    return any(_contains(os.path.join(folder, name), pattern) for name, pattern in _PACKAGING)


def _packaged_above(root: str) -> bool:
    folder = root
    for _ in range(_LEVELS_UP):
        if os.path.exists(os.path.join(folder, ".git")):
            return False
        folder = os.path.dirname(folder)
        if _says_packaged(folder):
            return True
    return False


def _contains(path: str, pattern: re.Pattern[bytes]) -> bool:
    return pattern.search(_read(path)) is not None


def _read(path: str) -> bytes:
    try:
        if os.path.getsize(path) > MAX_TEXT:
            return b""
        with open(path, "rb", buffering=0) as file:
            return file.read(MAX_TEXT)
    except OSError:
        return b""


TEXT_FILES = tuple(sorted({*_CONFIGURATION, *_NAMED_FILES, *_EXTENSIONS_IN_C, *_DOCUMENTATION}))
"""Endings of the names of files that `project_text_names` reads."""
