"""What the project rules say, and which files are as they are on purpose; asked again only when a file has another sense.

An edit that moves lines or changes what a body computes leaves alone the names that files know of each other. Then everything
that the project rules said before still holds, but for positions; so an answer is used again unless a file that it has a
finding about has changed at all.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any

from greenlint.linter.dispatch import lint_project
from greenlint.linter.doubt import on_purpose
from greenlint.linter.entry import pack_finding, unpack_finding, with_fingerprints
from greenlint.named_tuple import NamedTuple
from greenlint.rules.registry import OWN, rule_origin
from greenlint.source.coverage import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.linter.dispatch import RuleSet
    from greenlint.linter.selected import SelectedRule
    from greenlint.model.finding import Finding
    from greenlint.source.discover import SourceFile
    from greenlint.source.project import ProjectIndex

_READ_WHOLE = ("setup.py", "manage.py")
"""Python files that say more of the project than their facts do."""


class Answer(NamedTuple):
    """The findings of project rules, with fingerprints; and the paths of copies of other people's code and of data of tests."""

    findings: tuple[Finding, ...] = ()
    on_purpose: frozenset[str] = frozenset()


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
    return Answer(tuple(findings), on_purpose(index, paths))


def answer_key(
    stamp: str,
    project_rules: Sequence[SelectedRule],
    root: str,
    files: Sequence[SourceFile],
    senses: Mapping[str, str],
    keys: Mapping[str, bytes],
) -> bytes:
    """What an answer depends on; empty where it depends on more than senses: on lines (coverage data) or on a plug-in's rule.

    stamp   of rules, configuration and surroundings
    senses  of the facts of files by path; keys  of the contents of all files, texts included, by path
    """
    foreign = any(rule_origin(selected.code) != OWN for selected in project_rules)
    if foreign or os.path.exists(os.path.join(root, FILE_NAME)):
        return b""
    digest = hashlib.sha256(stamp.encode("utf-8", "surrogateescape"))
    python = set()
    for file in files:
        sense = senses.get(file.path, "")
        if file.python and sense and not file.path.endswith(_READ_WHOLE):
            python.add(file.path)
            digest.update(f"{file.path}\0{sense}\0".encode("utf-8", "surrogateescape"))
    for path, key in keys.items():
        if path not in python:
            digest.update(key)
    return digest.digest()


def pack_answer(answer: Answer, keys: Mapping[str, bytes]) -> list[Any]:
    """Plain data, with the keys of the files that findings are about."""
    findings = [[finding.path, pack_finding(finding)] for finding in answer.findings]
    return [
        findings,
        sorted(answer.on_purpose),
        {one.path: keys[one.path].hex() for one in answer.findings if one.path in keys},
    ]


def unpack_answer(packed: Any, keys: Mapping[str, bytes]) -> Answer | None:
    """The inverse; None when a file with a finding has changed, or the data is damaged."""
    try:
        findings, purpose, known = packed
        if any(keys[path].hex() != key for path, key in known.items()):
            return None
        return Answer(tuple(unpack_finding(item, path) for path, item in findings), frozenset(purpose))
    except (TypeError, ValueError, IndexError, KeyError, AttributeError):
        return None


def _lines(path: str) -> list[bytes]:
    try:
        with open(path, "rb") as file:
            return file.read().splitlines()
    except OSError:
        return []
