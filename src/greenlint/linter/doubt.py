"""Lowers the confidence of findings in code that is as it is on purpose: copies of other people's, and data of tests.

What tests read as data may be the very thing that is tested. With the whole project at hand these are the files that nothing
imports; without, those in a folder without tests.
"""

from __future__ import annotations

import os

from greenlint.source.places import holds_tests, is_vendored, may_be_test_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from greenlint.model.finding import Finding
    from greenlint.source.project import ProjectIndex

_CODE = (".py", ".ipynb")
_ON_PURPOSE = 20


def doubt(by_path: dict[str, list[Finding]], root: str, known: Container[str] | None) -> None:
    """Set the confidence to 20 at most, in place; `known` holds the paths of such code, None without a whole project."""
    for path, found in by_path.items():
        if found and path.endswith(_CODE) and (_looks_so(path, root) if known is None else path in known):
            by_path[path] = [finding._replace(confidence=min(finding.confidence, _ON_PURPOSE)) for finding in found]


def on_purpose(index: ProjectIndex, paths: Iterable[str]) -> frozenset[str]:
    """Those of the Python files `paths` that are as they are on purpose."""
    from greenlint.source.module_graph import ModuleGraph

    paths = list(paths)
    data = [path for path in paths if may_be_test_data(path)]
    imported = ModuleGraph(index).imported(data) if data else ()
    unused = {path for path in data if path not in imported and not (path in index.files and index.files[path].program)}
    return frozenset(unused.union(filter(index.is_copied, paths)))


def _looks_so(path: str, root: str) -> bool:
    """Judged by the file's path and its neighbours."""
    if is_vendored(path):
        return True
    return may_be_test_data(path) and not holds_tests(_names_in(os.path.join(root, path.rpartition("/")[0])))


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
