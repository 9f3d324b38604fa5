"""What one file tells the rest of the project: its definitions and the names it uses; small, and plain data in the cache.

Uses are charged to the definition whose body holds them, so that a function that only itself or only dead code calls can be
told from one in use. Only names that this file defines need that care: all others are simply used.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from greenlint.source.definitions import Class, Definition, Outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from greenlint.source.module import Module

MAX_STRING = 2000
"""Longest string constant whose words count as uses, characters; longer ones are data."""

_WORD = re.compile(r"[^\W\d]\w+")
_STEM = re.compile(r"(?<!\w)(?:[^\W_]\w*_|_[^\W_]\w*)(?!\w)")
_REFLECTION = frozenset({"globals", "locals", "vars", "dir", "eval", "exec", "getmembers", "__import__", "import_module"})
_LOOKUPS = ("getattr", "hasattr", "attrgetter", "methodcaller", "getattr_static")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The facts of one file.

    definitions  every `def` that only its name leads to, in source order
    classes      every class
    names        functions of this file that code outside any function uses by their bare name
    references   names that reach any file: attributes, from-imports, and words of string constants
    stems        parts of names that the file completes at run time: `getattr(self, "visit_" + kind)` -> "visit_"
    reflective   the file looks through namespaces (`globals()`, `vars(module)`, `eval`): names may be used unseen
    lines        physical lines
    """

    definitions: tuple[Definition, ...] = ()
    classes: tuple[Class, ...] = ()
    names: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    reflective: bool = False
    lines: int = 0

    def to_json(self) -> list[Any]:
        """Plain lists, strings and integers, in a fixed order."""
        return [
            [list(item) for item in self.definitions],
            [list(item) for item in self.classes],
            sorted(self.names),
            sorted(self.references),
            sorted(self.stems),
            int(self.reflective),
            self.lines,
        ]

    @classmethod
    def from_json(cls, packed: list[Any]) -> FileFacts:
        """The inverse of `to_json`. Raises TypeError or ValueError for anything else."""
        definitions, classes, names, references, stems, reflective, lines = packed
        return cls(
            tuple(Definition(*item[:-2], tuple(item[-2]), tuple(item[-1])) for item in definitions),
            tuple(Class(name, tuple(bases), line) for name, bases, line in classes),
            frozenset(names),
            frozenset(references),
            frozenset(stems),
            bool(reflective),
            int(lines),
        )


def extract_facts(module: Module) -> FileFacts:
    """The facts of a parsed file; costs a small part of parsing it."""
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class  # type: ignore[assignment]
    outline = Outline(module)
    defined = outline.names
    strings = [
        node
        for node in by_class.get(ast.Constant, ())
        if node.value.__class__ is str and len(node.value) < MAX_STRING and node not in outline.docstrings
    ]
    text = "\0".join([node.value for node in strings])
    attributes = {node.attr for node in by_class.get(ast.Attribute, ())}
    words = set(_WORD.findall(text))
    imported = {alias.name for node in by_class.get(ast.ImportFrom, ()) for alias in node.names}
    references = (attributes | words) - defined | imported
    if defined:
        for node in [node for node in by_class.get(ast.Name, ()) if node.id in defined]:
            outline.use(node.id, node.lineno)
        if not attributes.isdisjoint(defined):
            for node in [node for node in by_class[ast.Attribute] if node.attr in defined]:
                outline.mention(node.attr, node.end_lineno)
        if not words.isdisjoint(defined):
            ends = list(accumulate([len(node.value) + 1 for node in strings]))
            for word, position in _occurrences(words & defined, text):
                outline.mention(word, strings[bisect_right(ends, position)].lineno)
    if "*" in imported:
        references |= {node.id for node in by_class.get(ast.Name, ())}
    lookups = [call for name in _LOOKUPS for call in module.index.calls.get(name, ()) if _computed(call)]
    reflective = not _REFLECTION.isdisjoint(module.index.calls) or "__dict__" in attributes
    return FileFacts(
        outline.definitions(),
        outline.classes,
        frozenset(outline.module_names),
        frozenset(references | outline.module_mentions),
        frozenset(_stems(lookups, text)) if lookups or reflective else frozenset(),
        reflective,
        module.data.count(b"\n") + (not module.data.endswith(b"\n")),
    )


def _occurrences(words: Iterable[str], text: str) -> Iterator[tuple[str, int]]:
    """Each of `words` with its places in `text`, also inside longer words: too many uses do no harm."""
    for word in words:
        position = text.find(word)
        while position >= 0:
            yield word, position
            position = text.find(word, position + len(word))


def _computed(call: ast.Call) -> bool:
    """True when the attribute that `call` asks for is not written out in it."""
    wanted = call.args[1:] if len(call.args) > 1 else call.args
    return any(not isinstance(argument, ast.Constant) for argument in wanted[:1])


def _stems(lookups: list[ast.Call], text: str) -> set[str]:
    stems = set(_STEM.findall(text))
    for call in lookups:
        for node in ast.walk(call):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                stems.update(_WORD.findall(node.value))
    return stems
