"""The files of the last run in columns: what tells a run over thousands of files quickly that nothing changed, or what did.

A snapshot holds what was looked at, in which state, what was in it, and what was found. Where git lists the same files and
each is in the same state, the answer is the same, and of a file that changed only its own part is made anew.
"""

from __future__ import annotations

import json
import os
import stat as stat_module
from array import array
from functools import cached_property
from itertools import chain, compress, repeat

from greenlint.linter.entry import TRANSIENT, FileEntry
from greenlint.named_tuple import NamedTuple
from greenlint.source.discover import PYTHON_SUFFIXES, SourceFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from greenlint.source.discover import State

ABSENT = (-1, -1, -1)
"""The state of a name without a regular file."""
_UNSETTLED = -2
"""Both time stamps of a file that may change once more within those that it has: no file ever has them."""
_HASH = 16
_CHUNK = 3 * 256  # numbers that are compared at once
_TRACKED = {True: "T", False: "F", None: "N"}
_TRACKED_BACK = {mark: tracked for tracked, mark in _TRACKED.items()}
DAMAGED = (TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError)


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
        states = _look(root, [*self.inputs, *self.absent], folders=False)
        return states + _look(root, self.witnesses, folders=True)

    def states(self, root: str, inputs: Sequence[SourceFile]) -> array[int]:
        """The same where files and texts have been looked at already; a file may be there twice. Raises OSError."""
        known = {file.path: file.state for file in inputs}
        states = array("q")
        for path in self.inputs:
            states.extend(known[path])
        for _ in self.absent:
            states.extend(ABSENT)
        return states + _look(root, self.witnesses, folders=True)

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


def _look(root: str, paths: Sequence[str], *, folders: bool) -> array[int]:
    start = os.path.join(root, "")
    lstat = os.lstat
    try:
        found: list[os.stat_result | None] = [lstat(start + path) for path in paths]
    except (FileNotFoundError, NotADirectoryError):
        found = [_lstat(start + path) for path in paths]
    regular = stat_module.S_ISREG
    triples = [
        (info.st_size, info.st_mtime_ns, info.st_ctime_ns) if info and (folders or regular(info.st_mode)) else ABSENT
        for info in found
    ]
    return array("q", chain.from_iterable(triples))


