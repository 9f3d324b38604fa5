"""Whether edits that add, change or remove functions or imports, or add classes, leave alone what the rules said of a project.

Most do: what they add is in use, what they remove nobody needs any more. That can be told from the files that changed and
from what the last run left out (`LeftOut`), without the facts of all others. What is in use stays in use if

- something leads to it in its own file now that needs nothing else: code outside functions, a use that is charged to no
  function, a text, a framework; or
- everything in its own file that led to it still does, and other files do so too: an edit that takes the last mention
  of a name from a file is looked at in full unless code elsewhere uses the name outside all functions.

And what was left out stays so if the edit leads to nothing of its name. Helpers of tests are a case of their own, for what
they lead to counts as used by code only where code leads to them: an edit that might change that is looked at in full.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from greenlint.rules.dead_code._entry_points import NEVER, certainty
from greenlint.rules.dead_code._left_out import LeftOut, by_key, last_part
from greenlint.rules.dead_code._name_graph import NameGraph
from greenlint.source.frameworks import merged
from greenlint.source.module_graph import Places, absolute
from greenlint.source.places import is_test, may_be_test_data
from greenlint.source.project import packages_used
from greenlint.source.uses import REFERENCES, REQUESTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from greenlint.rules.dead_code._left_out import Imported, Key
    from greenlint.rules.dead_code._name_graph import InUse
    from greenlint.source.definitions import Definition
    from greenlint.source.facts import FileFacts
    from greenlint.source.project import ProjectIndex
    from greenlint.source.uses import UsesNow


_NO_FIXTURES = ("unittest.", "django.")


def change_nothing(
    left: LeftOut | None,
    imported: Imported | None,
    before: Mapping[str, FileFacts],
    after: Mapping[str, FileFacts],
    uses: UsesNow,
    index: ProjectIndex,
) -> bool:
    """Whether the rules would say the same, now that files with the facts `before` have those in `after`.

    left, imported  what they noted; None where no such rule ran
    uses            as they are now
    index           of the paths of the project; of its facts only those of changed files count
    """
    if any(before[path].frame() != after[path].frame() for path in before):
        return False
    if not uses.same_but_for(left.gone(before, after) if left is not None else ()):
        return False
    if not _imports_change_nothing(imported, before, after, index.files):
        return False
    if left is None:
        return True
    names = {last_part(name) for qualified in left.unused.values() for name in qualified}
    project = _Project(left, names, uses, index)
    return _classes_change_nothing(left, before, after) and all(
        _Edit(path, before[path], after[path], project).changes_nothing() for path in before
    )


def _imports_change_nothing(
    imported: Imported | None, before: Mapping[str, FileFacts], after: Mapping[str, FileFacts], paths: Iterable[str]
) -> bool:
    """Whether imports lead to the same files: those that were added lead to what others lead to, and nothing hung on the rest.

    imported  what the rule about modules noted; None where it did not run: then only data of tests that are imported count
    paths     of the project
    """
    changed = [path for path in before if set(before[path].imports) != set(after[path].imports)]
    places = Places(paths) if changed else None
    for path in changed:
        assert places is not None
        then, now = (places.reached([absolute(name, path) for name in files[path].imports]) for files in (before, after))
        if any(may_be_test_data(target) for target in then ^ now):
            return False
        if imported is None or then == now:
            continue
        if not (then ^ now).isdisjoint(imported.unused) or any("/" not in one for one in (path, *(then ^ now))):
            return False  # what stands at the top is judged by its own imports
        if any(path in (imported.by_any.get(target), imported.by_code.get(target)) for target in then - now):
            return False
    return True


def _classes_change_nothing(left: LeftOut, before: Mapping[str, FileFacts], after: Mapping[str, FileFacts]) -> bool:
    """Whether the classes are the same, or there are more that say nothing of others.

    Classes that derive from a new one would; and one with several bases may bring them together with a base that is not known.
    """
    for path in before:
        then, now = (Counter((one.qualified, one.bases) for one in files[path].classes) for files in (before, after))
        if then - now:
            return False
        for qualified, bases in now - then:
            name, above = last_part(qualified), {last_part(base) for base in bases}
            if name in left.classes or name in left.bases or (len(bases) > 1 and not above.isdisjoint(left.classes)):
                return False
            if qualified.startswith("Test") and any("." in base and not base.startswith(_NO_FIXTURES) for base in bases):
                return False  # tests of another package, which may ask for fixtures
    return True


class _Project:
    """What the edits of one run have in common; `names` are those of all that is left out."""

    def __init__(self, left: LeftOut, names: set[str], uses: UsesNow, index: ProjectIndex) -> None:
        self.left = left
        self.names = names
        self.uses = uses
        self._index = index
        self._pack = merged(packages_used(uses.packages(), index.files))

    def is_entry(self, path: str, definition: Definition, facts: FileFacts) -> bool:
        """Whether something else than names leads to a definition."""
        published, copied = self._index.published(path), self._index.is_copied(path)
        return certainty(path, definition, facts, self._pack, published=published, copied=copied) == NEVER

    def uses_everywhere(self, name: str) -> bool:
        """Whether definitions of this name are in use wherever they stand, for code that is no test."""
        return name not in self.left.shared or self.uses.used(REFERENCES, name)[False]


class _Edit:
    """One file before and after an edit."""

    def __init__(self, path: str, before: FileFacts, after: FileFacts, project: _Project) -> None:
        self._path = path
        self._before, self._after = before, after
        self._project = project
        self._out = frozenset(project.left.unused.get(path, ()))
        self._old, self._new = by_key(before), by_key(after)

    @cached_property
    def _graph(self) -> NameGraph:
        """Of the file as it is now."""
        return NameGraph({self._path: self._after})

    def changes_nothing(self) -> bool:
        """Whether what is left out stays so, and all else stays in use, here and in other files."""
        if _told(self._old) == _told(self._new) and set(self._before.names) == set(self._after.names):
            return True
        if is_test(self._path) and self._leads_code_further():
            return False
        return self._leaves_the_unused() and self._keeps_others() and self._keeps_its_own()

    def _leads_code_further(self) -> bool:
        """Whether code that is no test may come to a helper of tests that leads further into other files than it did."""
        graph, project = self._graph, self._project
        reach, further = graph.none(), graph.none()
        for name, numbers in graph.everywhere.items():
            if name in project.left.shared or project.uses.may_be_used(REFERENCES, name):
                graph.spread(reach, numbers)
        for number, (key, now) in enumerate(self._new.items()):
            then = self._old.get(key)
            more = {*now.names, *now.mentions} - ({*then.names, *then.mentions} if then is not None else set())
            if more and reach.marked[number]:
                graph.spread(further, [number])
        led = [one for one, marked in zip(graph.definitions, further.marked, strict=True) if marked]
        return any(name in project.left.shared for one in led for name in one.mentions)

    def _leaves_the_unused(self) -> bool:
        """Whether all that is left out here is as it was, and nothing leads to it, or to what is left out elsewhere."""
        old, new = _told(self._old), _told(self._new)
        if any(old.get(key) != new.get(key) for key in old.keys() | new.keys() if key[0] in self._out):
            return False
        more = self._mentioned(self._new) - self._mentioned(self._old)
        if not self._project.names.isdisjoint(more):
            return False
        if not is_test(self._path) and not all(map(self._project.uses_everywhere, more)):
            return False  # it may be the name of a helper of tests, which leads further
        if not self._out:
            return True
        graph = self._graph
        reach = graph.none()
        graph.spread_from_modules(reach, [self._path])
        graph.spread(reach, [number for number, one in enumerate(graph.definitions) if one.qualified not in self._out])
        return not any(one.qualified in self._out for one, marked in zip(graph.definitions, reach.marked) if marked)

    def _keeps_others(self) -> bool:
        """Whether what this file named in others is in use without it, where it is not named any more."""
        was, now = self._mentioned(self._old), self._mentioned(self._new)
        if was <= now and not (is_test(self._path) and self._losing):
            return True
        lost = was if is_test(self._path) else was - now  # code that names a test's helper: rare, and hard to follow
        return all(map(self._project.uses_everywhere, lost))

    def _keeps_its_own(self) -> bool:
        """Whether all that is not left out here is in use."""
        reach = self._certainly_in_use()
        for key, marked in zip(self._new, reach.marked, strict=True):
            if not marked and key[0] not in self._out and not self._stays(key):
                return False
        return True

    def _certainly_in_use(self) -> InUse:
        """What needs nothing but this file and uses that are charged to no function."""
        graph, project, tests = self._graph, self._project, is_test(self._path)
        reach = graph.none()
        graph.spread_from_modules(reach, [self._path])
        for kind, group in ((REFERENCES, graph.everywhere), (REQUESTS, graph.fixtures)):
            for name, numbers in group.items():
                if name in project.left.mentioned or project.uses.used(kind, name)[tests]:
                    graph.spread(reach, numbers)
        for number, definition in enumerate(graph.definitions):
            if reach.marked[number] or definition.qualified in self._out:
                continue
            if project.is_entry(self._path, definition, self._after):
                graph.spread(reach, [number])
        return reach

    def _stays(self, key: Key) -> bool:
        """Whether all that led to a definition here still does; then what led to it in other files does, too."""
        if key not in self._old:
            return False
        definition = self._old[key]
        if definition.name in self._before.names or self._project.is_entry(self._path, definition, self._before):
            return False
        return definition.name not in self._losing

    @cached_property
    def _losing(self) -> frozenset[str]:
        """The names that some definition here does not name any more."""
        then, now = _users(self._old), _users(self._new)
        return frozenset([name for name, users in then.items() if not users <= now.get(name, set())])

    def _mentioned(self, definitions: Mapping[Key, Definition]) -> set[str]:
        """What those that are not left out name in ways that reach any file."""
        return set[str]().union(*[one.mentions for key, one in definitions.items() if key[0] not in self._out])


def _told(definitions: Mapping[Key, Definition]) -> dict[Key, tuple[Any, ...]]:
    """All but the places of definitions."""
    return {key: (one.trivial, one.first < one.line, one.names, one.mentions) for key, one in definitions.items()}


def _users(definitions: Mapping[Key, Definition]) -> dict[str, set[tuple[Key, bool]]]:
    """Name -> the definitions that name it, and whether they do so in a way that reaches any file."""
    found: dict[str, set[tuple[Key, bool]]] = {}
    for key, one in definitions.items():
        for name in one.names:
            found.setdefault(name, set()).add((key, False))
        for name in one.mentions:
            found.setdefault(name, set()).add((key, True))
    return found
