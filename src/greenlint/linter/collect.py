"""Gets the entry of every file: from the cache where its content is known, else by looking at it."""

from __future__ import annotations

import os
from functools import cached_property

from greenlint.linter.digest import content_hash, entry_key, report_key
from greenlint.linter.entry import TRANSIENT, FileEntry
from greenlint.linter.pool import look_at_all
from greenlint.linter.states import by_three
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from greenlint.linter.beside import Contexts
    from greenlint.linter.cache import Cache
    from greenlint.linter.inputs import Before
    from greenlint.linter.snapshot import Seen, Snapshot
    from greenlint.linter.work import Job
    from greenlint.source.discover import SourceFile
    from greenlint.source.facts import FileFacts

_MANY = 100
"""New time stamps from which on reading git's index is quicker than reading the files."""
_FEW_BYTES = 1 << 20
"""What Python's own SHA-256 hashes in the time that OpenSSL takes to load."""


class Keys:
    """What the cache knows the inputs of one run by.

    contents  path -> hash of the contents, and what a rule looks at beside them
    held      path -> name of the object of git that holds the contents; empty where that is not known
    earlier   keys of a run before this one, of inputs that are as they were
    """

    def __init__(self, rules: bytes) -> None:
        self._rules = rules
        self.contents: dict[str, tuple[bytes, str]] = {}
        self.held: dict[str, bytes] = {}
        self.earlier: dict[str, bytes] = {}

    @cached_property
    def by_path(self) -> dict[str, bytes]:
        """The key of the entry of each file."""
        rules, earlier = self._rules, self.earlier
        return {
            path: earlier[path] if path in earlier else entry_key(rules, path, content, context)
            for path, (content, context) in self.contents.items()
        }

    @cached_property
    def digest(self) -> bytes:
        """A hash of the paths and contents of all inputs."""
        parts = [os.fsencode("\0".join(self.contents)), b"".join([content for content, _ in self.contents.values()])]
        if any(context for _, context in self.contents.values()):
            parts.append("\0".join([context for _, context in self.contents.values()]).encode())
        return report_key(self._rules, f"inputs {[len(part) for part in parts]}", parts)


def cache_keys(
    files: Sequence[SourceFile], rules: bytes, contexts: Contexts, before: Before | None, last: Snapshot | None
) -> Keys:
    """What every readable input is known by; contents are read only where size or a time stamp changed since the `last` run."""
    keys = Keys(rules)
    inputs = {file.path: file for file in files}  # a text may be an asset as well
    if before is not None and before.same_surroundings:
        _keys_after(inputs, before, contexts.root, keys)
        return keys
    known = last.known() if last is not None else {}
    states = dict(zip(last.names.inputs, by_three(last.states))) if last is not None else {}
    contents = {path: known[path].content for path, file in inputs.items() if states.get(path) == file.state}
    keys.held = {path: known[path].held for path in contents}
    changed = [file for path, file in inputs.items() if path not in contents]
    named: dict[str, bytes] = {}
    if len(changed) > _MANY:
        from greenlint.source import git_index

        named = git_index.objects(contexts.root, [(file.path, file.state) for file in changed])
    contents |= _look_into(changed, known, named, keys.held)
    keys.contents = {path: (contents[path], contexts.of(file)) for path, file in inputs.items() if path in contents}
    return keys


def _keys_after(files: Mapping[str, SourceFile], before: Before, root: str, keys: Keys) -> None:
    """Fill in what is known after a run over the same names with the same beside them.

    In a fresh checkout all time stamps are new, but git has just written the files and knows what is in them.
    """
    snapshot, places = before.snapshot, before.changed_inputs
    inputs, held = snapshot.names.inputs, snapshot.held
    keys.contents = dict(zip(inputs, zip(snapshot.contents, snapshot.contexts)))
    keys.earlier = dict(zip(inputs, snapshot.keys))
    keys.held = dict(zip(inputs, held))
    named: dict[str, bytes] = {}
    if len(places) > _MANY:
        from greenlint.source import git_index

        states, sizes = by_three(before.states), snapshot.states[0::3]
        named = git_index.objects(root, [(inputs[place], states[place]) for place in places])
        places = [place for place in places if held[place] != named.get(inputs[place]) or sizes[place] != states[place][0]]
    known = snapshot.known(places)
    contents = _look_into([files[path] for path in known], known, named, keys.held)
    for path, seen in known.items():
        if path not in contents:
            del keys.contents[path], keys.earlier[path]
        elif contents[path] != seen.content:
            keys.contents[path] = contents[path], keys.contents[path][1]
            del keys.earlier[path]


