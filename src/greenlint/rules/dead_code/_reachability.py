"""Which functions of a project no entry point leads to: a graph of names over the facts of all files.

A function is in use when a use of its name is in use. Bare names reach functions of their own file; attributes, imports and
strings reach every file. What tests alone use is told apart by a second pass that leaves the tests out.
"""

from __future__ import annotations

import heapq
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from greenlint.rules.dead_code._entry_points import (
    DOUBTFUL,
    NEVER,
    certainty,
    class_name,
    is_open,
    lowered_for_doubt,
    lowered_for_unknown_base,
)
from greenlint.source.project import is_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.definitions import Definition
    from greenlint.source.project import ProjectIndex

_ONLY_TESTS = 25
"""How much less sure it is that a function used by tests alone can go, in points of confidence."""


class Unused(NamedTuple):
    """A definition that nothing in use names.

    certainty  0-100; no higher than that of the unused code that names it
    used_by    "" nothing, "itself", "unused code" or "tests"
    """

    path: str
    definition: Definition
    certainty: int
    used_by: str


class Reachability:
    """The reference graph of one project."""

    def __init__(self, index: ProjectIndex) -> None:
        self._index = index
        self._paths: list[str] = []
        self._definitions: list[Definition] = []
        self._local: dict[tuple[str, str], list[int]] = {}
        self._global: dict[str, list[int]] = {}
        for path, facts in index.files.items():
            for definition in facts.definitions:
                number = len(self._definitions)
                self._paths.append(path)
                self._definitions.append(definition)
                self._local.setdefault((path, definition.name), []).append(number)
                if definition.kind != "nested":  # a local variable: no attribute, import or string leads to it
                    self._global.setdefault(definition.name, []).append(number)
        self._certainty = self._certainties()

    def unused(self) -> list[Unused]:
        """Every definition out of reach that is not an entry point, outermost only, in order of path and line."""
        live = self._live(with_tests=True)
        shipped = self._live(with_tests=False)
        found: list[Unused] = []
        sure, sure_shipped = self._chained(live), self._chained(shipped)
        for number, definition in enumerate(self._definitions):
            path = self._paths[number]
            if not live[number]:
                user = self._user(number)
                doubt = user == "itself" and definition.kind == "method"  # `super().m()`, `self.inner.m()`: a protocol
                found.append(Unused(path, definition, lowered_for_doubt(sure[number]) if doubt else sure[number], user))
            elif not shipped[number] and not is_test(path) and definition.kind != "nested":
                found.append(Unused(path, definition, max(sure_shipped[number] - _ONLY_TESTS, NEVER), "tests"))
        return [item for item in _outermost(found) if item.certainty > NEVER]

    # -- certainty -----------------------------------------------------------------------------------------------

    def _certainties(self) -> list[int]:
        files, published = self._index.files, self._index.published
        found = [
            certainty(path, definition, files[path], published=published(path))
            for path, definition in zip(self._paths, self._definitions, strict=True)
        ]
        stems = {stem for facts in files.values() for stem in facts.stems}
        stems |= {name for name in self._index.extra_names if name.endswith("_")}
        prefixes = tuple(stem for stem in stems if len(stem) > 2 and stem.endswith("_"))
        suffixes = tuple(stem for stem in stems if len(stem) > 2 and stem.startswith("_"))
        explored = {name for path, facts in files.items() if not is_test(path) for name in facts.explored}
        open_classes = self._open_classes()
        for number, definition in enumerate(self._definitions):
            path, name, sure = self._paths[number], definition.name, found[number]
            if sure == NEVER or definition.kind == "nested":
                continue
            stem = path.rpartition("/")[2].removesuffix(".py")
            package = path.split("/")[-2] if stem == "__init__" and "/" in path else stem
            completed = name.startswith((*prefixes, *files[path].stems)) or name.endswith((*suffixes, *files[path].stems))
            if completed or (definition.kind == "function" and package in explored):
                sure = lowered_for_doubt(sure)
            if definition.kind == "method":
                holder = definition.qualified.rpartition(".")[0]
                if (path, holder) in open_classes:
                    sure = lowered_for_unknown_base(sure, name)
                if files[path].stems and not files[path].explored.isdisjoint(("self", "cls")):
                    sure = lowered_for_doubt(sure)
            found[number] = sure
        return found

    def _open_classes(self) -> set[tuple[str, str]]:
        """Classes (path, qualified name) that have, or whose subclasses have, a base that the project does not define."""
        own = {part.removesuffix(".py") for path in self._index.files for part in path.split("/")}
        bases: dict[str, tuple[str, ...]] = {}
        for facts in self._index.files.values():
            for item in facts.classes:
                name = item.qualified.rpartition(".")[2]
                bases[name] = (*bases.get(name, ()), *(class_name(base, own) for base in item.bases))
        opened = {name for name in bases if is_open(bases, name)}
        queue = list(opened)
        while queue:  # a mixin beside an unknown base
            for base in bases[queue.pop()]:
                if base in bases and base not in opened:
                    opened.add(base)
                    queue.append(base)
        return {
            (path, item.qualified)
            for path, facts in self._index.files.items()
            for item in facts.classes
            if item.qualified.rpartition(".")[2] in opened
        }

    # -- reach ---------------------------------------------------------------------------------------------------

    def _live(self, *, with_tests: bool) -> list[bool]:
        """For each definition, whether an entry point leads to it."""
        live = [False] * len(self._definitions)
        queue: list[int] = []

        def reach(numbers: list[int]) -> None:
            for number in numbers:
                if not live[number]:
                    live[number] = True
                    queue.append(number)

        for path, facts in self._index.files.items():
            if with_tests or not is_test(path):
                for name in facts.references:
                    reach(self._global.get(name, []))
                for name in facts.names:
                    reach(self._local.get((path, name), []))
        for name in self._index.extra_names & self._global.keys():
            reach(self._global[name])
        for number, sure in enumerate(self._certainty):
            if sure == NEVER and (with_tests or not is_test(self._paths[number])):
                reach([number])
        while queue:
            number = queue.pop()
            for user in self._used(number):
                reach(user)
        return live

    def _used(self, number: int) -> Iterator[list[int]]:
        """The definitions that the body of a definition names, in groups."""
        path, definition = self._paths[number], self._definitions[number]
        for name in definition.names:
            yield self._local.get((path, name), [])
        for name in definition.mentions:
            yield self._global.get(name, [])

    def _chained(self, live: list[bool]) -> list[int]:
        """Certainties of which none is above that of an unused definition that names it."""
        sure = list(self._certainty)
        heap = [(sure[number], number) for number, alive in enumerate(live) if not alive]
        heapq.heapify(heap)
        while heap:
            level, number = heapq.heappop(heap)
            if level > sure[number]:
                continue
            for group in self._used(number):
                for used in group:
                    if not live[used] and sure[used] > level:
                        sure[used] = level
                        heapq.heappush(heap, (level, used))
        return sure

    def _user(self, number: int) -> str:
        """What names an unused definition."""
        if any(number in group for group in self._used(number)):
            return "itself"
        path, name = self._paths[number], self._definitions[number].name
        for other in self._index.files[path].definitions:
            if name in other.names or name in other.mentions:
                return "unused code"
        return ""


def _outermost(found: list[Unused]) -> Iterator[Unused]:
    """Without the definitions inside another one of `found` that is not in doubt: they go with it."""
    end: dict[str, int] = {}
    for item in sorted(found, key=lambda item: (item.path, item.definition.line)):
        if item.definition.line > end.get(item.path, 0):
            if item.certainty > DOUBTFUL:
                end[item.path] = item.definition.end_line
            yield item


@lru_cache(maxsize=1)
def unused_definitions(index: ProjectIndex) -> tuple[Unused, ...]:
    """The unused definitions of a project; the rules of this group ask for the same index one after another."""
    return tuple(Reachability(index).unused())
