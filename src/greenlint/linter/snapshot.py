"""The files of the last run in columns: what tells a run over thousands of files quickly that nothing changed, or what did.

A snapshot holds what was looked at, in which state, what was in it, and what was found. Where git lists the same files and
each is in the same state, the answer is the same, and of a file that changed only its own part is made anew.
"""

from __future__ import annotations

import json
import os
from array import array
from functools import cached_property
from itertools import compress, repeat

from greenlint.linter.edits import MOST, Edit, unpack_edits
from greenlint.linter.entry import TRANSIENT, FileEntry
from greenlint.linter.states import MARKS, Names, differing, unsettled
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from greenlint.linter.collect import Keys

_HASH, _OBJECT = 16, 20
_UNHELD = bytes(_OBJECT)
DAMAGED = (TypeError, ValueError, IndexError, KeyError, AttributeError, OverflowError)


class Snapshot:
    """What an earlier run left, with what later runs found to be different; each column is read when it is asked for.

    made     when it was written, by which what is kept beside it knows it; 0 for one that was written for another place
    names    what it looked at
    states   of all names, three numbers each
    listing  hash of git's lists of files; empty where git was not asked
    digest   of the paths and contents of all inputs, as `Keys.digest` gives it
    testimony  what the witnesses said
    """

    def __init__(self, columns: Columns, made: int = 0, edits: str | None = None) -> None:
        """Raises one of DAMAGED where the columns do not fit each other, or the edits do not fit them."""
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
            and {type(columns.contents), type(columns.keys), type(columns.held)} == {bytes}
            and len(columns.contents) == len(columns.keys) == _HASH * inputs
            and len(columns.held) == _OBJECT * inputs
            and len(self.names.tracked) == inputs
            and set(self.names.tracked) <= MARKS
            and _are_places(self.names.also, inputs)
            and len(self.testimony) == len(witnesses)
            and set(map(type, self._table if self._places is not None else [self._table])) <= {str}
            and (self._places is None or (_are_places(self._places, len(self._table)) and len(self._places) == inputs))
        )
        if not fits:
            raise ValueError("columns that do not fit each other")
        self._columns = columns
        self.made = made
        self._written = self.states
        self._edits: dict[int, Edit] = {}
        if edits is not None:
            self.digest, self._edits = unpack_edits(edits, inputs, len(self.states) // 3)
            self.states = self.states[:]
            for place, edit in self._edits.items():
                self.states[3 * place : 3 * place + 3] = array("q", edit.state)

    def changed(self, states: array[int]) -> list[int]:
        """The places of names whose state is another now."""
        return differing(states, self.states)

    def elsewhere(self) -> Snapshot:
        """The same for the same files in another place, whose time stamps say nothing."""
        self.states = unsettled(self.states)
        self.made = 0
        return self

    def edits(
        self, listing: str, states: array[int], keys: Keys, entries: Mapping[str, FileEntry] | None
    ) -> dict[int, Edit] | None:
        """What is different now from what was written; None where that is too much to keep beside it.

        The names and what is beside them are the same. Without `entries` the contents are what this snapshot says.
        """
        others = set(differing(states, self._written))
        if listing != self.listing or len(others) > MOST:
            return None
        paths, files = self.names.inputs, len(self.names.files)
        found = {}
        for place in others.union(self._edits):
            first, second, third = states[3 * place : 3 * place + 3]
            edit = Edit((first, second, third))
            path = paths[place] if place < len(paths) else ""
            if path and keys.contents[path][0] != self._columns.contents[_HASH * place : _HASH * (place + 1)]:
                if entries is None:
                    edit = self._edits[place]._replace(state=edit.state)
                else:
                    entry = entries.get(path) if place < files else None
                    packed = None if entry is None or entry.error.startswith(TRANSIENT) else entry.pack()[:-1]
                    edit = Edit(edit.state, keys.contents[path][0], keys.by_path[path], keys.held.get(path, b""), packed)
            if place in others or edit.content:
                found[place] = edit
        return found

    @property
    def edited(self) -> bool:
        """Whether contents are others than were written."""
        return any(edit.content for edit in self._edits.values())

    def restated(self, listing: str, states: array[int], held: Sequence[bytes]) -> Columns:
        """The same, not edited, with the same contents in other states, and perhaps in objects of git that were not known."""
        head = (
            self._columns.head if listing == self.listing else json.dumps(json.loads(self._columns.head) | {"listing": listing})
        )
        return self._columns._replace(head=head, states=states.tobytes(), held=_pack_held(held))

    def known(self, places: Iterable[int] | None = None) -> dict[str, Seen]:
        """What was known of the inputs in these places, or of all, by path."""
        paths, states, contents, held = self.names.inputs, self.states, self.contents, self.held
        places = range(len(paths)) if places is None else places
        return {paths[place]: Seen(states[3 * place], contents[place], held[place]) for place in places}

    @cached_property
    def contents(self) -> list[bytes]:
        """The hash of each input."""
        return self._now(_pieces(self._columns.contents, _HASH), "content")

    @cached_property
    def keys(self) -> list[bytes]:
        """The key of the entry of each input."""
        return self._now(_pieces(self._columns.keys, _HASH), "key")

    @cached_property
    def held(self) -> list[bytes]:
        """The name of the object of git that held the contents of each input; empty where that is not known."""
        return self._now([b"" if name == _UNHELD else name for name in _pieces(self._columns.held, _OBJECT)], "held")

    def _now(self, written: list[bytes], part: str) -> list[bytes]:
        """A column as it is with the edits."""
        for place, edit in self._edits.items():
            if edit.content:
                written[place] = getattr(edit, part)
        return written

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
            for place, edit in self._edits.items():
                if edit.content and place < len(paths):
                    found.pop(paths[place], None)
                    if edit.entry is not None:
                        found[paths[place]] = FileEntry.unpack([*edit.entry, None], paths[place])
        except DAMAGED:
            return {}
        for path in without:
            found.pop(path, None)
        return found


class Seen(NamedTuple):
    """The size of an input, the hash of its contents, and the object of git that held them; empty where that is not known."""

    size: int
    content: bytes
    held: bytes


class Columns(NamedTuple):
    """A snapshot as the cache holds it."""

    head: str
    names: bytes
    states: bytes
    contents: bytes
    keys: bytes
    held: bytes
    entries: str


class Known(NamedTuple):
    """What is known of inputs: of each the hash of the contents, what is beside, its key, and the object of git that holds it.

    All in the order of their names.
    """

    digest: bytes
    contents: Sequence[bytes]
    contexts: Sequence[str]
    keys: Sequence[bytes]
    held: Sequence[bytes]


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
        _pack_held(known.held),
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


def _pack_held(names: Sequence[bytes]) -> bytes:
    return b"".join([name or _UNHELD for name in names])


def _pieces(column: bytes, size: int) -> list[bytes]:
    return [column[start : start + size] for start in range(0, len(column), size)]
