"""The imports between the files of a project."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from greenlint.source.project import ProjectIndex


class ModuleGraph:
    """Which files the imports of a file reach.

    An absolute import reaches every file whose path ends like it, wherever the root of the imports may be: `a.b.c` reaches
    `src/a/b/c.py`, and so do `a.b` (as a package) and `b.c`. A relative one reaches exactly one place.
    """

    def __init__(self, index: ProjectIndex) -> None:
        self._index = index
        self._places: Places | None = None

    def targets(self, path: str) -> set[str]:
        """The files that the imports of one file reach."""
        if self._places is None:
            self._places = Places(self._index.files)
        return self._places.reached(_absolute_names(self._index, path))

    def reached(self, entries: Iterable[str]) -> dict[str, str]:
        """`entries` and every file that imports lead to from them, with the file that does; "" for entries."""
        reached = dict.fromkeys(entries, "")
        queue = list(reached)
        while queue:
            user = queue.pop()
            for target in self.targets(user):
                if target not in reached:
                    reached[target] = user
                    queue.append(target)
        return reached

    def imported(self, asked: Collection[str]) -> set[str]:
        """Those of the files `asked` that any file imports."""
        files = self._index.files
        names = set[str]().union(*[_absolute_names(self._index, path) for path in files])
        return Places(path for path in asked if path in files).reached(names)


class Places:
    """Files by the dotted names under which an import may ask for them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._whole: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}
        self._last: set[str] = set()
        for path in paths:
            name = path.rpartition(".")[0].removesuffix("/__init__").replace("/", ".")
            self._whole.setdefault(name, []).append(path)
            self._last.add(name.rpartition(".")[2])
            for end in _ends(name):
                self._ends.setdefault(end, []).append(path)

    def reached(self, names: Iterable[str]) -> set[str]:
        """The files that imports of `names`, as `absolute` gives them, reach."""
        whole, ends, last = self._whole, self._ends, self._last
        modules: set[str] = set()
        for name in names:
            while name and name not in modules:  # what lies above it has been looked at as well
                modules.add(name)
                name = name.rpartition(".")[0]
        found: set[str] = set()
        for module in modules & ends.keys():
            found.update(ends[module])
        for module in modules:
            if module.rpartition(".")[2] in last:
                for end in _ends(module):
                    found.update(whole.get(end, ()))
        return found


def _ends(name: str) -> Iterator[str]:
    """ "a.b.c", "b.c" and "c" of "a.b.c"."""
    while name:
        yield name
        name = name.partition(".")[2]


def _absolute_names(index: ProjectIndex, path: str) -> list[str]:
    """The imports of a file; a relative one as a path of packages from the root of the project."""
    return [absolute(name, path) for name in index.files[path].imports]


def absolute(name: str, path: str) -> str:
    """What the file `path` imports as `name`; a relative import as a path of packages from the root of the project."""
    if not name.startswith("."):
        return name
    bare = name.lstrip(".")
    folders = path.split("/")[:-1]
    above = len(name) - len(bare) - 1
    return ".".join([*folders[: len(folders) - above], bare]) if above <= len(folders) else bare
