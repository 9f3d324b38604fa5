"""Which files of a project no import and no entry point leads to."""

from __future__ import annotations

from functools import cached_property

from greenlint.named_tuple import NamedTuple
from greenlint.rules.dead_code._entry_points import NEVER, place_certainty
from greenlint.rules.dead_code._left_out import LOADERS, Imported
from greenlint.rules.dead_code._made_up import is_below
from greenlint.source.facts import COMPUTED_IMPORT
from greenlint.source.frameworks import merged
from greenlint.source.module_graph import ModuleGraph
from greenlint.source.project import IMPORTED, is_test
from greenlint.source.uses import REFERENCES, WORDS
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.project import ProjectIndex

_LOADING_PROGRAMS = words("airflow ansible mkdocs sphinx pelican nikola pluggy stevedore yapsy pytest_plugins PyInstaller")
_BY_DEAD = "only unused modules import it"
_BY_TESTS = "only tests import it"
_BY_NOBODY = "nothing imports it"
_ONLY_TESTS = 25
_TOP = 30
"""A file at the top may be what a tool loads by its path, or all that somebody has: a module to be imported by hand."""


DOUBTFUL = 25
"""A file that defines nothing, or one at the top that imports others of the project: it may be a script."""


class UnusedModule(NamedTuple):
    """A file out of reach, how sure that is (0-100), and why."""

    path: str
    certainty: int
    why: str


class Modules:
    """The files of a project, and what leads to them."""

    def __init__(self, index: ProjectIndex, *, doubtful: bool = False) -> None:
        """`doubtful`: files that define nothing, and those at the top that import others, too."""
        self._index = index
        self._doubtful = doubtful
        self._graph = ModuleGraph(index)

    def unused(self) -> Iterator[UnusedModule]:
        """Every module out of reach, in order of path."""
        index = self._index
        sure = {path: self._certainty(path) for path in index.files}
        suspects = {path for path, level in sure.items() if level > NEVER}
        suspects -= self._mentioned(suspects)
        entries = [path for path in index.files if path not in suspects]
        reached = self._graph.reached(entries)
        shipped = self._graph.reached([path for path in entries if not is_test(path)])
        unused = suspects - reached.keys()
        index.notes[IMPORTED] = Imported(
            [path for path in suspects if path not in reached or (path not in shipped and not is_test(path))],
            {path: user for path, user in reached.items() if user},
            {path: user for path, user in shipped.items() if user},
        )
        self._chain(sure, unused)
        named = set[str]().union(*[self._graph.targets(path) - {path} for path in unused])
        for path in sorted(suspects):
            if path not in reached:
                yield UnusedModule(path, sure[path], _BY_DEAD if path in named else _BY_NOBODY)
            elif path not in shipped and not is_test(path):
                yield UnusedModule(path, max(NEVER, sure[path] - _ONLY_TESTS), _BY_TESTS)
        yield from self._at_the_top()

    def _at_the_top(self) -> Iterator[UnusedModule]:
        """Files at the top that only define things and import nothing of the project: who runs them by their path gets nothing."""
        files = self._index.files
        if not any(facts.program for facts in files.values()):
            return  # nothing shows what runs here
        names = merged(self._index.packages).files
        leaves = {
            path
            for path, facts in files.items()
            if path.endswith(".py")
            and "/" not in path
            and path[:-3].isidentifier()
            and path not in names
            and not (is_test(path) or facts.program or facts.names)
            and (self._doubtful or not self._graph.targets(path))
            and (facts.definitions or facts.classes)
            and not self._index.published(path)
        }
        leaves -= self._graph.imported(leaves) | self._mentioned(leaves)
        for path in sorted(leaves):
            yield UnusedModule(path, DOUBTFUL if self._graph.targets(path) else _TOP, _BY_NOBODY)

    def _chain(self, sure: dict[str, int], unused: set[str]) -> None:
        """Lower what unused modules import to the certainty about those: the one is unused only if the others are."""
        for path in sorted(unused, key=lambda path: sure[path]):
            queue = [path]
            while queue:
                user = queue.pop()
                for target in self._graph.targets(user) & unused:
                    if sure[target] > sure[user]:
                        sure[target] = sure[user]
                        queue.append(target)

    def _certainty(self, path: str) -> int:
        facts = self._index.files[path]
        name = path.rpartition("/")[2]
        if facts.program or name in ("__init__.py", "__main__.py"):
            return NEVER
        defines = bool(facts.definitions or facts.classes)
        if not defines and not (self._doubtful and f"{path.removesuffix(name)}__init__.py" in self._index.files):
            return NEVER  # it may be run by its path
        pack = merged(self._index.packages)
        stem = path.removesuffix(".py")
        if f"{stem}_test.py" in self._index.files or f"{path.removesuffix(name)}test_{name}" in self._index.files:
            return NEVER  # it may be what that test runs
        sure = place_certainty(path, pack, published=self._index.published(path))
        if sure == NEVER and self._doubtful and not self._loads_files:
            sure = min(place_certainty(path, pack, published=False, loaders=False), DOUBTFUL)
        return sure if defines else min(sure, DOUBTFUL)

    @cached_property
    def _loads_files(self) -> bool:
        """Whether anything here may load modules by their place: it lists folders or distributions, or a program does that loads it."""
        index = self._index
        if index.uses.among(REFERENCES, LOADERS) or not _LOADING_PROGRAMS.isdisjoint(index.packages):
            return True
        return any(COMPUTED_IMPORT in facts.explored for facts in index.files.values())

    def _mentioned(self, suspects: set[str]) -> set[str]:
        """Those whose name stands in a string, in configuration, in documentation, or in a namespace that code explores."""
        stems = {path: path.rpartition("/")[2].rpartition(".")[0] for path in suspects}
        files = self._index.files
        explored = set[str]().union(*[facts.explored for facts in files.values()])
        sought = set(stems.values())
        named = explored | self._index.uses.among(WORDS, sought) | self._index.texts.mentioned(sought)
        return {
            path
            for path, stem in stems.items()
            if stem in named
            or self._is_listed(path)
            or (path.split("/")[-2:-1] or [""])[0] in explored
            or is_below(path, explored)
        }

    def _is_listed(self, path: str) -> bool:
        """Whether the package that holds a module looks for its modules."""
        package = self._index.files.get(f"{path.rpartition('/')[0]}/__init__.py")
        return package is not None and package.lists_its_folder
