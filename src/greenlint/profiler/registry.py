"""Find the providers: every module of `profiler/providers` that defines a `Provider`, and those of plug-ins."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from greenlint.plugins.discovery import contributions
from greenlint.profiler.provider import Provider

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

_PACKAGE = "greenlint.profiler.providers"
_added: dict[str, Provider] = {}


def add_providers(providers: Iterable[Provider]) -> None:
    """Append providers by hand; a later one of the same name replaces an earlier one."""
    for provider in providers:
        _added[provider.name] = provider


def all_providers() -> dict[str, Provider]:
    """All providers by name; those of the automatic choice first, in its order."""
    from pkgutil import iter_modules

    package = import_module(_PACKAGE)
    found = [
        provider()
        for info in iter_modules(package.__path__)
        for provider in _defined_in(import_module(f"{_PACKAGE}.{info.name}"))
    ]
    own = {provider.name: provider for provider in found}
    everyone = {**own, **_of_plugins(tuple(own)), **_added}
    return dict(sorted(everyone.items(), key=lambda item: _place(item[1])))


@lru_cache(maxsize=1)
def _of_plugins(own: tuple[str, ...]) -> dict[str, Provider]:
    offered = contributions("greenlint_providers")
    if not offered:
        return {}
    from greenlint.profiler.third_party import admit

    return admit(offered, own)


def _defined_in(module: ModuleType) -> list[type[Provider]]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Provider) and value.__module__ == module.__name__
    ]


def _place(provider: Provider) -> tuple[bool, int, str]:
    return (provider.order is None, provider.order or 0, provider.name)
