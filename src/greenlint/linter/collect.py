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
    from collections.abc import Callable, Collection, Sequence
    from typing import Any

    from greenlint.linter.cache import Cache
    from greenlint.linter.work import Job
    from greenlint.source.discover import SourceFile, State
    from greenlint.source.facts import FileFacts

_NEIGHBOURS = (".gz", ".br", ".zst")


_MANY = 100
"""New time stamps from which on reading git's index is quicker than reading the files."""


class Keys:
    """What the cache knows the files of one run by.

    contents    path -> hash of the contents, and what a rule looks at beside them
    new_hashes  hashes that were not known, by path; objects  of git whose hashes were not
    """

    def __init__(self, rules: bytes) -> None:
        self._rules = rules
        self.contents: dict[str, tuple[bytes, str]] = {}
        self.new_hashes: dict[str, tuple[State, bytes]] = {}
        self.objects: dict[str, tuple[int, bytes]] = {}

    @cached_property
    def by_path(self) -> dict[str, bytes]:
        """The key of the entry of each file."""
        rules = self._rules
        return {path: entry_key(rules, path, content, context) for path, (content, context) in self.contents.items()}

    def whole(self, scope: str) -> bytes:
        """The key of the answer of a run over these files with these contents."""
        parts = [
            b"%s\0%s%d\0%s" % (os.fsencode(path), held, len(context), context.encode())
            for path, (held, context) in self.contents.items()
        ]
        return report_key(self._rules, scope, parts)


def cache_keys(files: Sequence[SourceFile], cache: Cache, rules: bytes, contexts: Contexts, root: str) -> Keys:
    """What every readable file is known by; contents are read only where size or a time stamp changed.

    In a fresh checkout all time stamps are new, but git has just written the files and knows what is in them.
    """
    known = cache.hashes()
    keys = Keys(rules)
    named: dict[str, str] = {}
    objects: dict[str, tuple[int, bytes]] = {}
    states = [file.state for file in files]
    if sum(file.path not in known or known[file.path][0] != state for file, state in zip(files, states)) > _MANY:
        from greenlint.source import git_index

        named, objects = git_index.objects(root, files), cache.objects()
    for file, state in zip(files, states):
        if file.path in keys.contents:
            continue  # a text that is an asset as well
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
                    continue  # looking at the file will say what is wrong with it
            if name and name not in objects:
                keys.objects[name] = (file.size, content)
            keys.new_hashes[file.path] = (state, content)
        keys.contents[file.path] = content, contexts.of(file)
    return keys


def seen_key(rules: bytes, scope: str, files: Sequence[SourceFile], contexts: Contexts) -> bytes:
    """Key of the answer of a whole run by sizes and time stamps alone: where they are all as they were, nothing is read."""
    states = [f"{file.path}\0{file.state}\0{contexts.of(file)}\0" for file in files]
    return report_key(rules, f"seen\0{scope}", ["".join(states).encode("utf-8", "surrogateescape")])


class Contexts:
    """What asset rules look at beside the bytes of a file; `assets` holds the suffixes that they look at."""

    def __init__(self, assets: Collection[str], root: str) -> None:
        self._assets = assets
        self._surroundings = _surroundings(root) if assets else ""
        self._compressed: dict[str, frozenset[str]] = {}
        """What `_compressed_in` gave for folders so far: some projects have ten thousand assets."""

    def of(self, file: SourceFile) -> str:
        """Whether git tracks the file, compressed copies beside it, and the surroundings; empty for what is no asset."""
        if file.python or not self._assets or os.path.splitext(file.path)[1].lower() not in self._assets:
            return ""
        folder, name = os.path.split(file.absolute)
        if folder not in self._compressed:
            self._compressed[folder] = _compressed_in(folder)
        copies = self._compressed[folder]
        beside = "".join(suffix for suffix in _NEIGHBOURS if name + suffix in copies) if copies else ""
        return f"{file.tracked}{beside}{self._surroundings}"


def _surroundings(root: str) -> str:
    """What asset rules ask of the whole project: whether it compresses what it delivers, and what git does to files."""
    from greenlint.rules.assets._delivery import compresses

    try:
        with open(os.path.join(root, ".gitattributes"), encoding="utf-8", errors="replace") as file:
            attributes = file.read()
    except OSError:
        attributes = ""
    return f"{compresses(root)}{attributes}"


def _compressed_in(folder: str) -> frozenset[str]:
    """The names of the compressed files of a folder."""
    try:
        with os.scandir(folder) as entries:
            return frozenset([entry.name for entry in entries if entry.name.endswith(_NEIGHBOURS) and entry.is_file()])
    except OSError:
        return frozenset()


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
) -> Collected:
    """Look at all files; `meanwhile` may be called while workers look."""
    from greenlint.source.facts import FileFacts

    entries: dict[str, FileEntry] = {}
    facts: dict[str, FileFacts] = {}
    missing: list[SourceFile] = []
    if cache is not None and keys is not None:
        known = cache.entries(keys.by_path.values())
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
