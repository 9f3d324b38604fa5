"""What selection and dispatch must know of a rule before it is imported, remembered beside the compiled rules.

Importing a hundred rules takes longer than linting the few files of a commit, and most of them want nodes that those files do
not have. So the heads of greenlint's own rules are kept in a file in `__pycache__`; like compiled code it is made anew when any
source file of the rules has changed, and does without where nothing may be written.
"""

from __future__ import annotations

import marshal
import os
import sys
from functools import lru_cache
from importlib import import_module

from greenlint import __version__
from greenlint.lean import cache_from_source
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from greenlint.rules.base import Rule

_ROOT = os.path.dirname(__file__)
_Listing = list[tuple[str, int, int]]


class RuleHead(NamedTuple):
    """A rule without its code.

    kind      "file", "project" or "asset": which parameters below it has
    nodes     names of the `ast` classes that a file rule wants
    without_effect, with_effect  versions of Python on which its fix was measured to save nothing, or something
    where     module and class
    """

    code: str
    kind: str
    preview: bool
    pedantic: bool
    options: Mapping[str, Any]
    nodes: tuple[str, ...] = ()
    callees: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()
    words: frozenset[bytes] = frozenset()
    attributes: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()
    where: tuple[str, str] = ("", "")
    without_effect: tuple[tuple[int, int], ...] = ()
    with_effect: tuple[tuple[int, int], ...] = ()

    def is_moot(self, supported: Collection[tuple[int, int]]) -> bool:
        """Whether all evidence for the versions of Python that a project supports says that the rule saves nothing."""
        moot = any(version in supported for version in self.without_effect)
        return moot and not any(version in supported for version in self.with_effect)

    def load(self) -> type[Rule]:
        """Import the rule."""
        module, name = self.where
        rule: type[Rule] = getattr(import_module(module), name)
        return rule


def head_of(rule: type[Rule]) -> RuleHead:
    """The head of an imported rule. Raises TypeError when the annotation of its `check` names no nodes."""
    from greenlint.rules.base import AssetRule, FileRule
    from greenlint.rules.evidence import with_effect, without_effect
    from greenlint.rules.nodes import node_kinds

    nodes: tuple[str, ...] = ()
    callees: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()
    words: frozenset[bytes] = frozenset()
    attributes: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()
    kind = "project"
    if issubclass(rule, FileRule):
        kind, callees, packages, words, attributes = "file", rule.callees, rule.packages, rule.words, rule.attributes
        nodes = tuple(node.__name__ for node in node_kinds(rule))
    elif issubclass(rule, AssetRule):
        kind, suffixes = "asset", rule.suffixes
    where = (rule.__module__, rule.__qualname__)
    effects = (without_effect(rule.code), with_effect(rule.code))
    return RuleHead(
        rule.code,
        kind,
        rule.preview,
        rule.pedantic,
        rule.options,
        nodes,
        callees,
        packages,
        words,
        attributes,
        suffixes,
        where,
        *effects,
    )


def own_heads() -> dict[str, RuleHead]:
    """The heads of greenlint's own rules by code, in code order; the rules are imported only when a head is out of date."""
    listing = _listing()
    known = _remembered(listing) if listing else None
    if known is not None:
        return known
    from greenlint.rules.registry import own_rules

    heads = {code: head_of(rule) for code, rule in own_rules().items()}
    if listing:
        _remember(listing, heads)
    return heads


@lru_cache(maxsize=1)
def all_heads() -> dict[str, RuleHead]:
    """The heads of all rules by code, in code order: greenlint's own and those of installed plug-ins."""
    from greenlint.rules.registry import all_rules, has_foreign_rules

    if has_foreign_rules():
        return {code: head_of(rule) for code, rule in all_rules().items()}
    return own_heads()


def _listing() -> _Listing:
    """Path, size and time of change of every source file of the rules and of their evidence; empty when they are not files (a zip archive)."""
    found: _Listing = []
    folders = [_ROOT]
    try:
        for folder in folders:  # grows meanwhile
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.endswith((".py", ".json")):
                        status = entry.stat()
                        found.append((entry.path, status.st_size, status.st_mtime_ns))
                    elif entry.name != "__pycache__" and entry.is_dir():
                        folders.append(entry.path)
    except OSError:
        return []
    return sorted(found)


def _path() -> str:
    """Beside the compiled modules, also where these are kept elsewhere. Raises OSError where Python keeps none."""
    if sys.implementation.cache_tag is None:
        raise FileNotFoundError("this Python keeps no compiled modules")
    return os.path.splitext(cache_from_source(os.path.join(_ROOT, "heads.py"), optimization=""))[0] + ".rules"


def _remembered(listing: _Listing) -> dict[str, RuleHead] | None:
    try:
        with open(_path(), "rb") as file:
            version, files, heads = marshal.loads(file.read())  # a fifth of the time of `load`, which reads piece by piece
        if (version, files) != (__version__, listing):
            return None
        return {head[0]: RuleHead(*head) for head in heads}
    except (OSError, EOFError, ValueError, TypeError):
        return None  # none yet, cut short, or written by another Python


def _remember(listing: _Listing, heads: dict[str, RuleHead]) -> None:
    if sys.dont_write_bytecode:
        return
    try:
        path = _path()
    except OSError:
        return
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(temporary, "wb") as file:
            marshal.dump((__version__, listing, [_plain(head) for head in heads.values()]), file)
        os.replace(temporary, path)
    except (OSError, ValueError):  # a folder that may not be written, or an option that marshal cannot hold
        try:
            os.unlink(temporary)
        except OSError:
            pass  # it was not even made


def _plain(head: RuleHead) -> tuple[Any, ...]:
    return tuple(head._replace(options=dict(head.options)))
