"""Which definitions of a project no entry point leads to: a graph of names over the facts of all files.

A definition is in use when a use of its name is in use. Bare names reach definitions of their own file; attributes, imports and
strings reach every file. What tests alone use is told apart by a second pass that leaves the tests out.
"""

from __future__ import annotations

import heapq
from itertools import chain

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
from greenlint.rules.dead_code._left_out import LeftOut, Unused
from greenlint.rules.dead_code._made_up import MadeUpNames
from greenlint.rules.dead_code._name_graph import CLASSES, NameGraph
from greenlint.source.definitions import LOCAL
from greenlint.source.frameworks import merged
from greenlint.source.project import LEFT_OUT, UNUSED, is_test
from greenlint.source.uses import REFERENCES, REQUESTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from greenlint.rules.dead_code._name_graph import InUse
    from greenlint.source.definitions import Definition
    from greenlint.source.last_uses import LastUse
    from greenlint.source.project import ProjectIndex

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


class Reachability:
    """The reference graph of one project. Whatever costs more than a name look-up is asked only about what no name leads to."""

    def __init__(self, index: ProjectIndex) -> None:
        self._index = index
        self._tests = {path for path in index.files if is_test(path)}
        self._pack = merged(index.packages)
        self._graph = NameGraph(index.files)
        self._users: dict[str, tuple[dict[str, dict[int, None]], dict[str, dict[int, None]]]] = {}
        """What `_users_in` said of files so far."""

    def unused(self) -> list[Unused]:
        """Every definition out of reach that is not an entry point, outermost only, in order of path and line."""
        tests, graph = self._tests, self._graph
        paths, definitions = graph.paths, graph.definitions
        shipped = graph.none()
        self._name(shipped, of_tests=False)
        live = shipped.copy()
        self._name(live, of_tests=True)
        asked = [
            number
            for number, path in enumerate(paths)
            if not live.marked[number] or (not shipped.marked[number] and path not in tests)
        ]
        mentioned = self._index.texts.mentioned(
            {definitions[number].name for number in asked if definitions[number].kind not in LOCAL}
        )
        lost = self._lost(asked)
        certainty = self._certainties(asked, {name for name in mentioned if name.endswith("_")}, lost)
        entries = [number for number, sure in certainty.items() if sure == NEVER]
        for name in mentioned & graph.everywhere.keys():
            entries += graph.everywhere[name]
        graph.spread(live, entries)
        graph.spread(shipped, [number for number in entries if paths[number] not in tests])
        sure, sure_shipped = self._chained(live, certainty), self._chained(shipped, certainty)
        found: list[Unused] = []
        for number in asked:
            path, definition = paths[number], definitions[number]
            if not live.marked[number]:
                user = self._user(number)
                doubt = user == "itself" and definition.kind == "method"  # `super().m()`, `self.inner.m()`: a protocol
                level = lowered_for_doubt(sure[number]) if doubt else sure[number]
                found.append(Unused(path, definition, level, user, last_use=lost.get(number)))
            elif not shipped.marked[number] and path not in tests and definition.kind not in LOCAL:
                level = max(sure_shipped[number] - _for_tests(definition, sure_shipped[number], lost.get(number)), NEVER)
                found.append(Unused(path, definition, level, "tests", last_use=lost.get(number)))
        weighed = [self._weighed(item) for item in found] if self._index.coverage is not None else found
        told = [item for item in _outermost(weighed) if item.certainty > NEVER]
        left = [n for n in asked if not live.marked[n] or (not shipped.marked[n] and paths[n] not in tests)]
        classes = chain.from_iterable([facts.classes for facts in self._index.files.values()])
        self._index.notes[LEFT_OUT] = LeftOut.of(graph, left, told, mentioned, classes)
        return told

    def _lost(self, asked: list[int]) -> dict[int, LastUse]:
        """The last uses, as git tells, of what may be unused outside of tests; none where git was not asked.

        What says that it is deprecated, and the public names of a module with a page of documentation, are there for others.
        """
        history = self._index.history
        if history is None:
            return {}
        definitions, paths = self._graph.definitions, self._graph.paths
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
        path, definition = self._graph.paths[number], self._graph.definitions[number]
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
        if coverage is None or definition.kind in CLASSES or definition.end_line == definition.line:
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
        of_classes = any(self._graph.definitions[number].kind in ("method", *CLASSES) for number in asked)
        open_classes = self._open_classes() if of_classes else set()
        registered = self._registered() if of_classes else set()
        found: dict[int, int] = {}
        for number in asked:
            path, definition = self._graph.paths[number], self._graph.definitions[number]
            found[number] = sure = certainty(
                path, definition, files[path], self._pack, published=published(path), copied=self._index.is_copied(path)
            )
            if sure == NEVER or definition.kind == "nested":
                continue
            known = number in lost and not made_up.is_of_family(path, definition)
            if definition.kind not in LOCAL and not known and made_up.may_reach(path, definition):
                sure = lowered_for_doubt(sure)
            if definition.kind in CLASSES and (path, definition.qualified) in registered:
                sure = NEVER
            elif definition.kind in CLASSES and (path, definition.qualified) in open_classes:
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

    def _name(self, reach: InUse, *, of_tests: bool) -> None:
        """Mark the definitions to which names in tests lead, or names anywhere else; that of other code comes first."""
        graph, uses = self._graph, self._index.uses
        for kind, definitions in ((REFERENCES, graph.everywhere), (REQUESTS, graph.fixtures)):
            names = uses.among(kind, definitions.keys(), tests=of_tests)
            for name in names - uses.among(kind, definitions.keys(), tests=False) if of_tests else names:
                graph.spread(reach, definitions[name])
        graph.spread_from_modules(reach, [path for path in self._index.files if (path in self._tests) is of_tests])

    def _chained(self, reach: InUse, certainty: Mapping[int, int]) -> dict[int, int]:
        """Certainties of what is not in use, none of them above that of an unused definition that names it."""
        sure = {number: level for number, level in certainty.items() if not reach.marked[number]}
        heap = [(level, number) for number, level in sure.items()]
        heapq.heapify(heap)
        seen: set[str] = set()  # what comes later has no lower level
        while heap:
            level, number = heapq.heappop(heap)
            if level > sure[number]:
                continue
            for group in self._graph.used(number, seen):
                for used in group:
                    if sure.get(used, NEVER) > level:
                        sure[used] = level
                        heapq.heappush(heap, (level, used))
        return sure

    def _user(self, number: int) -> str:
        """What names an unused definition in its own file."""
        graph = self._graph
        path, own = graph.paths[number], graph.definitions[number]
        if path not in self._users:
            self._users[path] = _users_in(graph, path)
        named, mentioned = (users.get(own.name, {}) for users in self._users[path])
        if own.kind == "nested":
            mentioned = {}  # attributes and strings do not reach it
        if number in named or number in mentioned:
            return "itself"
        users = [next(iter(users)) for users in (named, mentioned) if users]
        if not users:
            return ""
        return "itself" if graph.definitions[min(users)].qualified.startswith(f"{own.qualified}.") else "unused code"


def _users_in(graph: NameGraph, path: str) -> tuple[dict[str, dict[int, None]], dict[str, dict[int, None]]]:
    """Name -> the definitions of a file that use it by its bare name, and those that mention it; in order, for quick look-up."""
    named: dict[str, dict[int, None]] = {}
    mentioned: dict[str, dict[int, None]] = {}
    for number in graph.of_file[path]:
        for names, users in ((graph.definitions[number].names, named), (graph.definitions[number].mentions, mentioned)):
            for name in names:
                users.setdefault(name, {})[number] = None
    return named, mentioned


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


def unused_definitions(index: ProjectIndex) -> Sequence[Unused]:
    """The unused definitions of a project; the rules of this group ask for the same index one after another."""
    if UNUSED not in index.notes:
        index.notes[UNUSED] = Reachability(index).unused()
    known: Sequence[Unused] = index.notes[UNUSED]
    return known