def _lstat(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def by_three(states: array[int]) -> list[State]:
    """Numbers three by three."""
    numbers = iter(states)
    return list(zip(numbers, numbers, numbers))


class Snapshot:
    """What an earlier run left; each column is read when it is asked for.

    names    what it looked at
    states   of all names, three numbers each
    listing  hash of git's lists of files; empty where git was not asked
    digest   of the paths and contents of all inputs, as `Keys.digest` gives it
    testimony  what the witnesses said
    """

    def __init__(self, columns: Columns) -> None:
        """Raises one of DAMAGED where the columns do not fit each other."""
        head = json.loads(columns.head)
        self.listing, self.digest = str(head["listing"]), bytes.fromhex(head["digest"])
        names = os.fsdecode(columns.names).split("\0") if columns.names else []
        parts = []
        for count in head["counts"]:
            parts.append(names[:count])
            names = names[count:]
        files, texts, absent, witnesses = parts
        self.names = Names(files, texts, absent, witnesses, head["also"], head["tracked"])
        self.states = array("q", columns.states)
        self.testimony: list[str] = head["testimony"]
        self._table, self._places = head["contexts"]
        inputs = len(files) + len(texts)
        fits = (
            not names
            and len(self.states) == 3 * (inputs + len(absent) + len(witnesses))
            and {type(columns.contents), type(columns.keys)} == {bytes}
            and len(columns.contents) == len(columns.keys) == _HASH * inputs
            and len(self.names.tracked) == inputs
            and set(self.names.tracked) <= _TRACKED_BACK.keys()
            and _are_places(self.names.also, inputs)
            and len(self.testimony) == len(witnesses)
            and set(map(type, self._table if self._places is not None else [self._table])) <= {str}
            and (self._places is None or (_are_places(self._places, len(self._table)) and len(self._places) == inputs))
        )
        if not fits:
            raise ValueError("columns that do not fit each other")
        self._columns = columns

    def changed(self, states: array[int]) -> list[int]:
        """The places of names whose state is another now."""
        if states == self.states:
            return []
        found = []
        for start in range(0, len(states), _CHUNK):
            now, then = states[start : start + _CHUNK], self.states[start : start + _CHUNK]
            if now != then:
                differ = [one != other for one, other in zip(by_three(now), by_three(then))]
                found += [start // 3 + place for place, differs in enumerate(differ) if differs]
        return found

    def restated(self, listing: str, states: array[int]) -> Columns:
        """The same with the same contents in other states."""
        head = (
            self._columns.head if listing == self.listing else json.dumps(json.loads(self._columns.head) | {"listing": listing})
        )
        return self._columns._replace(head=head, states=states.tobytes())

    def known(self) -> Iterator[tuple[str, State, bytes]]:
        """The inputs, the state that each was in, and the hash of its contents then."""
        return zip(self.names.inputs, by_three(self.states), self.contents)

    @cached_property
    def contents(self) -> list[bytes]:
        """The hash of each input."""
        return _pieces(self._columns.contents)

    @cached_property
    def keys(self) -> list[bytes]:
        """The key of the entry of each input."""
        return _pieces(self._columns.keys)

    @cached_property
    def contexts(self) -> list[str]:
        """What `Contexts.of` said of each input."""
        if self._places is None:
            return [self._table] * len(self.contents)
        return [self._table[place] for place in self._places]

    def entries(self, without: Iterable[str]) -> dict[str, FileEntry]:
        """What was found in each file, by path, but for some files; empty where that is damaged."""
        try:
            lines, senses, others = json.loads(self._columns.entries)
            paths = self.names.files
            if not len(lines) == len(senses) == len(paths) or not all(map(int.__le__, repeat(-1), lines)):
                return {}
            plain = map(FileEntry, repeat(()), repeat(()), lines, repeat(""), repeat(()), senses)
            found = dict(compress(zip(paths, plain), [count >= 0 for count in lines]))
            for place, packed in others:
                found[paths[place]] = FileEntry.unpack([*packed, None], paths[place])
        except DAMAGED:
            return {}
        for path in without:
            found.pop(path, None)
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


class Columns(NamedTuple):
    """A snapshot as the cache holds it."""

    head: str
    names: bytes
    states: bytes
    contents: bytes
    keys: bytes
    entries: str


class Known(NamedTuple):
    """What is known of inputs: the hash of the contents, what is beside, and the key of each, in the order of their names."""

    digest: bytes
    contents: Sequence[bytes]
    contexts: Sequence[str]
    keys: Sequence[bytes]


def pack(
    names: Names,
    listing: str,
    testimony: list[str],
    states: array[int],
    known: Known,
    entries: Mapping[str, FileEntry],
) -> Columns:
    """A snapshot to keep."""
    head = {
        "listing": listing,
        "testimony": testimony,
        "digest": known.digest.hex(),
        "counts": [len(names.files), len(names.texts), len(names.absent), len(names.witnesses)],
        "also": names.also,
        "tracked": names.tracked,
        "contexts": _told_apart(known.contexts),
    }
    every = [*names.inputs, *names.absent, *names.witnesses]
    return Columns(
        json.dumps(head),
        os.fsencode("\0".join(every)),
        states.tobytes(),
        b"".join(known.contents),
        b"".join(known.keys),
        json.dumps(_packed_entries([entries.get(path) for path in names.files])),
    )


def _told_apart(contexts: Sequence[str]) -> list[Any]:
    """A few different texts and which of them each is; the text alone where there is one."""
    table = {text: place for place, text in enumerate(dict.fromkeys(contexts))}
    if len(table) < 2:
        return [next(iter(table), ""), None]
    return [list(table), [table[text] for text in contexts]]


def _packed_entries(entries: Sequence[FileEntry | None]) -> list[Any]:
    """Lines and sense of each entry, and the whole of those that say more; -1 lines where the next run has to look."""
    lines, senses, others = [], [], []
    for place, entry in enumerate(entries):
        if entry is None or entry.error.startswith(TRANSIENT):
            lines.append(-1)
            senses.append("")
            continue
        lines.append(entry.lines)
        senses.append(entry.sense)
        if entry.findings or entry.suppressions or entry.error or entry.cells:
            others.append([place, entry.pack()[:-1]])
    return [lines, senses, others]


def _are_places(numbers: Any, end: int) -> bool:
    """Whether all of them are in range(end)."""
    if not isinstance(numbers, list):
        return False
    return not numbers or (set(map(type, numbers)) == {int} and min(numbers) >= 0 and max(numbers) < end)


def _pieces(column: bytes) -> list[bytes]:
    return [column[start : start + _HASH] for start in range(0, len(column), _HASH)]
