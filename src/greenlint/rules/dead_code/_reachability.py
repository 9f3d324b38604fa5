"""Which definitions of a project no entry point leads to: a graph of names over the facts of all files.

A definition is in use when a use of its name is in use. Bare names reach definitions of their own file; attributes, imports and
strings reach every file. What tests alone use is told apart by a second pass that leaves the tests out.
"""

from __future__ import annotations

import heapq
from functools import lru_cache

from greenlint.named_tuple import NamedTuple
from greenlint.rules.dead_code._entry_points import (
    DOUBTFUL,
    NEVER,
    PUBLISHED,
    certainty,
    class_name,
    lowered_for_doubt,
    lowered_for_unknown_base,
    open_classes,
)
from greenlint.rules.dead_code._made_up import MadeUpNames
from greenlint.source.definitions import LOCAL
from greenlint.source.frameworks import merged
from greenlint.source.project import is_test
from greenlint.source.uses import REFERENCES, REQUESTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from greenlint.source.definitions import Definition
    from greenlint.source.last_uses import LastUse
    from greenlint.source.project import ProjectIndex

_CLASSES = ("class", "local")
_GOES_ALONG = 25
"""Certainty of what stands inside something unused: it is said once, and again to those who ask for all."""
_NEVER_RAN = 100
_LOST_ITS_USE = 75
"""How sure it is of what was in use until a commit removed that; what was never in use may be there for somebody else."""
_LOST_BY_ALL = 80
"""The same in a place that nobody else imports from."""
_LEFT_TO_TESTS = 15
"""How much less sure it is of that where tests still use it."""
_MADE_FOR_TESTS = 50
_PUTS_BACK = ("reset", "clear", "set", "delete", "flush", "restore", "unset")
_ONLY_TESTS = 25
"""How much less sure it is that a function used by tests alone can go, in points of confidence."""


class Unused(NamedTuple):
    """A definition that nothing in use names.

    certainty  0-100; no higher than that of the unused code that names it
    used_by    "" nothing, "itself", "unused code" or "tests"
    inner      whether it stands inside another unused definition, and goes with it
    last_use   the commit that removed the last use of its name outside of tests, where git was asked and tells
    """

    path: str
    definition: Definition
    certainty: int
    used_by: str
    inner: bool = False
    last_use: LastUse | None = None


