"""The imports between the files of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from greenlint.source.project import ProjectIndex


class ModuleGraph:
    """Which files the imports of a file reach.

    An absolute import reaches every file whose path ends like it, wherever the root of the imports may be: `a.b.c` reaches
    `src/a/b/c.py`, and so do `a.b` (as a package) and `b.c`. A relative one reaches exactly one place.
    """

    def __init__(self, index: ProjectIndex) -> None:
        self._index = index
        self._names = {path: path.rpartition(".")[0].removesuffix("/__init__").replace("/", ".") for path in index.files}
        self._by_tail: dict[str, list[str]] = {}
        for path, name in self._names.items():
            self._by_tail.setdefault(name.rpartition(".")[2], []).append(path)

    def targets(self, path: str) -> set[str]:
        """The files that the imports of one file reach."""
        return self._targets(path, self._by_tail)

    def reached(self, entries: Iterable[str]) -> set[str]:
        """`entries` and every file that imports lead to from them."""
        reached = set(entries)
        queue = list(reached)
        while queue:
            for target in self.targets(queue.pop()):
                if target not in reached:
                    reached.add(target)
                    queue.append(target)
        return reached

    def imported(self, asked: Collection[str]) -> set[str]:
        """Those of the files `asked` that another one imports."""
        by_tail: dict[str, list[str]] = {}
        for path in asked:
            if path in self._names:
                by_tail.setdefault(self._names[path].rpartition(".")[2], []).append(path)
        return {target for path in self._index.files for target in self._targets(path, by_tail) if target != path}

    def _targets(self, path: str, by_tail: Mapping[str, list[str]]) -> set[str]:
        """Those of the files in `by_tail`, which holds them by the last part of their names, that one file imports."""
        found: set[str] = set()
        for name in self._index.files[path].imports:
            parts = (self._absolute(name, path) if name.startswith(".") else name).split(".")
            if by_tail.keys().isdisjoint(parts):
                continue
            for length in range(len(parts), 0, -1):
                for candidate in by_tail.get(parts[length - 1], ()):
                    own = self._names[candidate]
                    module = ".".join(parts[:length])
                    if own == module or own.endswith(f".{module}") or module.endswith(f".{own}"):
                        found.add(candidate)
        return found

    def _absolute(self, name: str, path: str) -> str:
        """A relative import as a path of packages from the root of the project."""
        bare = name.lstrip(".")
        folders = path.split("/")[:-1]
        above = len(name) - len(bare) - 1
        return ".".join([*folders[: len(folders) - above], bare]) if above <= len(folders) else bare
