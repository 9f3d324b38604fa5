"""What the project rules say, and which files are as they are on purpose; asked again only when an edit may change it.

An edit that moves lines or changes what a body computes leaves alone the names that files know of each other. Then everything
that the project rules said before still holds, but for positions; so an answer is used again unless a file that it has a
finding about has changed at all.

An edit that adds or removes uses of names is compared with what the rules had asked for (`greenlint.source.uses`): they say
the same when the name was used before and still is, or when nobody asked for it.
"""

from __future__ import annotations

import hashlib
import os

from greenlint.linter.dispatch import lint_project
from greenlint.linter.doubt import on_purpose
from greenlint.linter.entry import pack_finding, unpack_finding, with_fingerprints
from greenlint.named_tuple import NamedTuple
from greenlint.rules.registry import OWN, rule_origin
from greenlint.source.coverage import FILE_NAME
from greenlint.source.facts import FileFacts
from greenlint.source.module_graph import reached_by
from greenlint.source.uses import same_uses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from greenlint.linter.cache import Cache
    from greenlint.linter.dispatch import RuleSet
    from greenlint.linter.selected import SelectedRule
    from greenlint.model.finding import Finding
    from greenlint.source.discover import SourceFile
    from greenlint.source.project import ProjectIndex

_READ_WHOLE = ("setup.py", "manage.py")
"""Python files that say more of the project than their facts do."""
_SLOTS = 3
"""Answers kept with what they depend on: after a checkout took changes back, an older one may be the one that holds."""
_MOST_CHANGED = 100
"""Changed files that are compared with what they were; for more, asking again takes about as long."""


class Answer(NamedTuple):
    """The findings of project rules, with fingerprints; and the paths of copies of other people's code and of data of tests.

    asked  the packed `Uses` that it depends on; empty for an answer that was used again
    """

    findings: tuple[Finding, ...] = ()
    on_purpose: frozenset[str] = frozenset()
    asked: Mapping[str, Any] = {}


class AnswerKeys(NamedTuple):
    """Under which an answer is kept.

    exact  for files of these senses
    slots  for whatever the files say: the last answers that the rules gave, the newest first; they are large, for they hold
           what they depend on
    base   what must be the same for those: the paths of Python files, and the contents of all others
    """

    exact: bytes
    slots: tuple[bytes, ...]
    base: str


def ask(index: ProjectIndex, rules: RuleSet, paths: Sequence[str]) -> Answer:
    """Run the project rules; `paths` of all Python files, those that do not parse included."""
    by_path: dict[str, list[Finding]] = {}
    for finding in lint_project(index, rules):
        by_path.setdefault(finding.path, []).append(finding)
    findings = [
        finding
        for path, found in by_path.items()
        for finding in with_fingerprints(found, _lines(os.path.join(index.root, path)))
    ]
    return Answer(tuple(findings), on_purpose(index, paths), index.uses.pack())


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
    base = hashlib.sha256()
    python = set()
    for file in files:
        sense = senses.get(file.path, "")
        if file.python and sense and not file.path.endswith(_READ_WHOLE):
            python.add(file.path)
            exact.update(f"{file.path}\0{sense}\0".encode("utf-8", "surrogateescape"))
            base.update(f"{file.path}\0".encode("utf-8", "surrogateescape"))
    for path, key in keys.items():
        if path not in python:
            exact.update(key)
            base.update(key)
    return AnswerKeys(exact.digest(), slots, base.hexdigest())


def recall(known_as: AnswerKeys, cache: Cache, facts: Mapping[str, FileFacts], keys: Mapping[str, bytes]) -> Answer | None:
    """The answer that was given before, where it still holds; None when the rules have to be asked.

    facts  of files that were looked at just now; those of all others are in the cache
    """
    exact = cache.report(known_as.exact)
    try:
        if exact is not None:
            return _unpack(exact, keys)
    except (TypeError, ValueError, IndexError, KeyError, AttributeError):
        return None  # a damaged cache
    for slot in known_as.slots:
        try:
            found = _recalled(cache.report(slot), known_as.base, cache, facts, keys)
        except (TypeError, ValueError, IndexError, KeyError, AttributeError):
            continue  # none is there, it is damaged, or the facts that it depends on are gone
        if found is not None:
            return found
    return None


def _recalled(
    remembered: Any, base: str, cache: Cache, facts: Mapping[str, FileFacts], keys: Mapping[str, bytes]
) -> Answer | None:
    """An answer of an earlier run, where what changed since then is nothing that the rules had asked for."""
    then, packed, was, asked = remembered
    if then != base:
        return None
    changed = {path: bytes.fromhex(key) for path, key in was.items() if keys[path].hex() != key}
    if len(changed) > _MOST_CHANGED:
        return None
    stored = cache.facts([*changed.values(), *(keys[path] for path in changed if path not in facts)])
    before = {path: FileFacts.from_json(stored[key]) for path, key in changed.items()}
    after = {path: facts[path] if path in facts else FileFacts.from_json(stored[keys[path]]) for path in changed}
    if not all(_same_but_for_uses(path, before[path], after[path], was) for path in changed):
        return None
    return _unpack(packed, keys) if same_uses(asked, before, after) else None


def _same_but_for_uses(path: str, before: FileFacts, after: FileFacts, paths: Iterable[str]) -> bool:
    """Whether two versions of a file define the same and import the same files of the project."""
    if before.structure() != after.structure():
        return False
    imports = set(before.imports).symmetric_difference(after.imports)
    return not (imports and reached_by(paths, path, imports))


def to_remember(
    known_as: AnswerKeys, answer: Answer, paths: Iterable[str], keys: Mapping[str, bytes]
) -> dict[bytes, list[Any]]:
    """What `recall` needs, by key; `paths` of the files that have facts."""
    packed = _pack(answer, keys)
    if not answer.asked:
        return {known_as.exact: packed}
    return {
        known_as.exact: packed,
        known_as.slots[0]: [known_as.base, packed, {path: keys[path].hex() for path in paths}, dict(answer.asked)],
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
