"""Admits the energy providers of plug-ins: one that is no provider, or takes another's name, is left out with a warning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from greenlint.plugins.manager import one_line, warn
from greenlint.profiler.provider import Provider

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from greenlint.plugins.manager import Contribution

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""The form of a provider's name."""

_RESERVED = ("auto", "none")


def admit(offered: Sequence[Contribution], own: Collection[str]) -> dict[str, Provider]:
    """The usable providers among those offered, by name; one warning for each plug-in with others."""
    admitted: dict[str, Provider] = {}
    for plugin, classes in offered:
        problems: list[str] = []
        for kind in classes:
            label = getattr(kind, "name", None) or getattr(kind, "__name__", None) or repr(kind)[:40]
            try:
                wrong = _problem(kind, {*own, *admitted, *_RESERVED})
                if not wrong:
                    admitted[kind.name] = kind()
            except Exception as error:  # noqa: BLE001  a class of a plug-in may raise anything when made; it must not end the run
                wrong = one_line(error)
            if wrong:
                problems.append(f"provider {label}: {wrong}")
        warn(plugin, problems)
    return admitted


def _problem(kind: Any, taken: Collection[str]) -> str:
    if not (isinstance(kind, type) and issubclass(kind, Provider)):
        return "is no subclass of Provider"
    name, order, beside = getattr(kind, "name", None), kind.order, kind.beside
    if not (isinstance(name, str) and NAME.fullmatch(name)):
        return "its name is not lower case words joined by hyphens"
    if name in taken:
        return "the name is taken"
    if not (order is None or type(order) is int):
        return "order is neither None nor a whole number"
    return "" if isinstance(beside, bool) else "beside is neither True nor False"
