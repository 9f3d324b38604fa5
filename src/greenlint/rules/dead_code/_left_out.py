"""What a run found unused, and what it noted of that for later runs that see an edit of it (`_edits`)."""

from __future__ import annotations

from collections import Counter

from greenlint.named_tuple import NamedTuple
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from greenlint.rules.dead_code._name_graph import NameGraph
    from greenlint.source.definitions import Class, Definition
    from greenlint.source.facts import FileFacts
    from greenlint.source.last_uses import LastUse

LOADERS = words(
    """iter_modules walk_packages spec_from_file_location entry_points iter_entry_points load_module run_path run_module listdir scandir
    glob rglob iglob iterdir walk find_modules load_plugins discover import_submodules SourceFileLoader __import__ pluggy"""
)
"""What modules are looked for with; uses of these names mean something even where the project defines none."""
Key = tuple[str, str, int]
"""Qualified name, kind, and number among those of the same: an `if` and its `else` may define the same function."""


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


class LeftOut(NamedTuple):
    """What edits of functions and classes may touch.

    unused     path -> qualified names of the definitions that are not in use, or by tests alone
    found      path -> what was said of them: place in the file's definitions, certainty, used_by, inner
    mentioned  names of definitions that texts mention
    shared     names that several files define, and attributes or strings reach in some of them
    classes    last names of all classes
    bases      last names of their bases
    """

    unused: dict[str, list[str]]
    found: dict[str, list[list[Any]]]
    mentioned: frozenset[str]
    shared: frozenset[str]
    classes: frozenset[str]
    bases: frozenset[str]

    @classmethod
    def of(
        cls,
        graph: NameGraph,
        unused: Iterable[int],
        found: Sequence[Unused],
        mentioned: frozenset[str],
        classes: Iterable[Class],
    ) -> LeftOut:
        """`unused` by number in the graph; `found` those of them that are told."""
        by_path: dict[str, list[str]] = {}
        for number in unused:
            by_path.setdefault(graph.paths[number], []).append(graph.definitions[number].qualified)
        places = {
            (path, graph.definitions[number]): place for path in by_path for place, number in enumerate(graph.of_file[path])
        }
        told: dict[str, list[list[Any]]] = {}
        for item in found:
            place = places[item.path, item.definition]
            told.setdefault(item.path, []).append([place, item.certainty, item.used_by, item.inner])
        names, bases = set[str](), set[str]()
        for one in classes:
            names.add(last_part(one.qualified))
            bases.update(map(last_part, one.bases))
        return cls(
            by_path,
            told,
            mentioned & graph.everywhere.keys(),
            frozenset(graph.shared()),
            frozenset(names),
            frozenset(bases),
        )

    def pack(self) -> list[Any]:
        """Plain data."""
        return [self.unused, self.found, *map(sorted, (self.mentioned, self.shared, self.classes, self.bases))]

    @classmethod
    def unpack(cls, packed: Any) -> LeftOut:
        """The inverse. Raises TypeError or ValueError for anything else."""
        unused, found, *names = packed
        return cls(dict(unused), dict(found), *map(frozenset, names))

    def gone(self, before: Mapping[str, FileFacts], after: Mapping[str, FileFacts]) -> frozenset[str]:
        """The names that only these files defined, and do not any more: to whom it uses them they mean nothing."""
        then, now = ({one.name for facts in files.values() for one in facts.definitions} for files in (before, after))
        return frozenset(then - now - self.shared - LOADERS)

    def again(self, paths: Iterable[str], before: Mapping[str, FileFacts], after: Mapping[str, FileFacts]) -> Iterator[Unused]:
        """What was said of the files `paths`, about the definitions where they are now.

        Raises KeyError, IndexError or TypeError for what an edit changed, or for data that are damaged.
        """
        for path in sorted(paths):
            then, now = list(by_key(before[path])), by_key(after[path])
            for place, certainty, used_by, inner in self.found.get(path, ()):
                yield Unused(path, now[then[place]], int(certainty), str(used_by), bool(inner))


class Imported(NamedTuple):
    """What edits of imports may touch, among the files of the project.

    unused           what nothing leads to, or tests alone
    by_any, by_code  a file -> the one whose import led to it, for all that imports lead to: of any file, and of one that is no test
    """

    unused: list[str]
    by_any: dict[str, str]
    by_code: dict[str, str]


def last_part(name: str) -> str:
    """The name after the last dot."""
    return name.rpartition(".")[2]


def by_key(facts: FileFacts) -> dict[Key, Definition]:
    """The definitions of a file, in order."""
    seen = Counter[tuple[str, str]]()
    found: dict[Key, Definition] = {}
    for one in facts.definitions:
        seen[one.qualified, one.kind] += 1
        found[one.qualified, one.kind, seen[one.qualified, one.kind]] = one
    return found
