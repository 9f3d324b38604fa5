"""The names that the files of a project use, counted; and which of them somebody has asked for.

What project rules say depends on no other name than those they ask for here. So an edit that adds or removes uses of any
other name, or one of several uses of a name, changes nothing that they say.
"""

from __future__ import annotations

from collections import Counter

from greenlint.named_tuple import NamedTuple
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Mapping
    from typing import Any

    from greenlint.source.facts import FileFacts


def _lower_words(facts: FileFacts) -> set[str]:
    parts = {part for name in facts.imports if not name.startswith(".") for part in name.split(".")}
    return {word.lower() for word in parts.union(facts.references, facts.words)}


def _packages(facts: FileFacts) -> set[str]:
    return {name.partition(".")[0] for name in facts.imports if not name.startswith(".")}


REFERENCES, WORDS, REQUESTS, LOWER, PACKAGES = "references", "words", "requests", "lower", "packages"
_KINDS: dict[str, Callable[[FileFacts], Collection[str]]] = {
    REFERENCES: lambda facts: facts.references,
    WORDS: lambda facts: facts.words,
    REQUESTS: lambda facts: facts.requests,
    LOWER: _lower_words,
    PACKAGES: _packages,
}
"""The fields of `FileFacts` of these names; the first two and the parts of imports in lower case; the packages imported."""


class Count(NamedTuple):
    """In how many files a name is used: in code, and in tests."""

    code: int = 0
    tests: int = 0

    @property
    def used(self) -> tuple[bool, bool]:
        """Whether code uses it, and whether anything does: all that rules learn."""
        return self.code > 0, self.code + self.tests > 0


_NONE = Count()


class Uses:
    """The uses in all files of a project, counted when somebody asks."""

    def __init__(self, files: Mapping[str, FileFacts]) -> None:
        self._files = files
        self._asked: dict[str, dict[str, Count]] = {}

    def among(self, kind: str, names: Collection[str], *, tests: bool = True) -> set[str]:
        """Those of `names` that any file uses, with tests or without."""
        known = self._asked.setdefault(kind, {})
        new = frozenset(names).difference(known)
        if new:
            known |= self._counted(kind, new)
        return {name for name in names if known[name].used[tests]}

    def packages(self) -> set[str]:
        """The top-level packages that any file imports."""
        if PACKAGES not in self._asked:
            self._asked[PACKAGES] = self._counted(PACKAGES)
        return set(self._asked[PACKAGES])

    def _counted(self, kind: str, names: frozenset[str] | None = None) -> dict[str, Count]:
        """In how many files each name of this kind is used; None stands for all that any file uses."""
        of = _KINDS[kind]
        counts = Counter[str](), Counter[str]()
        for path, facts in self._files.items():
            counts[is_test(path)].update(of(facts) if names is None else names.intersection(of(facts)))
        code, tests = counts
        return {name: Count(code[name], tests[name]) for name in (code.keys() | tests.keys() if names is None else names)}

    def pack(self) -> dict[str, Any]:
        """What has been asked for, as plain data: names, and the two columns of counts, by kind."""
        return {
            kind: [list(counts), [one.code for one in counts.values()], [one.tests for one in counts.values()]]
            for kind, counts in self._asked.items()
        }


class UsesNow:
    """What has been asked for, now that files whose facts were `before` have those in `after`."""

    def __init__(self, packed: Mapping[str, Any], before: Mapping[str, FileFacts], after: Mapping[str, FileFacts]) -> None:
        """`packed` is what `Uses.pack` gave when rules asked. Raises ValueError, TypeError or KeyError for anything else."""
        self._packed = packed
        self._more = {kind: _more(_KINDS[kind], before, after) for kind in packed}
        self._after = after
        self._known: dict[str, dict[str, Count]] = {}

    def same_but_for(self, gone: Container[str]) -> bool:
        """Whether all that was asked for has the same answer, but for uses of definitions that are `gone`."""
        return all(
            self._now(kind, name).used == self._then(kind).get(name, _NONE).used
            for kind, (code, tests) in self._more.items()
            for name in code.keys() | tests.keys()
            if (kind == PACKAGES or name in self._then(kind)) and not (kind in (REFERENCES, REQUESTS) and name in gone)
        )

    def used(self, kind: str, name: str) -> tuple[bool, bool]:
        """Whether code is known to use it, and whether anything is: of a name that nobody asked for the changed files tell."""
        if name in self._then(kind):
            return self._now(kind, name).used
        users = [path for path, facts in self._after.items() if name in _KINDS[kind](facts)]
        return any(not is_test(path) for path in users), bool(users)

    def may_be_used(self, kind: str, name: str) -> bool:
        """Whether code may use it: nobody asked for it, or the answer is yes."""
        return name not in self._then(kind) or self._now(kind, name).used[False]

    def packages(self) -> set[str]:
        """The top-level packages that any file imports, where their answer is the same."""
        return {name for name, count in self._then(PACKAGES).items() if count.used[True]}

    def _then(self, kind: str) -> dict[str, Count]:
        if kind not in self._known:
            names, code, tests = self._packed.get(kind, ((), (), ()))
            self._known[kind] = dict(zip(names, map(Count, code, tests), strict=True))
        return self._known[kind]

    def _now(self, kind: str, name: str) -> Count:
        then, (code, tests) = self._then(kind).get(name, _NONE), self._more[kind]
        return Count(then.code + code[name], then.tests + tests[name])


def _more(
    of: Callable[[FileFacts], Collection[str]], before: Mapping[str, FileFacts], after: Mapping[str, FileFacts]
) -> tuple[Counter[str], Counter[str]]:
    """In how many files more, or less, each name is used: in code, and in tests; those with a difference only."""
    more = Counter[str](), Counter[str]()
    for path in before:
        now, then = set(of(after[path])), set(of(before[path]))
        changes = more[is_test(path)]
        changes.update(now - then)
        changes.subtract(then - now)
    return more
