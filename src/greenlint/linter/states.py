"""The names that a run looked at, and in which state each was: by size and time stamps, three numbers a name."""

from __future__ import annotations

import os
import stat as stat_module
from array import array
from itertools import chain

from greenlint.named_tuple import NamedTuple
from greenlint.source.discover import PYTHON_SUFFIXES, SourceFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.source.discover import State

ABSENT = (-1, -1, -1)
"""The state of a name without a regular file."""
_CHUNK = 3 * 256  # numbers that are compared at once
_UNSETTLED = -2
"""Both time stamps of a file that may change once more within those that it has: no file ever has them."""
_TRACKED = {True: "T", False: "F", None: "N"}
_TRACKED_BACK = {mark: tracked for tracked, mark in _TRACKED.items()}
MARKS = frozenset(_TRACKED_BACK)
"""The letters of `Names.tracked`."""


class Names(NamedTuple):
    """What a run looked at; paths relative to the root.

    files, texts  to lint; and texts that are not among them
    absent        names of interest that git lists without a regular file under them
    witnesses     folders and files that say what stands beside assets
    also          the places of all texts that count, in their order, in `files` and `texts`
    tracked       a letter for each of `files` and `texts`: whether git tracks it
    """

    files: list[str]
    texts: list[str]
    absent: list[str]
    witnesses: list[str]
    also: list[int]
    tracked: str

    @classmethod
    def of(cls, files: Sequence[SourceFile], texts: Sequence[SourceFile], absent: list[str], witnesses: list[str]) -> Names:
        """The names of a run with these files and texts; a text may be among the files."""
        places = {file.path: place for place, file in enumerate(files)}
        others = [text for text in texts if text.path not in places]
        for text in others:
            places[text.path] = len(places)
        tracked = "".join([_TRACKED[file.tracked] for file in (*files, *others)])
        paths, other_paths = [file.path for file in files], [text.path for text in others]
        return cls(paths, other_paths, absent, witnesses, [places[text.path] for text in texts], tracked)

    @property
    def inputs(self) -> list[str]:
        """The paths of files and texts, each once."""
        return [*self.files, *self.texts]

    def look(self, root: str) -> array[int]:
        """The states of all of them now, three numbers each. Raises OSError where one of them cannot be looked at."""
        states = _look(root, [*self.inputs, *self.absent], os.lstat)
        return states + _look(root, self.witnesses, os.stat)

    def states(self, root: str, inputs: Sequence[SourceFile]) -> array[int]:
        """The same where files and texts have been looked at already; a file may be there twice. Raises OSError."""
        known = {file.path: file.state for file in inputs}
        states = array("q")
        for path in self.inputs:
            states.extend(known[path])
        for _ in self.absent:
            states.extend(ABSENT)
        return states + _look(root, self.witnesses, os.stat)

    def source_files(self, root: str, states: array[int]) -> tuple[list[SourceFile], list[SourceFile]]:
        """The files and the texts in these states."""
        start = os.path.join(root, "")
        paths = self.inputs
        every = list(
            map(
                SourceFile,
                paths,
                [start + path for path in paths],
                states[0::3],
                states[1::3],
                [path.endswith(PYTHON_SUFFIXES) for path in paths],
                map(_TRACKED_BACK.__getitem__, self.tracked),
                states[2::3],
            )
        )
        return every[: len(self.files)], [every[place] for place in self.also]


def _look(root: str, paths: Sequence[str], look: Callable[[str], os.stat_result]) -> array[int]:
    """States as `os.lstat` sees regular files, or as `os.stat` sees whatever there is, behind links as well."""
    start = os.path.join(root, "")
    try:
        found: list[os.stat_result | None] = [look(start + path) for path in paths]
    except (FileNotFoundError, NotADirectoryError):
        found = [_look_at(start + path, look) for path in paths]
    regular, anything = stat_module.S_ISREG, look is os.stat
    triples = [
        (info.st_size, info.st_mtime_ns, info.st_ctime_ns) if info and (anything or regular(info.st_mode)) else ABSENT
        for info in found
    ]
    return array("q", chain.from_iterable(triples))


def _look_at(path: str, look: Callable[[str], os.stat_result]) -> os.stat_result | None:
    try:
        return look(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def unsettled(states: array[int]) -> array[int]:
    """The same sizes, and no time stamps that a file could have."""
    triples = [ABSENT if size == ABSENT[0] else (size, _UNSETTLED, _UNSETTLED) for size in states[0::3]]
    return array("q", chain.from_iterable(triples))


def by_three(states: array[int]) -> list[State]:
    """Numbers three by three."""
    numbers = iter(states)
    return list(zip(numbers, numbers, numbers))


def differing(states: array[int], others: array[int]) -> list[int]:
    """The places where two columns of states, three numbers each, differ."""
    found: list[int] = []
    if states == others:
        return found
    for start in range(0, len(states), _CHUNK):
        now, then = states[start : start + _CHUNK], others[start : start + _CHUNK]
        if now != then:
            differ = [one != other for one, other in zip(by_three(now), by_three(then))]
            found += [start // 3 + place for place, differs in enumerate(differ) if differs]
    return found


def settle(states: array[int], settled: int) -> array[int]:
    """States to keep: time stamps from `settled` on, ns, may hide another change, so the next run looks into these files."""
    for stamps in (states[1::3], states[2::3]):
        if max(stamps, default=0) >= settled:
            states = states[:]
            for place, stamp in enumerate(stamps):
                if stamp >= settled:
                    states[3 * place + 1] = states[3 * place + 2] = _UNSETTLED
    return states
