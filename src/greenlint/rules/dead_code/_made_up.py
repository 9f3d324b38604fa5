"""Names that a program puts together at run time: which definitions may be looked up by one of them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from greenlint.source.definitions import Definition
    from greenlint.source.facts import FileFacts

_LEAST = 3
_LEAST_NEAR = 2
_LEAST_CAMEL = 6
_LEAST_FAMILY = 5
_OF_OBJECTS = "."
"""The mark of stems that a file completes on `self` alone: they name methods."""


class MadeUpNames:
    """The parts of names that a project completes, and the modules and objects whose names it lists."""

    def __init__(self, files: Mapping[str, FileFacts], tests: Collection[str], stems: Iterable[str]) -> None:
        """`stems` are parts of names that texts complete."""
        self._files = files
        every = set(stems).union(*[facts.stems for facts in files.values()])
        plain = {stem for stem in every if not stem.startswith(_OF_OBJECTS)}
        self._functions = _Affixes(plain)
        self._methods = _Affixes({stem.lstrip(_OF_OBJECTS) for stem in every})
        camel = [stem for stem in plain if len(stem) >= _LEAST_CAMEL and stem[0].isupper() and not stem.isupper()]
        self._camel = tuple(stem for stem in camel if stem not in ("Exception", "Warning"))
        self._explored = set[str]().union(*[facts.explored for path, facts in files.items() if path not in tests])

    def may_reach(self, path: str, definition: Definition) -> bool:
        """Whether such a name may lead to a definition that no written name leads to."""
        name, kind = definition.name, definition.kind
        affixes = self._methods if kind == "method" else self._functions
        if affixes.match(name) or self._in_own_file(path, definition):
            return True
        if kind != "method" and not name.startswith("_") and is_below(path, self._explored):
            return True
        if kind == "class":
            return name.startswith(self._camel) or name.endswith(self._camel)
        if kind != "function" or name.startswith("_"):  # who lists the names of a module takes the public ones
            return kind == "function" and self._lists_itself(path)
        return _module_name(path) in self._explored

    def is_of_family(self, path: str, definition: Definition) -> bool:
        """Whether the file of the definition completes such names as its own begins, after a prefix that says something: `visit_`."""
        prefixes = [stem.lstrip(_OF_OBJECTS) for stem in self._files[path].stems if stem.endswith("_")]
        return definition.name.startswith(tuple(prefix for prefix in prefixes if len(prefix) >= _LEAST_FAMILY))

    def _in_own_file(self, path: str, definition: Definition) -> bool:
        """Whether the file of the definition completes such a name itself, or looks through its own objects."""
        facts = self._files[path]
        is_method = definition.kind == "method"
        stems = [stem.lstrip(_OF_OBJECTS) for stem in facts.stems if is_method or not stem.startswith(_OF_OBJECTS)]
        own = tuple(stem for stem in stems if len(stem) >= _LEAST_NEAR)
        if definition.name.startswith(own) or definition.name.endswith(own):
            return True
        return is_method and bool(stems) and not facts.explored.isdisjoint(("self", "cls"))

    def _lists_itself(self, path: str) -> bool:
        return _module_name(path) in self._files[path].explored


class _Affixes:
    """Beginnings that end in "_" and ends that begin with it, long enough to say something."""

    def __init__(self, stems: Iterable[str]) -> None:
        long = [stem for stem in stems if len(stem) >= _LEAST]
        self._prefixes = tuple(stem for stem in long if stem.endswith("_"))
        self._suffixes = tuple(stem for stem in long if stem.startswith("_"))

    def match(self, name: str) -> bool:
        """Whether a name begins or ends like that."""
        return name.startswith(self._prefixes) or name.endswith(self._suffixes)


def is_below(path: str, explored: Collection[str]) -> bool:
    """Whether a file lies in a folder from which the program imports by names that it completes."""
    return any(f"{folder}." in explored for folder in path.split("/")[:-1])


def _module_name(path: str) -> str:
    """The last part of the name under which a file is imported."""
    folder, _, file = path.rpartition("/")
    return folder.rpartition("/")[2] if file == "__init__.py" else file.removesuffix(".py")
