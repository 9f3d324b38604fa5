"""What the project rules say, and which files are as they are on purpose; asked again only when an edit may change it.

An edit that moves lines or changes what a body computes leaves alone the names that files know of each other. Then everything
that the project rules said before still holds, but for positions.

An edit that adds or removes uses of names is compared with what the rules had asked for (`greenlint.source.uses`): they say
the same when the name was used before and still is, or when nobody asked for it. One that adds, changes or removes functions
is compared with what they had left out (`greenlint.rules.dead_code._edits`).
"""

from __future__ import annotations

import hashlib
import os

from greenlint.linter.dispatch import RuleSet, lint_project
from greenlint.linter.doubt import on_purpose
from greenlint.linter.entry import pack_finding, unpack_finding, with_fingerprints
from greenlint.named_tuple import NamedTuple
from greenlint.rules.dead_code._left_out import Imported, LeftOut
from greenlint.rules.registry import OWN, rule_origin
from greenlint.source.coverage import FILE_NAME
from greenlint.source.facts import FileFacts
from greenlint.source.project import IMPORTED, LEFT_OUT, UNUSED, ProjectIndex
from greenlint.source.uses import UsesNow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from greenlint.linter.cache import Cache
    from greenlint.linter.selected import SelectedRule
    from greenlint.model.finding import Finding
    from greenlint.source.discover import SourceFile

_READ_WHOLE = ("setup.py", "manage.py")
"""Python files that say more of the project than their facts do."""
_SLOTS = 3
"""Answers kept with what they depend on: after a checkout took changes back, an older one may be the one that holds."""
_DAMAGED = (TypeError, ValueError, IndexError, KeyError, AttributeError)
_MOST_CHANGED = 100
"""Changed files that are compared with what they were; for more, asking again takes about as long."""


class Answer(NamedTuple):
    """The findings of project rules, with fingerprints; and the paths of copies of other people's code and of data of tests.

    asked  the packed `Uses` that it depends on; empty for an answer that was used again
    notes  what the rules noted for later edits: a `LeftOut` and an `Imported`, each None where no such rule ran
    """

    findings: tuple[Finding, ...] = ()
    on_purpose: frozenset[str] = frozenset()
    asked: Mapping[str, Any] = {}
    notes: tuple[Any, Any] = (None, None)


class AnswerKeys(NamedTuple):
    """Under which an answer is kept.

    exact  for files of these senses
    slots  for whatever the files say: the last answers that the rules gave, the newest first; they are large, for they hold
           what they depend on
    base   what must be the same for those: the paths of Python files, and the contents of all others
    root   of the project
    """

    exact: bytes
    slots: tuple[bytes, ...]
    base: str
    root: str


def ask(index: ProjectIndex, rules: RuleSet, paths: Sequence[str]) -> Answer:
    """Run the project rules; `paths` of all Python files, those that do not parse included."""
    found = _found(index, rules)
    notes = index.notes.get(LEFT_OUT), index.notes.get(IMPORTED)
    return Answer(found, on_purpose(index, paths), index.uses.pack(), notes)


def _found(index: ProjectIndex, rules: RuleSet) -> tuple[Finding, ...]:
    """What project rules find, with fingerprints."""
    by_path: dict[str, list[Finding]] = {}
    for finding in lint_project(index, rules):
        by_path.setdefault(finding.path, []).append(finding)
    return tuple(
        finding
        for path, found in by_path.items()
        for finding in with_fingerprints(found, _lines(os.path.join(index.root, path)))
    )


def answer_keys(
    stamp: str,
    project_rules: Sequence[SelectedRule],
    root: str,
    files: Sequence[SourceFile],
    senses: Mapping[str, str],
    keys: Mapping[str, bytes],
) -> AnswerKeys | None:
    """What an answer depends on; None where it depends on more than senses: on lines (coverage data) or on a plug-in's rule.

    stamp   of rules, configuration and surroundings
    senses  of the facts of files by path; keys  of the contents of all files, texts included, by path
    """
    foreign = any(rule_origin(selected.code) != OWN for selected in project_rules)
    if foreign or os.path.exists(os.path.join(root, FILE_NAME)):
        return None
    exact = hashlib.sha256(stamp.encode("utf-8", "surrogateescape"))
    slots = tuple([hashlib.sha256(b"slot%d" % number + exact.digest()).digest() for number in range(_SLOTS)])
    python = {
        file.path: sense
        for file in files
        if file.python and (sense := senses.get(file.path)) and not file.path.endswith(_READ_WHOLE)
    }
    others = b"".join([key for path, key in keys.items() if path not in python])
    exact.update("\0".join([*python, *python.values()]).encode("utf-8", "surrogateescape") + others)
    base = hashlib.sha256("\0".join(python).encode("utf-8", "surrogateescape") + others)
    return AnswerKeys(exact.digest(), slots, base.hexdigest(), root)


