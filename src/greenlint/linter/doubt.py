"""Lowers the confidence of findings in code that is as it is on purpose: copies of other people's, and data of tests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.source.places import holds_tests, is_vendored, may_be_test_data

if TYPE_CHECKING:
    from greenlint.model.finding import Finding
    from greenlint.source.project import ProjectIndex

_CODE = (".py", ".ipynb")
_ON_PURPOSE = 20


def doubt(by_path: dict[str, list[Finding]], root: str, index: ProjectIndex | None) -> None:
    """Set it to 20 at most, in place.

    What tests read as data may be the very thing that is tested. With the whole project at hand these are the files that
    nothing imports; without, those in a folder without tests.
    """
    code = [path for path, found in by_path.items() if found and path.endswith(_CODE)]
    doubtful = [path for path in code if may_be_test_data(path)]
    if doubtful and index is not None:
        from greenlint.source.module_graph import ModuleGraph

        imported = ModuleGraph(index).imported(doubtful)
        doubtful = [
            path for path in doubtful if path not in imported and not (path in index.files and index.files[path].program)
        ]
    elif doubtful:
        doubtful = [path for path in doubtful if not holds_tests(_names_in(os.path.join(root, path.rpartition("/")[0])))]
    copied = index.is_copied if index is not None else is_vendored
    for path in {*doubtful, *filter(copied, code)}:
        by_path[path] = [finding._replace(confidence=min(finding.confidence, _ON_PURPOSE)) for finding in by_path[path]]


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