class Reachability:
    """The reference graph of one project. Whatever costs more than a name look-up is asked only about what no name leads to."""

    def __init__(self, index: ProjectIndex) -> None:
        self._index = index
        self._paths: list[str] = []
        self._definitions: list[Definition] = []
        self._local: dict[tuple[str, str], list[int]] = {}
        self._global: dict[str, list[int]] = {}
        self._inner: dict[tuple[str, str], list[int]] = {}
        self._fixtures: dict[str, list[int]] = {}
        self._tests = {path for path in index.files if is_test(path)}
        self._pack = merged(index.packages)
        for path, facts in index.files.items():
            for definition in facts.definitions:
                number = len(self._definitions)
                self._paths.append(path)
                self._definitions.append(definition)
                self._local.setdefault((path, definition.name), []).append(number)
                if definition.kind not in LOCAL:
                    self._global.setdefault(definition.name, []).append(number)
                if definition.kind == "local":
                    self._inner.setdefault((path, definition.name), []).append(number)
                if definition.kind == "fixture":
                    self._fixtures.setdefault(definition.name, []).append(number)

    def unused(self) -> list[Unused]:
        """Every definition out of reach that is not an entry point, outermost only, in order of path and line."""
        tests = self._tests
        shipped = [False] * len(self._definitions)
        self._name(shipped, of_tests=False)
        live = shipped.copy()
        self._name(live, of_tests=True)
        paths, definitions = self._paths, self._definitions
        asked = [number for number, path in enumerate(paths) if not live[number] or (not shipped[number] and path not in tests)]
        mentioned = self._index.texts.mentioned(
            {definitions[number].name for number in asked if definitions[number].kind not in LOCAL}
        )
        lost = self._lost(asked)
        certainty = self._certainties(asked, {name for name in mentioned if name.endswith("_")}, lost)
        entries = [number for number, sure in certainty.items() if sure == NEVER]
        for name in mentioned & self._global.keys():
            entries += self._global[name]
        self._spread(live, entries)
        self._spread(shipped, [number for number in entries if paths[number] not in tests])
        sure, sure_shipped = self._chained(live, certainty), self._chained(shipped, certainty)
        found: list[Unused] = []
        for number in asked:
            path, definition = paths[number], definitions[number]
            if not live[number]:
                user = self._user(number)
                doubt = user == "itself" and definition.kind == "method"  # `super().m()`, `self.inner.m()`: a protocol
                level = lowered_for_doubt(sure[number]) if doubt else sure[number]
                found.append(Unused(path, definition, level, user, last_use=lost.get(number)))
            elif not shipped[number] and path not in tests and definition.kind not in LOCAL:
                level = max(sure_shipped[number] - _for_tests(definition, sure_shipped[number], lost.get(number)), NEVER)
                found.append(Unused(path, definition, level, "tests", last_use=lost.get(number)))
        weighed = [self._weighed(item) for item in found] if self._index.coverage is not None else found
        return [item for item in _outermost(weighed) if item.certainty > NEVER]

    def _lost(self, asked: list[int]) -> dict[int, LastUse]:
        """The last uses, as git tells, of what may be unused outside of tests; none where git was not asked.

        What says that it is deprecated, and the public names of a module with a page of documentation, are there for others.
        """
        history = self._index.history
        if history is None:
            return {}
        definitions, paths = self._definitions, self._paths
        shared = [
            number
            for number in asked
            if definitions[number].kind not in (*LOCAL, "fixture") and paths[number] not in self._tests
        ]
        uses = history.last_uses({definitions[number].name for number in shared})
        lost = {number: uses[definitions[number].name] for number in shared if definitions[number].name in uses}
        if not lost:
            return {}
        documented = self._index.texts.documented_modules()
        return {number: use for number, use in lost.items() if not self._for_others(number, documented)}

    def _for_others(self, number: int, documented: frozenset[str]) -> bool:
        path, definition = self._paths[number], self._definitions[number]
        lines = self._index.source(path).splitlines()[definition.first - 1 : definition.end_line]
        if b"deprecat" in b"\n".join(lines).lower():
            return True
        parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
        dotted = {".".join(parts[start:]) for start in range(len(parts))}
        return not definition.name.startswith("_") and not dotted.isdisjoint(documented)

    def _weighed(self, item: Unused) -> Unused:
        """What tests have run is in use; what nothing names and they never ran is certain, where the project alone could call it.

        Data older than the file says what is in use, and nothing else.
        """
        coverage, definition = self._index.coverage, item.definition
        if coverage is None or definition.kind in _CLASSES or definition.end_line == definition.line:
            return item
        ran = coverage.ran(item.path, definition.line + 1, definition.end_line)
        if ran:
            return item._replace(certainty=NEVER)
        alone = item.used_by != "tests" and item.certainty > PUBLISHED
        if ran is None or not alone or self._index.is_newer_than_coverage(item.path):
            return item
        return item._replace(certainty=_NEVER_RAN)

    # -- certainty -----------------------------------------------------------------------------------------------

    def _certainties(self, asked: list[int], stems: set[str], lost: Mapping[int, LastUse]) -> dict[int, int]:
        """How sure it is that each definition of `asked` is unused; `stems` are parts of names that texts complete.

        What is `lost` was in use under its name, so that no name made up leads to it unless its own file makes up such names.
        """
        files, published = self._index.files, self._index.published
        made_up = MadeUpNames(files, self._tests, stems)
        of_classes = any(self._definitions[number].kind in ("method", *_CLASSES) for number in asked)
        open_classes = self._open_classes() if of_classes else set()
        registered = self._registered() if of_classes else set()
        found: dict[int, int] = {}
        for number in asked:
            path, definition = self._paths[number], self._definitions[number]
            found[number] = sure = certainty(
                path, definition, files[path], self._pack, published=published(path), copied=self._index.is_copied(path)
            )
            if sure == NEVER or definition.kind == "nested":
                continue
            known = number in lost and not made_up.is_of_family(path, definition)
            if definition.kind not in LOCAL and not known and made_up.may_reach(path, definition):
                sure = lowered_for_doubt(sure)
            if definition.kind in _CLASSES and (path, definition.qualified) in registered:
                sure = NEVER
            elif definition.kind in _CLASSES and (path, definition.qualified) in open_classes:
                sure = lowered_for_doubt(sure)
            elif definition.kind == "method" and (path, definition.qualified.rpartition(".")[0]) in open_classes:
                sure = lowered_for_unknown_base(sure, definition.name)
            if known and sure >= DOUBTFUL:
                sure = max(sure, _LOST_BY_ALL if sure > PUBLISHED else _LOST_ITS_USE)
            found[number] = sure
        return found

    def _open_classes(self) -> set[tuple[str, str]]:
        """Classes (path, qualified name) that have, or whose subclasses have, a base that the project does not define."""
        own = {part.removesuffix(".py") for path in self._index.files for part in path.split("/")}
        bases: dict[str, tuple[str, ...]] = {}
        for facts in self._index.files.values():
            for item in facts.classes:
                name = item.qualified.rpartition(".")[2]
                bases[name] = (*bases.get(name, ()), *(class_name(base, own, self._pack) for base in item.bases))
        opened = open_classes(bases, self._pack)
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

    def _registered(self) -> set[tuple[str, str]]:
        """Classes that a framework keeps a list of, and those below a class whose `__subclasses__` the project asks for."""
        files = self._index.files
        explored = set[str]().union(*[facts.explored for facts in files.values()])
        listed = {name.partition(".")[0] for name in explored if name.endswith(".__subclasses__")}
        derived: dict[str, list[tuple[str, str]]] = {}
        for path, facts in files.items():
            for item in facts.classes:
                for base in item.bases:
                    derived.setdefault(base.rpartition(".")[2], []).append((path, item.qualified))
        if "?" in listed:  # some class: it may be any
            return set().union(*derived.values())
        found = {place for base in self._pack.live_bases for place in derived.get(base, ())}
        queue = list(listed)
        while queue:
            for place in derived.get(queue.pop(), ()):
                if place not in found:
                    found.add(place)
                    queue.append(place[1].rpartition(".")[2])
        return found

    # -- reach ---------------------------------------------------------------------------------------------------

    def _name(self, live: list[bool], *, of_tests: bool) -> None:
        """Mark the definitions to which names in tests lead, or names anywhere else; that of other code comes first."""
        for kind, definitions in ((REFERENCES, self._global), (REQUESTS, self._fixtures)):
            names = self._index.uses.among(kind, definitions.keys(), tests=of_tests)
            for name in names - self._index.uses.among(kind, definitions.keys(), tests=False) if of_tests else names:
                self._spread(live, definitions[name])
        for path, facts in self._index.files.items():
            if (path in self._tests) is of_tests:
                for name in facts.names:
                    self._spread(live, self._local.get((path, name), ()))

    def _spread(self, live: list[bool], numbers: Iterable[int]) -> None:
        """Mark `numbers` as in use, and what they name."""
        queue = [number for number in numbers if not live[number]]
        while queue:
            number = queue.pop()
            if not live[number]:
                live[number] = True
                for group in self._used(number):
                    queue += group

    def _used(self, number: int) -> Iterator[list[int]]:
        """The definitions that the body of a definition names, in groups; a method does not keep its own class in use."""
        path, definition = self._paths[number], self._definitions[number]
        for name in definition.names:
            group = self._local.get((path, name), [])
            if definition.kind == "method":
                group = [used for used in group if not self._holds(used, definition)]
            yield group
        for name in definition.mentions:
            yield self._global.get(name, [])
            yield self._inner.get((path, name), [])  # `frame.query("x > @Limit.low")`

    def _holds(self, number: int, definition: Definition) -> bool:
        """Whether `definition` is part of the class `number` of the same file."""
        holder = self._definitions[number]
        return holder.kind in _CLASSES and definition.qualified.startswith(f"{holder.qualified}.")

    def _chained(self, live: list[bool], certainty: Mapping[int, int]) -> dict[int, int]:
        """Certainties of what is not in use, none of them above that of an unused definition that names it."""
        sure = {number: level for number, level in certainty.items() if not live[number]}
        heap = [(level, number) for number, level in sure.items()]
        heapq.heapify(heap)
        while heap:
            level, number = heapq.heappop(heap)
            if level > sure[number]:
                continue
            for group in self._used(number):
                for used in group:
                    if sure.get(used, NEVER) > level:
                        sure[used] = level
                        heapq.heappush(heap, (level, used))
        return sure

    def _user(self, number: int) -> str:
        """What names an unused definition."""
        if any(number in group for group in self._used(number)):
            return "itself"
        path, own = self._paths[number], self._definitions[number]
        name = own.name
        for other in self._index.files[path].definitions:
            if (name in other.names or name in other.mentions) and other.qualified.startswith(f"{own.qualified}."):
                return "itself"
            if name in other.names or name in other.mentions:
                return "unused code"
        return ""


def _for_tests(definition: Definition, sure: int, last_use: LastUse | None) -> int:
    """How much less sure it is that what tests alone use can go; a function that puts something back is there for them."""
    if definition.name.lstrip("_").startswith(_PUTS_BACK):
        return _MADE_FOR_TESTS
    return _LEFT_TO_TESTS if last_use is not None and sure >= _LOST_BY_ALL else _ONLY_TESTS


def _outermost(found: list[Unused]) -> Iterator[Unused]:
    """The definitions inside another one of `found` that is not in doubt go with it: hardly worth a word of their own."""
    end: dict[str, int] = {}
    for item in sorted(found, key=lambda item: (item.path, item.definition.line)):
        if item.definition.line > end.get(item.path, 0):
            if item.certainty > DOUBTFUL:
                end[item.path] = item.definition.end_line
            yield item
        else:
            yield item._replace(certainty=min(item.certainty, _GOES_ALONG), inner=True)


@lru_cache(maxsize=1)
def unused_definitions(index: ProjectIndex) -> tuple[Unused, ...]:
    """The unused definitions of a project; the rules of this group ask for the same index one after another."""
    return tuple(Reachability(index).unused())