def _look_into(
    files: Sequence[SourceFile], known: Mapping[str, Seen], named: Mapping[str, bytes], held: dict[str, bytes]
) -> dict[str, bytes]:
    """The hash of the contents of each readable file by path; `held` is told which object of git holds it, if any."""
    contents: dict[str, bytes] = {}
    unread = []
    for file in files:
        path, size = file.path, file.size
        seen = known.get(path)
        if seen is not None and seen.held and seen.held == named.get(path) and seen.size == size:
            contents[path] = seen.content
        else:
            unread.append(file)
    few = sum([file.size for file in unread]) < _FEW_BYTES
    for file in unread:
        path = file.path
        try:
            content = content_hash(file.absolute, few=few)
        except OSError:
            continue  # looking at the file will say what is wrong with it
        contents[path] = content
        seen = known.get(path)
        held[path] = named.get(path) or (seen.held if seen is not None and seen.content == content else b"")
    return contents


class Collected(NamedTuple):
    """Entries by path, the facts of those looked at just now, and the packed entries that the cache did not have.

    Facts that are known stay in the cache until `all_facts` asks for them.
    """

    entries: dict[str, FileEntry]
    facts: dict[str, FileFacts]
    fresh: dict[bytes, list[Any]]

    def all_facts(self, cache: Cache | None, keys: Keys | None) -> dict[str, FileFacts] | None:
        """The facts of all files by path; None when the cache has lost some of them."""
        rest = [path for path, entry in self.entries.items() if entry.sense and path not in self.facts]
        if not rest or cache is None or keys is None:
            return self.facts
        from greenlint.source.facts import FileFacts

        known = cache.facts([keys.by_path[path] for path in rest])
        try:
            return self.facts | {path: FileFacts.from_json(known[keys.by_path[path]]) for path in rest}
        except (TypeError, ValueError, KeyError):
            return None


def collect(
    job: Job,
    files: Sequence[SourceFile],
    jobs: int,
    cache: Cache | None,
    keys: Keys | None,
    meanwhile: Callable[[], object],
    entries: dict[str, FileEntry] | None = None,
) -> Collected:
    """Look at all files but those whose `entries` are known; `meanwhile` may be called while workers look."""
    from greenlint.source.facts import FileFacts

    entries = {} if entries is None else entries
    if entries:
        files = [file for file in files if file.path not in entries]
    facts: dict[str, FileFacts] = {}
    missing: list[SourceFile] = []
    if cache is not None and keys is not None:
        known = cache.entries([keys.by_path[file.path] for file in files if file.path in keys.by_path])
        for file in files:
            packed = known.get(keys.by_path.get(file.path, b""))
            entry = _unpack([*packed, None], file.path) if isinstance(packed, list) else None
            if entry is None:
                missing.append(file)
            else:
                entries[file.path] = entry
    else:
        missing = list(files)
    fresh: dict[bytes, list[Any]] = {}
    for file, entry in look_at_all(job, missing, jobs, meanwhile):
        if entry.facts is not None:
            facts[file.path] = FileFacts.from_json(entry.facts)
        key = keys.by_path.get(file.path) if keys else None
        if key is not None and not entry.error.startswith(TRANSIENT):
            fresh[key] = entry.pack()
        entries[file.path] = entry._replace(facts=None)  # as sets they are in `facts`: not twice
    return Collected(entries, facts, fresh)


def _unpack(packed: list[Any], path: str) -> FileEntry | None:
    try:
        return FileEntry.unpack(packed, path)
    except (TypeError, ValueError, IndexError, KeyError):
        return None  # an entry of another shape (a damaged cache): look again
