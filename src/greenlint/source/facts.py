"""What one file tells the rest of the project: its definitions and the names it uses; small, and plain data in the cache.

Uses are charged to the definition whose body holds them, so that a function that only itself or only dead code calls can be
told from one in use. Only names that this file defines need that care: all others are simply used.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from itertools import accumulate
from sys import intern

from greenlint.named_tuple import NamedTuple
from greenlint.source.definitions import Class, Definition, Outline
from greenlint.source.places import is_test
from greenlint.source.words import BLANKED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from greenlint.source.module import Module

MAX_STRING = 2000
"""Longest string constant whose words count as uses, characters; longer ones are data."""

COMPUTED_IMPORT = "import_module()"

_PART = re.compile(r"[^\W\d]\w*")
_EXAMPLE = re.compile(r"^\s*(?:>>>|\.\.\.) (.*)$", re.MULTILINE)
_LONGEST_PATH = 120
_WORD = re.compile(r"[^\W\d]\w+")
_BLANKED = {byte: " " for byte in range(128) if BLANKED[byte] == ord(" ")}
_DOTTED_END = re.compile(r"\.([^\W\d]\w*)(?![\w.])")
_DOTTED_OPEN = re.compile(r"(?<![\w ])(?:\w+\.)*([^\W\d]\w*\.)(?=\0|\Z)")
_STEM = re.compile(r"(?<!\w)(?:[^\W_]\w*_|_[^\W_]\w*)(?!\w)")
_CAMEL = re.compile(r"(?:[A-Z][a-z]+){1,}[A-Za-z0-9]*")
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdr]|\{[^{}]*\}")
_NAMESPACES = frozenset({"globals", "locals", "eval", "exec"})
_LISTINGS = ("vars", "dir", "getmembers")
_LOOKUPS = ("getattr", "hasattr", "getattr_static", "attrgetter", "methodcaller")


class FileFacts(NamedTuple):
    """The facts of one file; names are each there once, in no order: a tuple takes a fifth of the memory of a set.

    definitions  every `def` that only its name leads to, in source order
    classes      every class
    names        functions of this file that code outside any function uses by their bare name
    references   names that reach any file: attributes, from-imports, and words of string constants
    stems        parts of names that the file completes at run time: `getattr(x, "visit_" + kind)` -> "visit_"; with a dot in
                 front where it asks `self` alone: ".visit_"
    explored     last names of what it may take names from unseen: `vars(hooks)`, `from hooks import *`, "package.hooks"; and
                 "Base.__subclasses__" where it lists the subclasses of one, "hooks." for a string "a.hooks." to be completed,
                 COMPUTED_IMPORT where it imports modules by names that it computes
    reflective   the file looks through its own namespace (`globals()`, `eval`): its names may be used unseen
    imports      what it imports, dotted, with the imported name at the end ("os.path.join", ".models.User")
    requests     names of parameters that pytest may fill with fixtures: those of functions in files about tests
    words        those words of its strings that may be names of modules: parts of dotted names, file names, single words
    program      it is run by its path: it asks for `__main__` or starts with "#!"
    """

    definitions: tuple[Definition, ...] = ()
    classes: tuple[Class, ...] = ()
    names: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    explored: frozenset[str] = frozenset()
    reflective: bool = False
    imports: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    program: bool = False

    def to_json(self) -> list[Any]:
        """Plain lists, strings and integers."""
        return [
            [list(item) for item in self.definitions],
            [list(item) for item in self.classes],
            self.names,
            self.references,
            self.stems,
            sorted(self.explored),
            int(self.reflective),
            self.imports,
            self.requests,
            self.words,
            int(self.program),
        ]

    def structure(self) -> list[Any]:
        """All but positions and what `Uses` counts."""
        definitions = [
            [d.name, d.qualified, d.kind, d.trivial, d.first < d.line, d.block, d.siblings, d.names, d.mentions]
            for d in self.definitions
        ]
        classes = [[item.qualified, item.bases] for item in self.classes]
        return [definitions, classes, sorted(self.names), self.frame()]

    def defines_the_same(self, other: FileFacts) -> bool:
        """Whether two versions of a file differ in positions and in uses of names alone, imports aside."""
        return self.structure() == other.structure() and set(self.imports) == set(other.imports)

    def frame(self) -> list[Any]:
        """What is left of the structure without functions and classes: what names may be made up, and what the file is."""
        return [
            sorted(self.stems),
            sorted(self.explored),
            self.reflective,
            self.program,
            bool(self.definitions or self.classes),
            bool(self.names),
            self.lists_its_folder,
        ]

    @property
    def lists_its_folder(self) -> bool:
        """Whether it looks for the modules of a package: `pkgutil.iter_modules(__path__)`."""
        return not {"iter_modules", "walk_packages"}.isdisjoint(self.references)

    def sense(self) -> str:
        """A digest of all but positions: two versions of a file that agree in it are the same to every other file."""
        import hashlib
        import json

        counted = [sorted(names) for names in (self.references, self.imports, self.requests, self.words)]
        return hashlib.sha256(json.dumps([*self.structure(), *counted]).encode("ascii")).hexdigest()[:32]

    @classmethod
    def from_json(cls, packed: list[Any]) -> FileFacts:
        """The inverse of `to_json`. Raises TypeError or ValueError for anything else."""
        definitions, classes, names, references, stems, explored, reflective, imports, requests, words, program = packed
        return cls(
            tuple(Definition._make([*item[:-2], tuple(item[-2]), tuple(item[-1])]) for item in definitions),
            tuple(Class(name, tuple(bases), line) for name, bases, line in classes),
            tuple(names),
            tuple(references),
            tuple(stems),
            frozenset(explored),
            bool(reflective),
            tuple(imports),
            tuple(requests),
            tuple(words),
            bool(program),
        )


def extract_facts(module: Module) -> FileFacts:
    """The facts of a parsed file; costs a small part of parsing it."""
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    outline = Outline(module)
    defined = outline.names
    alone = {node.value for node in by_class.get(ast.Expr, ())}  # docstrings, and other strings that do nothing
    constants = [node for node in by_class.get(ast.Constant, ()) if node.value.__class__ is str]
    strings = [node for node in constants if len(node.value) < MAX_STRING and node not in alone]
    values = [node.value for node in strings]
    if b">>>" in module.data:
        examples = [node for node in constants if node in alone and ">>>" in node.value]
        strings += examples
        values += ["\n".join(_EXAMPLE.findall(node.value)) for node in examples]
    text = "\0".join(values)
    names, attributes = module.index.names, module.index.attributes
    words = _words(text)
    imported = _imported(module, outline, words)
    references = words.union(attributes)
    references -= defined
    references |= imported
    if defined:
        for name in defined & names.keys():
            for node in names[name]:
                outline.use(name, node.lineno)
        for name in defined & attributes.keys():
            for attribute in attributes[name]:
                outline.mention(name, attribute.end_lineno or attribute.lineno)
        if not words.isdisjoint(defined):
            ends = list(accumulate([len(value) + 1 for value in values]))
            for word, position in _occurrences(words & defined, text):
                outline.mention(word, strings[bisect_right(ends, position)].lineno)
    requests = _requests(module, outline)
    lookups = _computed_lookups(module)
    open_ends = "\0".join([value for value in values if value[-1:] == "."])
    explored = _explored(lookups, module).union(_DOTTED_END.findall(text), _DOTTED_OPEN.findall(open_ends))
    if not all(call.args and isinstance(call.args[0], ast.Constant) for call in module.index.calls.get("import_module", ())):
        explored.add(COMPUTED_IMPORT)
    if "__subclasses__" in attributes:
        explored.update(_listed(module))
    if "*" in imported:
        references |= names.keys()
        explored |= {(node.module or "").rpartition(".")[2] for node in by_class[ast.ImportFrom] if node.names[0].name == "*"}
    return FileFacts(
        outline.definitions(),
        outline.classes,
        tuple(outline.module_names),
        _shared(references.union(outline.module_mentions)),
        tuple({*(_stems(lookups, values, words) if lookups else ()), *_camel_stems(by_class)}),
        frozenset(explored),
        "" in explored or not _NAMESPACES.isdisjoint(module.index.calls),
        _shared(set(_imports(by_class))),
        tuple(requests),
        _shared(_module_words(values)),
        module.data.startswith(b"#!") or "__main__" in values,
    )


def _shared(names: Iterable[str]) -> tuple[str, ...]:
    """Interned, so that the facts of a project hold each name once: most names stand in many files."""
    return tuple(map(intern, names))


def _imported(module: Module, outline: Outline, words: set[str]) -> set[str]:
    """What from-imports take from other files; an import that nothing reads keeps nothing, unless the file may hand it on."""
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    imports = [alias for node in by_class.get(ast.ImportFrom, ()) for alias in node.names]
    if not outline.names or module.path.endswith(("__init__.py", "conftest.py")):
        return {alias.name for alias in imports}
    read = module.index.names
    return {
        alias.name
        for alias in imports
        if alias.name in ("*", alias.asname) or (alias.asname or alias.name) in read or alias.name in words
    }


def _imports(by_class: dict[type[ast.AST], list[Any]]) -> Iterator[str]:
    for node in by_class.get(ast.Import, ()):
        for alias in node.names:
            yield alias.name
    for node in by_class.get(ast.ImportFrom, ()):
        prefix = "." * node.level + (node.module or "")
        separator = "" if prefix.endswith(".") else "."
        for alias in node.names:
            yield prefix if alias.name == "*" else f"{prefix}{separator}{alias.name}"


def _module_words(values: Iterable[str]) -> set[str]:
    """The words of strings without spaces that no sentence holds: "a.b", "scripts/run.py", "plugin-name"."""
    return set(_PART.findall("\0".join([value for value in values if len(value) < _LONGEST_PATH and " " not in value])))


def _requests(module: Module, outline: Outline) -> set[str]:
    """Parameters that may name fixtures; those that this file defines are charged to the body that asks for them."""
    if not ("pytest" in module.packages or is_test(module.path)):
        return set()
    requests: set[str] = set()
    for argument in module.index.by_class.get(ast.arg, ()):
        name: str = argument.arg  # type: ignore[attr-defined]
        if name in outline.names:
            outline.mention(name, argument.lineno)  # type: ignore[attr-defined]
        else:
            requests.add(name)
    return requests


def _words(text: str) -> set[str]:
    """All words, among them all that may be names; the translation of ASCII is four times as fast as a pattern."""
    return set(text.translate(_BLANKED).split() if text.isascii() else _WORD.findall(text))


def _occurrences(words: Iterable[str], text: str) -> Iterator[tuple[str, int]]:
    """Each of `words` with its places in `text`, also inside longer words: too many uses do no harm."""
    for word in words:
        position = text.find(word)
        while position >= 0:
            yield word, position
            position = text.find(word, position + len(word))


def _computed_lookups(module: Module) -> list[ast.expr]:
    """The calls and the `.__dict__` that reach attributes whose names are not written out."""
    calls = module.index.calls
    found: list[ast.expr] = [call for name in _LISTINGS for call in calls.get(name, ())]
    for name in _LOOKUPS:
        for call in calls.get(name, ()):
            wanted = call.args[-1:] if name in ("attrgetter", "methodcaller") else call.args[1:2]
            if not all(isinstance(argument, ast.Constant) for argument in wanted):
                found.append(call)
    found += module.index.attributes.get("__dict__", ())
    return found


def _explored(lookups: list[ast.expr], module: Module) -> set[str]:
    """The last names of the objects looked into; "" for the module's own namespace (`dir()`, `sys.modules[...]`)."""
    found: set[str] = set()
    for node in lookups:
        target: ast.expr | None = node
        if isinstance(node, ast.Call):
            target = node.args[0] if node.args else None
        elif isinstance(node, ast.Attribute):
            target = node.value
        if target is None or isinstance(target, ast.Subscript):
            found.add("")
        elif isinstance(target, ast.Name):
            found.add(module.imports.get(target.id, target.id).rpartition(".")[2])
        elif isinstance(target, ast.Attribute):
            found.add(target.attr)
    return found


