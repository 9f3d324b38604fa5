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
    from collections.abc import Callable, Collection, Mapping
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


def same_uses(packed: Mapping[str, Any], before: Mapping[str, FileFacts], after: Mapping[str, FileFacts]) -> bool:
    """Whether all that was asked for has the same answer, now that files whose facts were `before` have those in `after`.

    packed  what `Uses.pack` gave when rules asked. Raises ValueError, TypeError or KeyError for anything else.
    """
    for kind, (names, code, tests) in packed.items():
        of = _KINDS[kind]
        more = Counter[str](), Counter[str]()
        for path in before:
            changes = more[is_test(path)]
            changes.update(of(after[path]))
            changes.subtract(set(of(before[path])))
        changed = {name for changes in more for name, number in changes.items() if number}
        if not changed:
            continue
        known = dict(zip(names, map(Count, code, tests), strict=True))
        for name in changed if kind == PACKAGES else changed & known.keys():
            then = known.get(name, _NONE)
            if Count(then.code + more[False][name], then.tests + more[True][name]).used != then.used:
                return False
    return True
