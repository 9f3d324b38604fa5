"""Finds the source files of third-party rules: editing a plug-in changes what it finds, though its version stays."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.rules.base import Rule


def foreign_sources(rules: Iterable[Rule]) -> list[str]:
    """Every Python file of the packages that define `rules`, sorted; nothing for a package inside an archive."""
    roots = {_root(type(rule).__module__) for rule in rules} - {""}
    return sorted({path for root in roots for path in _files(root)})


def _root(module: str) -> str:
    """The file of a lone module, else the folder of the outermost package that has a file (a namespace package has none)."""
    package, _, rest = module.partition(".")
    while rest and not _file(package):
        step, _, rest = rest.partition(".")
        package = f"{package}.{step}"
    path = _file(package)
    return os.path.dirname(path) if os.path.basename(path) == "__init__.py" else path


def _file(module: str) -> str:
    return getattr(sys.modules.get(module), "__file__", None) or ""


def _files(root: str) -> list[str]:
    if os.path.isfile(root):
        return [root]
    return [os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names if name.endswith(".py")]
