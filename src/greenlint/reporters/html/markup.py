"""Builds HTML and SVG as text; everything that is not markup is escaped, so a test name can never become a tag."""

from __future__ import annotations

from html import escape

from greenlint.model.text import encodable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_HTML_VOID = frozenset({"meta", "br", "hr", "col"})
_VOID = _HTML_VOID | frozenset({"line", "rect", "circle", "path", "polyline", "polygon"})


class Markup(str):
    """Text that is markup already and must not be escaped again."""

    __slots__ = ()


def tag(element: str, /, *children: str | Iterable[str], **attributes: object) -> Markup:
    """An element. Attributes: `class_` is class, `_` becomes "-", None is left out, True stands without a value."""
    listed = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(encodable(str(value)))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    inner = join(*children)
    if element in _VOID and not inner:
        return Markup(f"<{element}{listed}{'' if element in _HTML_VOID else '/'}>")
    return Markup(f"<{element}{listed}>{inner}</{element}>")


def join(*children: str | Iterable[str]) -> Markup:
    """Children one after the other: markup as it is, text escaped, iterables opened."""
    parts: list[str] = []
    for child in children:
        if isinstance(child, Markup):
            parts.append(child)
        elif isinstance(child, str):
            parts.append(escape(_visible(child), quote=False))
        else:
            parts.append(join(*child))
    return Markup("".join(parts))


def prose(text: str) -> Markup:
    """A sentence whose `commands` become code elements."""
    parts = text.split("`")
    return join(tag("code", part) if number % 2 else part for number, part in enumerate(parts))


def _visible(text: str) -> str:
    """Control characters, which HTML forbids, as visible replacements."""
    text = encodable(text)
    return "".join(c if c.isprintable() or c in "\n\t\u202f\u00a0" else "\ufffd" for c in text)
