"""Cells and boxes that several tables share: an energy with its interval and mark, a verdict, a table with a caption."""

from __future__ import annotations

from greenlint.reporters.html.markup import Markup, join, tag
from greenlint.reporters.html.page import badge
from greenlint.reporters.html.svg import interval_bar
from greenlint.reporters.numbers import show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from greenlint.model.energy import Energy
    from greenlint.reporters.catalog import Catalog


def quantity(energy: Energy | None, words: Catalog) -> Markup:
    """Value above its interval; below the detection limit an upper bound, without a measurement the words."""
    if energy is None:
        return tag("span", words("not_measured"), class_="absent")
    if energy.below_limit:
        limit = show(energy.upper_limit, "J")
        return tag("span", f"≤ {limit.value} {limit.unit}", class_="value")
    shown = show(energy.energy_j, "J", *energy.interval)
    return join(tag("span", f"{shown.value} {shown.unit}", class_="value"), tag("span", shown.interval, class_="between"))


def energy_columns(energy: Energy | None, top: float, words: Catalog) -> list[Markup]:
    """The contents of three cells: the number, its drawing on a scale up to `top` J, and its mark."""
    if energy is None:
        drawing, mark = join(), badge("unmeasured", words)
    else:
        kind = "measured" if energy.method.mark == "measured" else energy.method.mark
        low, high = energy.interval
        drawing = interval_bar(0.0 if energy.below_limit else energy.energy_j, low, high, top, kind)
        mark = badge(energy.method.mark, words, energy.method.tier)
    return [quantity(energy, words), drawing, mark]


def verdict(outcome: str, words: Catalog) -> Markup:
    """A verdict with a sign that does not depend on colour; nothing without one."""
    return tag("span", words(f"verdict.{outcome}"), class_=f"verdict {outcome}") if outcome else join()


def row(heads: Sequence[tuple[str, str]], cells: Sequence[Markup]) -> Markup:
    """A row whose cells carry their heading and its class, so that a phone can show them below one another."""
    return tag("tr", [tag("td", cell, class_=name or None, data_label=title) for (title, name), cell in zip(heads, cells)])


def table(caption: str, heads: Sequence[tuple[str, str]], rows: Iterable[Markup], *, long_names: bool = False) -> Markup:
    """A table that scrolls by itself on a narrow screen; `heads` are (title, class).

    With `long_names` the first cell of a row takes a whole line on a phone.
    """
    cells = [tag("th", title, scope="col", class_=name or None) for title, name in heads]
    style = "named" if long_names else None
    body = tag("table", tag("caption", caption), tag("thead", tag("tr", cells)), tag("tbody", rows), class_=style)
    return tag("div", body, class_="scroll", tabindex=0, role="region", aria_label=caption)