def recall(
    known_as: AnswerKeys, rules: RuleSet, cache: Cache, facts: Mapping[str, FileFacts], keys: Mapping[str, bytes]
) -> Answer | None:
    """The answer that was given before, where it still holds; None when the rules have to be asked.

    facts  of files that were looked at just now; those of all others are in the cache
    """
    try:
        found = _unpack(cache.report(known_as.exact), keys)
        if found is not None:
            return found
    except _DAMAGED:
        pass  # none is there, or it is damaged
    for slot in known_as.slots:
        try:
            found = _recalled(_Slot._make(cache.report(slot)), known_as, rules, cache, facts, keys)
        except _DAMAGED:
            continue  # as above, or the facts that it depends on are gone
        if found is not None:
            return found
    return None


class _Slot(NamedTuple):
    """An answer of an earlier run with what it depends on, as plain data.

    base, packed  `AnswerKeys.base` and what `_pack` gave
    paths, keys   of the files that have facts, and of their contents, as one text each: there may be thousands
    asked         what `Uses.pack` gave
    left          what `LeftOut.pack` gave; None where no rule noted it
    imported      an `Imported` as a list; None likewise
    """

    base: str
    packed: Any
    paths: str
    keys: str
    asked: dict[str, Any]
    left: Any
    imported: Any


def _recalled(
    slot: _Slot,
    known_as: AnswerKeys,
    rules: RuleSet,
    cache: Cache,
    facts: Mapping[str, FileFacts],
    keys: Mapping[str, bytes],
) -> Answer | None:
    """The answer, where what changed since then is nothing that it depends on but the places of what was found."""
    if slot.base != known_as.base:
        return None
    paths = slot.paths.split("\0")
    contents = bytes.fromhex(slot.keys)
    size = len(contents) // len(paths)
    then = [contents[start : start + size] for start in range(0, len(contents), size)]
    changed = {path: key for path, key in zip(paths, then, strict=True) if keys[path] != key}
    findings, on_purpose, about = slot.packed
    moved = {path for path, key in about.items() if keys[path].hex() != key}
    if len(changed) > _MOST_CHANGED or not moved <= changed.keys():
        return None
    codes = {item[0] for path, item in findings if path in moved}
    by_file = [one for one in rules.project if one.code in codes]
    if len(by_file) < len(codes) or not all(one.rule.by_file for one in by_file):
        return None
    stored = cache.facts([*changed.values(), *(keys[path] for path in changed if path not in facts)])
    before = {path: FileFacts.from_json(stored[key]) for path, key in changed.items()}
    after = {path: facts[path] if path in facts else FileFacts.from_json(stored[keys[path]]) for path in changed}
    stay = tuple(unpack_finding(item, path) for path, item in findings if path not in moved)
    uses = UsesNow(slot.asked, before, after)
    if not moved and all(before[path].defines_the_same(after[path]) for path in changed):
        return Answer(stay, frozenset(on_purpose)) if uses.same_but_for(()) else None
    from greenlint.rules.dead_code._edits import change_nothing

    left = LeftOut.unpack(slot.left) if slot.left else None
    imported = Imported._make(slot.imported) if slot.imported else None
    index = ProjectIndex({**dict.fromkeys(paths, FileFacts()), **after}, root=known_as.root)
    if not change_nothing(left, imported, before, after, uses, index):
        return None
    index.notes[UNUSED] = list(left.again(moved, before, after)) if left is not None else []
    return Answer((*stay, *_found(index, RuleSet(by_file))), frozenset(on_purpose))


def to_remember(
    known_as: AnswerKeys, answer: Answer, paths: Sequence[str], keys: Mapping[str, bytes]
) -> dict[bytes, list[Any]]:
    """What `recall` needs, by key; `paths` of the files that have facts."""
    packed = _pack(answer, keys)
    left, imported = answer.notes
    if not answer.asked:
        return {known_as.exact: packed}
    return {
        known_as.exact: packed,
        known_as.slots[0]: list(
            _Slot(
                known_as.base,
                packed,
                "\0".join(paths),
                b"".join([keys[path] for path in paths]).hex(),
                dict(answer.asked),
                left and left.pack(),
                imported and list(imported),
            )
        ),
    }


def _pack(answer: Answer, keys: Mapping[str, bytes]) -> list[Any]:
    findings = [[finding.path, pack_finding(finding)] for finding in answer.findings]
    about = {one.path: keys[one.path].hex() for one in answer.findings if one.path in keys}
    return [findings, sorted(answer.on_purpose), about]


def _unpack(packed: Any, keys: Mapping[str, bytes]) -> Answer | None:
    """The inverse; None when a file with a finding has changed."""
    findings, purpose, about = packed
    if any(keys[path].hex() != key for path, key in about.items()):
        return None
    return Answer(tuple(unpack_finding(item, path) for path, item in findings), frozenset(purpose))


def _lines(path: str) -> list[bytes]:
    try:
        with open(path, "rb") as file:
            return file.read().splitlines()
    except OSError:
        return []
