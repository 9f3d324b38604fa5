"""Imports our modules without the ways round that `pytest --energy` cannot afford: 60 of them are a third of its start-up.

pytest rewrites the assertions of every module that a plug-in brings along. That is for tests: here it would double what 60
modules take to import, and would compile each of them anew in every run where no byte code may be written. And Python's own
finder asks for each module what its folder holds, for several endings, and works out the name of the compiled file four times.
Here two system calls tell that the compiled file belongs to its source, by the rules of PEP 3147 and PEP 552.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from marshal import loads
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    import pytest

_OURS, _FOR_TESTS = "greenlint.", "greenlint.testing"
_HEAD = MAGIC_NUMBER + bytes(4)
"""How a compiled file begins that is compared with its source by time and size; then come these two, four bytes each."""
_ENDING = f".{sys.implementation.cache_tag}.pyc"
_USUAL = sys.implementation.cache_tag is not None and sys.pycache_prefix is None and not sys.flags.optimize
"""Whether compiled files have their usual names and places."""


class PlainFinder:
    """A finder for the modules of this package; it stands before that of pytest."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module from its compiled file, or else as Python itself finds it; None for all that is not ours."""
        if not name.startswith(_OURS) or name.startswith(_FOR_TESTS):
            return None
        spec = _compiled(name, path[0]) if path and _USUAL else None
        return spec or PathFinder.find_spec(name, path, target)


class _Loader(SourceFileLoader):
    """A loader of Python's that has read the compiled file already."""

    code: CodeType | None = None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """A module that knows its file: Python would ask it first, and make an error of each answer that is missing."""
        module = ModuleType(spec.name)
        module.__dict__.update({"__file__": self.path, "__cached__": spec.cached})
        return module

    def get_code(self, fullname: str) -> CodeType | None:
        """The code that was read, once; then what Python reads."""
        code, self.code = self.code, None
        return code or super().get_code(fullname)


def install(config: pytest.Config) -> None:
    """Put the finder in place until the end of this pytest session."""
    finder = PlainFinder()
    sys.meta_path.insert(0, finder)
    config.add_cleanup(lambda: sys.meta_path.remove(finder))


def _compiled(name: str, folder: str) -> ModuleSpec | None:
    """The module or package `name` in `folder`, when its compiled file is there and is that of the source as it is now."""
    last = name.rpartition(".")[2]
    places: list[str] | None = None
    source = f"{folder}/{last}.py"
    try:
        try:
            info = os.stat(source)
        except FileNotFoundError:
            folder = f"{folder}/{last}"
            places, last = [folder], "__init__"
            source = f"{folder}/__init__.py"
            info = os.stat(source)
        cached = f"{folder}/__pycache__/{last}{_ENDING}"
        with open(cached, "rb", buffering=0) as file:
            data = file.read()
    except OSError:
        return None
    stamp = (int(info.st_mtime) & 0xFFFFFFFF).to_bytes(4, "little") + (info.st_size & 0xFFFFFFFF).to_bytes(4, "little")
    if data[:16] != _HEAD + stamp:
        return None
    loader = _Loader(name, source)
    try:
        loader.code = loads(memoryview(data)[16:])
    except (EOFError, ValueError, TypeError):  # cut off, where Python gives up
        loader.code = loader.source_to_code(loader.get_data(source), source)
    if loader.code.co_filename != source:
        return None  # compiled elsewhere: Python corrects the names in it
    spec = ModuleSpec(name, loader, origin=source)
    spec.submodule_search_locations, spec.cached, spec.has_location = places, cached, True
    return spec
