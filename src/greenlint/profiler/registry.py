"""Find the providers: every module of `profiler/providers` that defines a `Provider`, and those of plug-ins.

A file is named like its provider, with underscores for hyphens, so that one that is asked for by name is imported alone.
"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from greenlint.plugins.discovery import contributions
from greenlint.profiler.presence import ENTRIES, possible
from greenlint.profiler.provider import Provider

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from greenlint.profiler.provider import Context

_PACKAGE = "greenlint.profiler.providers"
_added: dict[str, Provider] = {}


class Candidate:
    """A provider of the automatic choice, imported when it is first asked for."""

    __slots__ = ("_provider", "beside", "name", "order")

    def __init__(self, name: str, order: int, *, beside: bool, provider: Provider | None = None) -> None:
        self.name, self.order, self.beside = name, order, beside
        self._provider = provider

    @property
    def provider(self) -> Provider:
        """The provider itself."""
        if self._provider is None:
            self._provider = _own(self.name)[self.name]
        return self._provider


def add_providers(providers: Iterable[Provider]) -> None:
    """Append providers by hand; a later one of the same name replaces an earlier one."""
    for provider in providers:
        _added[provider.name] = provider


def candidates(context: Context) -> list[Candidate]:
    """The providers of the automatic choice that this machine could have, in its order."""
    listed = [
        Candidate(name, entry.order, beside=entry.beside)
        for name, entry in ENTRIES.items()
        if entry.order is not None and possible(entry, context)
    ]
    unlisted = {name: one for stem in _files() if stem not in ENTRIES for name, one in _own(stem).items()}
    others = _with_others(unlisted, {*ENTRIES, *unlisted})
    taken = [
        Candidate(name, one.order, beside=one.beside, provider=one) for name, one in others.items() if one.order is not None
    ]
    found = [*taken, *(one for one in listed if one.name not in others)]
    return sorted(found, key=lambda one: (one.order, one.name))


def find_provider(name: str) -> Provider | None:
    """The provider of this name, None when there is none."""
    if name in ENTRIES and name not in _added:
        return _own(name)[name]
    return all_providers().get(name)


def all_providers() -> dict[str, Provider]:
    """All providers by name; those of the automatic choice first, in its order."""
    own = {name: one for stem in _files() for name, one in _own(stem).items()}
    return dict(sorted(_with_others(own, own).items(), key=lambda item: _place(item[1])))


def _with_others(providers: dict[str, Provider], own: Iterable[str]) -> dict[str, Provider]:
    return {**providers, **_of_plugins(tuple(sorted(own))), **_added}


@lru_cache(maxsize=1)
def _of_plugins(own: tuple[str, ...]) -> dict[str, Provider]:
    offered = contributions("greenlint_providers")
    if not offered:
        return {}
    from greenlint.profiler.third_party import admit

    return admit(offered, own)


def _files() -> list[str]:
    """The files of the package, each named as its provider."""
    paths = import_module(_PACKAGE).__path__
    try:
        files = [file for path in paths for file in os.listdir(path)]
    except OSError:  # a zip archive
        from pkgutil import iter_modules

        return [info.name.replace("_", "-") for info in iter_modules(paths)]
    return [file[:-3].replace("_", "-") for file in files if file.endswith(".py") and not file.startswith("_")]


def _own(name: str) -> dict[str, Provider]:
    module = import_module(f"{_PACKAGE}.{name.replace('-', '_')}")
    return {kind.name: kind() for kind in _defined_in(module)}


def _defined_in(module: ModuleType) -> list[type[Provider]]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Provider) and value.__module__ == module.__name__
    ]


def _place(provider: Provider) -> tuple[bool, int, str]:
    return (provider.order is None, provider.order or 0, provider.name)
