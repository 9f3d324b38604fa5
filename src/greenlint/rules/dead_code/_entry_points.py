"""What reaches a definition without naming it: frameworks, test runners, tools that load a file, users of a library.

`certainty` turns that into a number: how sure it is that something nobody names is never used. What frameworks reach comes from
the packs of `greenlint.source.frameworks`.
"""

from __future__ import annotations

import re
import sys

from greenlint.source.definitions import LOCAL
from greenlint.source.frameworks import is_known
from greenlint.source.places import VENDOR_FOLDERS
from greenlint.source.project import is_test
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from greenlint.source.definitions import Definition
    from greenlint.source.facts import FileFacts
    from greenlint.source.frameworks import Pack

NEVER = 0
"""Certainty of what is an entry point: it is never reported, and whatever it uses is in use."""

_NESTED = 95
_PRIVATE = 90
_TEST_HELPER = 80
_APPLICATION = 70
_PRIVATE_METHOD = 85
_METHOD = 55
PUBLISHED = 40
"""Certainty of what a packaged project offers to others: nothing here uses it, and who knows who does."""
DOUBTFUL = 35
"""Certainty where something that we cannot see may well reach it: below that of what is merely public."""
_UNKNOWN_BASE = 30
_FOREIGN = 20
_TRIVIAL = 20
"""A method that does nothing is there to be overridden, as a rule, or to satisfy a protocol."""

_SHOWN_FOLDERS = words("""examples example samples sample demos demo docs doc tutorials tutorial notebooks recipes snippets contrib
    cookbook""")
_DATA_FOLDERS = words("""data testdata test_data test-data fixtures fixture resources cases test_cases samples snippets inputs input
    expected golden projects files assets typing pyfiles test_files badsyntax""")
_UNSHIPPED_FOLDERS = words("scripts script tools tool bin benchmarks benchmark bench ci devtools dev utils.d")
_TIMED_FOLDERS = words("benchmarks benchmark bench asv_bench perf")
_PERHAPS_LOADED = words("plugins hooks")
"""Folders of this name are loaded by whoever looks for files; a project that looks for none loads what it imports."""
_FOR_TESTS = re.compile(r"_for_(?:unit_?)?test(?:s|ing)?(?:_|$)")
_SUNDER = re.compile(r"_[^_].*_")


def certainty(path: str, definition: Definition, facts: FileFacts, pack: Pack, *, published: bool, copied: bool) -> int:
    """0-100: how sure it is that `definition` is unused if no name leads to it; NEVER for entry points.

    This sees the file alone; what needs the whole project (stems, namespaces that other files explore, bases of a class)
    is applied by `Reachability`.
    """
    folders, name = path.split("/")[:-1], path.rpartition("/")[2]
    if not name.endswith(".py") or _is_hook(definition, name, pack):
        return NEVER
    if definition.kind == "method" and definition.trivial:
        return _TRIVIAL
    test = is_test(path)
    data = test and (not _DATA_FOLDERS.isdisjoint(folders) or name.startswith("typing_"))
    if data or copied or any(folder.startswith(".") for folder in folders):
        return _FOREIGN
    if definition.kind == "nested":
        decorated = definition.first < definition.line
        return DOUBTFUL if facts.reflective or (test and decorated) else _NESTED  # a test may be about the decorator
    if definition.kind == "local":  # a test may be about what happens when the class is made
        return DOUBTFUL if facts.reflective or test else _NESTED
    private = definition.name.startswith("_")
    if definition.kind == "fixture":
        sure = _PRIVATE if test else DOUBTFUL
    elif definition.kind == "method":
        sure = _method_certainty(definition, pack, test, _is_public_place(folders, name) and published)
    elif definition.kind == "class" and not _TIMED_FOLDERS.isdisjoint(folders):
        sure = NEVER  # asv takes every class
    elif definition.kind == "class" and (definition.trivial or ("." in definition.qualified and not private)):
        sure = DOUBTFUL  # called like a function, as what settings name often is; `class Meta` and its like, looked up by name
    elif private:
        sure = _PRIVATE
    elif test:
        sure = _TEST_HELPER
    elif published and _is_public_place(folders, name):
        sure = PUBLISHED
    else:
        sure = _APPLICATION
    if facts.reflective or len(definition.name) < 2 or definition.name.startswith(tuple(pack.callback_prefixes)):
        sure = min(sure, DOUBTFUL)
    if _FOR_TESTS.search(definition.name) or (test and definition.trivial):
        sure = min(sure, DOUBTFUL)  # for tests kept elsewhere; a docstring that a runner of doctests reads
    if not private and not (_SHOWN_FOLDERS.isdisjoint(folders) and pack.folders.isdisjoint(folders)):
        sure = min(sure, DOUBTFUL)
    return sure


