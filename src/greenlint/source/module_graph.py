"""The imports between the files of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

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
        names = [self._absolute(name, path) if name.startswith(".") else name for name in self._index.files[path].imports]
        return set[str]().union(*[self._reached(name, self._by_tail) for name in names])

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
        """Those of the files `asked` that any file imports."""
        by_tail: dict[str, list[str]] = {}
        for path in asked:
            if path in self._names:
                by_tail.setdefault(self._names[path].rpartition(".")[2], []).append(path)
        names = set[str]()
        for path, facts in self._index.files.items():
            names.update([self._absolute(name, path) if name.startswith(".") else name for name in facts.imports])
        return set[str]().union(*[self._reached(name, by_tail) for name in names])

    def _reached(self, name: str, by_tail: Mapping[str, list[str]]) -> Iterator[str]:
        """The files in `by_tail`, which holds them by the last part of their names, that an import of `name` reaches."""
        parts = name.split(".")
        if by_tail.keys().isdisjoint(parts):
            return
        for length in range(len(parts), 0, -1):
            for candidate in by_tail.get(parts[length - 1], ()):
                own = self._names[candidate]
                module = ".".join(parts[:length])
                if own == module or own.endswith(f".{module}") or module.endswith(f".{own}"):
                    yield candidate

    def _absolute(self, name: str, path: str) -> str:
        """A relative import as a path of packages from the root of the project."""
        bare = name.lstrip(".")
        folders = path.split("/")[:-1]
        above = len(name) - len(bare) - 1
        return ".".join([*folders[: len(folders) - above], bare]) if above <= len(folders) else bare
