"""What frameworks reach by convention: packs of names, one data file each, loaded when the project imports the framework.

A pack lists what a tool calls, loads or registers without any line of the project naming it. The file `packs/NAME.py` is read
when a file of the project imports NAME; `packs/python.py` always. Plug-ins add packs through the hook
`greenlint_framework_packs`.
"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module

from greenlint.named_tuple import NamedTuple
from greenlint.plugins.discovery import contributions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTHING: frozenset[str] = frozenset()
_ALWAYS = "python"
_FOLDER = os.path.join(os.path.dirname(__file__), "packs")


class Pack(NamedTuple):
    """What one framework reaches by convention. Bare names; decorators and bases by the last part of their dotted name.

    packages          imports that switch it on; none for a pack that always applies (plug-ins only)
    hooks             functions, methods and classes that it calls or loads by name; hook_prefixes  likewise, by how names begin
    callback_prefixes how names begin that are put together at run time and looked up: nobody can tell whether these are used
    methods           methods that it may call on classes of the project; method_prefixes  likewise
    fixtures          fixtures that its plug-ins ask for
    files, folders    names of files and folders that it loads: what is public in them is in use
    plain_decorators  decorators that neither register a function nor call it
    inert_bases       bases that call nothing by name and register nothing: an unused subclass is unused
    live_bases        bases that register their subclasses
    """

    packages: frozenset[str] = _NOTHING
    hooks: frozenset[str] = _NOTHING
    hook_prefixes: frozenset[str] = _NOTHING
    callback_prefixes: frozenset[str] = _NOTHING
    methods: frozenset[str] = _NOTHING
    method_prefixes: frozenset[str] = _NOTHING
    fixtures: frozenset[str] = _NOTHING
    files: frozenset[str] = _NOTHING
    folders: frozenset[str] = _NOTHING
    plain_decorators: frozenset[str] = _NOTHING
    inert_bases: frozenset[str] = _NOTHING
    live_bases: frozenset[str] = _NOTHING


def merged(packages: Iterable[str]) -> Pack:
    """All packs that apply to code that imports `packages`, as one."""
    return _merged(frozenset(packages) & _switches())


def is_known(package: str) -> bool:
    """Whether a pack tells about the classes of this package."""
    return package in _switches()


@lru_cache(maxsize=64)
def _merged(packages: frozenset[str]) -> Pack:
    packs = [_own(name) for name in sorted((packages & _listed()) | {_ALWAYS})]
    packs += [pack for pack in _offered() if not pack.packages or not pack.packages.isdisjoint(packages)]
    return Pack(*(frozenset().union(*sets) for sets in zip(*packs, strict=True)))


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    """The names of our own packs; a zip archive, which has no folder to list, falls back to what the loader knows."""
    try:
        names = os.listdir(_FOLDER)
    except OSError:
        import pkgutil

        names = [info.name + ".py" for info in pkgutil.iter_modules(import_module("greenlint.source.packs").__path__)]
    return frozenset(name[:-3] for name in names if name.endswith(".py") and not name.startswith("_"))


@lru_cache(maxsize=1)
def _switches() -> frozenset[str]:
    return _listed().union(*(pack.packages for pack in _offered()))


def _own(name: str) -> Pack:
    pack: Pack = import_module(f"greenlint.source.packs.{name}").PACK
    return pack


@lru_cache(maxsize=1)
def _offered() -> tuple[Pack, ...]:
    """The packs of plug-ins; what is no pack is left out with a warning."""
    found: list[Pack] = []
    for plugin, items in contributions("greenlint_framework_packs"):
        good = [item for item in items if _is_pack(item)]
        found += good
        if len(good) < len(items):
            from greenlint.plugins.manager import warn

            warn(plugin, ["greenlint_framework_packs returns something other than Pack objects with sets of names"])
    return tuple(found)


def _is_pack(item: object) -> bool:
    return isinstance(item, Pack) and all(
        isinstance(names, frozenset) and all(isinstance(name, str) and name for name in names) for names in item
    )


def packs_stamp() -> str:
    """What the answers depend on beside greenlint itself: the packs that plug-ins offer."""
    return repr([[sorted(names) for names in pack] for pack in _offered()])