def place_certainty(path: str, pack: Pack, *, published: bool, loaders: bool = True) -> int:
    """0-100: how sure it is that a module is unused if no import leads to it; NEVER for what something else loads.

    `loaders`: something in the project may load the modules of folders that are called after that (`plugins`).
    """
    folders, name = path.split("/")[:-1], path.rpartition("/")[2]
    taken = pack.folders if loaders else pack.folders - _PERHAPS_LOADED
    loaded = name in pack.files or not taken.isdisjoint(folders) or name.startswith(tuple(pack.hook_prefixes))
    if not name.endswith(".py") or loaded or is_test(path):
        return NEVER
    lowered = [folder.lower() for folder in folders]
    if any(not places.isdisjoint(lowered) for places in (_SHOWN_FOLDERS, VENDOR_FOLDERS, _UNSHIPPED_FOLDERS, _DATA_FOLDERS)):
        return NEVER
    if any(folder.startswith((".", "e2e")) for folder in lowered) or not folders or not name[:-3].isidentifier():
        return NEVER  # a file at the top is run by its name, and one with a "-" in it by its path
    return PUBLISHED if published and _is_public_place(folders, name) else _APPLICATION


def _method_certainty(definition: Definition, pack: Pack, test: bool, published: bool) -> int:
    if definition.name.startswith("_"):
        return _PRIVATE_METHOD
    if test or definition.name.startswith(tuple(pack.method_prefixes)):
        return min(DOUBTFUL, PUBLISHED if published else DOUBTFUL)
    return PUBLISHED if published else _METHOD


def _is_hook(definition: Definition, file: str, pack: Pack) -> bool:
    name = definition.name
    if definition.kind in LOCAL:
        return name == "_"
    if definition.kind == "fixture":
        return name in pack.fixtures
    if definition.kind == "method" and name in pack.methods:
        return True
    if name in pack.hooks or name.startswith(tuple(pack.hook_prefixes)) or _SUNDER.fullmatch(name):
        return True
    return file in pack.files and not name.startswith("_")


def _is_public_place(folders: list[str], file: str) -> bool:
    """False where code elsewhere is not meant to import from: private modules, scripts, developers' tools."""
    if any(part.startswith("_") for part in folders) or (file.startswith("_") and not file.startswith("__")):
        return False
    return _UNSHIPPED_FOLDERS.isdisjoint(folders[:1])  # inside a package, `tools` is part of it


def class_name(base: str, own: Container[str], pack: Pack) -> str:
    """The name under which the project knows a base class; "?" for one imported from elsewhere.

    `base` is a bare name or what an import says, `own` are the names of the project's folders and modules.
    """
    top = base.split(".")[0]
    name = base.rpartition(".")[2]
    inert = name in pack.inert_bases and (top in sys.stdlib_module_names or top == "typing_extensions" or is_known(top))
    return name if inert or base == name or not top or top in own else "?"


def open_classes(bases: Mapping[str, tuple[str, ...]], pack: Pack) -> set[str]:
    """Classes of which a base, at any distance, is not known: it may call methods by names we cannot see."""
    derived: dict[str, list[str]] = {}
    for name, above in bases.items():
        for base in above:
            derived.setdefault(base, []).append(name)
    opened: set[str] = set()
    queue = [base for base in derived if base not in bases and base not in pack.inert_bases]
    while queue:
        for name in derived.get(queue.pop(), ()):
            if name not in opened and name not in pack.inert_bases:
                opened.add(name)
                queue.append(name)
    return opened


def lowered_for_unknown_base(sure: int, name: str) -> int:
    """The certainty about a method of a class with an unknown base; mangled names (`__x`) belong to the class alone."""
    return sure if name.startswith("__") else min(sure, _UNKNOWN_BASE)


def lowered_for_doubt(sure: int) -> int:
    """The certainty where names are made at run time near by."""
    return min(sure, DOUBTFUL)
