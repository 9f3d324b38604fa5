"""The graph of names: which definitions the body of each definition names.

Bare names reach definitions of their own file; attributes and strings reach every file.
"""

from __future__ import annotations

from greenlint.source.definitions import LOCAL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from greenlint.source.definitions import Definition
    from greenlint.source.facts import FileFacts

CLASSES = ("class", "local")


class InUse:
    """Which definitions of a graph something in use leads to.

    marked  by number of definition
    names   whose definitions are all marked or about to be: that of a common method stands in many bodies
    """

    def __init__(self, marked: list[bool], names: set[str]) -> None:
        self.marked = marked
        self.names = names

    def copy(self) -> InUse:
        """The same, to go on from."""
        return InUse(self.marked.copy(), self.names.copy())


class NameGraph:
    """The definitions of some files, numbered, and what they name.

    paths, definitions  by number
    everywhere          name -> numbers of the definitions that attributes, imports and strings reach
    fixtures            name -> numbers of fixtures
    of_file             path -> numbers of its definitions, in order
    """

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self._files = files
        self.paths: list[str] = []
        self.definitions: list[Definition] = []
        self.everywhere: dict[str, list[int]] = {}
        self.fixtures: dict[str, list[int]] = {}
        self.of_file: dict[str, range] = {}
        self._local: dict[tuple[str, str], list[int]] = {}
        self._inner: dict[tuple[str, str], list[int]] = {}
        for path, facts in files.items():
            first = len(self.definitions)
            self.of_file[path] = range(first, first + len(facts.definitions))
            for definition in facts.definitions:
                number = len(self.definitions)
                self.paths.append(path)
                self.definitions.append(definition)
                self._local.setdefault((path, definition.name), []).append(number)
                if definition.kind not in LOCAL:
                    self.everywhere.setdefault(definition.name, []).append(number)
                if definition.kind == "local":
                    self._inner.setdefault((path, definition.name), []).append(number)
                if definition.kind == "fixture":
                    self.fixtures.setdefault(definition.name, []).append(number)

    def shared(self) -> Iterator[str]:
        """The names that several files define, and attributes, imports and strings reach in some of them."""
        seen: set[str] = set()
        told: set[str] = set()
        for _, name in self._local:
            if name in seen and name in self.everywhere and name not in told:
                told.add(name)
                yield name
            seen.add(name)

    def none(self) -> InUse:
        """Nothing is in use."""
        return InUse([False] * len(self.definitions), set())

    def spread_from_modules(self, reach: InUse, paths: Iterable[str]) -> None:
        """Mark what code outside any function of these files uses by its bare name."""
        for path in paths:
            for name in self._files[path].names:
                self.spread(reach, self._local.get((path, name), ()))

    def spread(self, reach: InUse, numbers: Iterable[int]) -> None:
        """Mark `numbers` as in use, and what they name."""
        marked = reach.marked
        queue = [number for number in numbers if not marked[number]]
        while queue:
            number = queue.pop()
            if marked[number]:
                continue
            marked[number] = True
            for group in self.used(number, reach.names):
                queue += group

    def used(self, number: int, seen: set[str]) -> Iterator[list[int]]:
        """The definitions that the body of a definition names, in groups.

        Those that attributes and strings reach by a name of `seen` are left out; the names that it mentions come to `seen`.
        """
        path, definition = self.paths[number], self.definitions[number]
        for name in definition.names:
            yield self._own(number, name)
        for name in definition.mentions:
            if name not in seen:
                seen.add(name)
                yield self.everywhere.get(name, [])
            yield self._inner.get((path, name), [])  # `frame.query("x > @Limit.low")`

    def _own(self, number: int, name: str) -> list[int]:
        """The definitions of its file that `name` in its body means; a method does not keep its own class in use."""
        group = self._local.get((self.paths[number], name), [])
        definition = self.definitions[number]
        return [used for used in group if not self._holds(used, definition)] if definition.kind == "method" else group

    def _holds(self, number: int, definition: Definition) -> bool:
        """Whether `definition` is part of the class `number` of the same file."""
        holder = self.definitions[number]
        return holder.kind in CLASSES and definition.qualified.startswith(f"{holder.qualified}.")
