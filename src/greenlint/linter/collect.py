"""Gets the entry of every file: from the cache where its content is known, else by looking at it."""

from __future__ import annotations

import os
from functools import cached_property

from greenlint.linter.digest import content_hash, entry_key, report_key
from greenlint.linter.entry import TRANSIENT, FileEntry
from greenlint.linter.pool import look_at_all
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from greenlint.linter.beside import Contexts
    from greenlint.linter.cache import Cache
    from greenlint.linter.inputs import Before
    from greenlint.linter.snapshot import Snapshot
    from greenlint.linter.work import Job
    from greenlint.source.discover import SourceFile, State
    from greenlint.source.facts import FileFacts

_MANY = 100
"""New time stamps from which on reading git's index is quicker than reading the files."""


class Keys:
    """What the cache knows the inputs of one run by.

    contents  path -> hash of the contents, and what a rule looks at beside them
    objects   of git whose contents had not been hashed: size and hash by name
    earlier   keys of a run before this one, of inputs that are as they were
    """

    def __init__(self, rules: bytes) -> None:
        self._rules = rules
        self.contents: dict[str, tuple[bytes, str]] = {}
        self.objects: dict[str, tuple[int, bytes]] = {}
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
    files: Sequence[SourceFile], cache: Cache, rules: bytes, contexts: Contexts, before: Before | None, last: Snapshot | None
) -> Keys:
    """What every readable input is known by; contents are read only where size or a time stamp changed since the `last` run."""
    keys = Keys(rules)
    if before is not None and before.same_surroundings:
        changed = before.changed_paths
        inputs, told = before.snapshot.names.inputs, before.snapshot.contexts
        keys.contents = dict(zip(inputs, zip(before.snapshot.contents, told)))
        earlier = keys.contents.copy()
        _look_into([file for file in files if file.path in changed], {}, cache, contexts, keys)
        keys.earlier = dict(zip(inputs, before.snapshot.keys))
        for path in changed:
            if keys.contents.get(path) != earlier[path]:
                del keys.earlier[path]
    else:
        known = last.known() if last is not None else ()
        _look_into(files, {path: (state, content) for path, state, content in known}, cache, contexts, keys)
    return keys


def _look_into(
    files: Sequence[SourceFile], known: Mapping[str, tuple[State, bytes]], cache: Cache, contexts: Contexts, keys: Keys
) -> None:
    """Add what files are known by to `keys`; `known` is what was in them when they were in a certain state.

    In a fresh checkout all time stamps are new, but git has just written the files and knows what is in them.
    """
    named: dict[str, str] = {}
    objects: dict[str, tuple[int, bytes]] = {}
    states = [file.state for file in files]
    if sum(file.path not in known or known[file.path][0] != state for file, state in zip(files, states)) > _MANY:
        from greenlint.source import git_index

        named, objects = git_index.objects(contexts.root, files), cache.objects()
    done: set[str] = set()
    for file, state in zip(files, states):
        if file.path in done:
            continue  # a text that is an asset as well
        done.add(file.path)
        stored = known.get(file.path)
        if stored is not None and stored[0] == state:
            content = stored[1]
        else:
            name = named.get(file.path, "")
            size, content = objects.get(name, (-1, b""))
            if size != file.size:
                try:
                    content = content_hash(file.absolute)
                except OSError:
                    keys.contents.pop(file.path, None)
                    continue  # looking at the file will say what is wrong with it
            if name and name not in objects:
                keys.objects[name] = (file.size, content)
        keys.contents[file.path] = content, contexts.of(file)


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