def _camel_stems(by_class: dict[type[ast.AST], list[Any]]) -> Iterator[str]:
    """Parts of names of classes that an f-string completes: `f"{kind}Collector"` -> "Collector"."""
    for node in by_class.get(ast.JoinedStr, ()):
        values = node.values
        for place, part in enumerate(values):
            text = part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""
            if text.islower():
                continue  # the usual one: no name of a class is in it
            pieces = _WORD.findall(text)
            if not pieces:
                continue
            if place + 1 < len(values) and text.endswith(pieces[-1]) and _CAMEL.fullmatch(pieces[-1]):
                yield pieces[-1]
            if place and text.startswith(pieces[0]) and _CAMEL.fullmatch(pieces[0]):
                yield pieces[0]


def _listed(module: Module) -> Iterator[str]:
    """For each `X.__subclasses__`: "X.__subclasses__", with the class around it for `cls` and "?" for what has no name."""
    for node in module.index.attributes["__subclasses__"]:
        value = node.value
        name = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "?")
        if name in ("cls", "self", "__class__"):
            around = [holder.name for holder in module.ancestors(node) if isinstance(holder, ast.ClassDef)]
            name = around[0] if around else "?"
        yield f"{name}.__subclasses__"


def _stems(lookups: list[ast.expr], strings: Iterable[str], words: set[str]) -> set[str]:
    templates = "\0".join([string for string in strings if "%" in string or "{" in string])
    stems = set(_STEM.findall(_PLACEHOLDER.sub(" ", templates)))
    stems.update([word for word in words if word[0] == "_" or word[-1] == "_"])
    for lookup in lookups:
        for node in ast.walk(lookup):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                stems.update(_WORD.findall(_PLACEHOLDER.sub(" ", node.value)))
    if all(_is_about_itself(lookup) for lookup in lookups):
        return {f".{stem}" for stem in stems}
    return stems


def _is_about_itself(lookup: ast.expr) -> bool:
    """Whether a look-up asks the object, or the class, whose method it stands in."""
    target = lookup.args[0] if isinstance(lookup, ast.Call) and lookup.args else None
    return isinstance(target, ast.Name) and target.id in ("self", "cls")
