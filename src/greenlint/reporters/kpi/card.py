"""One indicator as a card: headline, interval, mark, coverage, drawing, origin; pale and with advice when it is weak."""

from __future__ import annotations

from greenlint.reporters.html.markup import Markup, join, prose, tag
from greenlint.reporters.html.page import badge
from greenlint.reporters.html.svg import stacked_bar, trend
from greenlint.reporters.numbers import show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.catalog import Catalog
    from greenlint.reporters.kpi.tile import Figure, Part, Tile

_SIZES = {"K02": " wide", "K03": " wide", "K09": " broad"}


def card(tile: Tile, words: Catalog) -> Markup:
    """The card of an indicator."""
    name = words(f"{tile.id}.name")
    return tag(
        "article",
        tag("h3", name, tag("span", tile.id, class_="kid")),
        tag("div", [_figure(tile, number, words) for number in range(len(tile.figures))], class_="figures"),
        _marks(tile, words),
        _trend(tile, words),
        [_bar(title, parts, words) for title, parts in tile.bars],
        tag("ul", [tag("li", words.say(fact)) for fact in tile.facts], class_="facts") if tile.facts else [],
        _advice(tile, words),
        tag("div", class_="grow"),
        tag("details", tag("summary", words("kpi.provenance")), tag("p", words(f"{tile.id}.formula"))),
        class_=f"tile {tile.state}{_SIZES.get(tile.id, '')}",
        id=tile.id,
    )


def _figure(tile: Tile, number: int, words: Catalog) -> Markup:
    figure = tile.figures[number]
    label = [tag("span", words.say(figure.label), class_="label")] if figure.label else []
    if figure.value is None:
        return tag("p", label, tag("span", words("not_measured"), class_="absent"), class_="figure")
    shown = show(figure.value, figure.unit, figure.low, figure.high)
    weak = figure.vague or (number == 0 and tile.state == "weak")
    value = tag("span", shown.value, " ", tag("span", shown.unit, class_="unit"), class_="big" if number == 0 else "small")
    interval = [tag("span", shown.interval, class_="between")] if shown.interval else []
    return tag("p", label, value, interval, _own_mark(tile, figure, words), class_="figure vague" if weak else "figure")


def _own_mark(tile: Tile, figure: Figure, words: Catalog) -> list[Markup]:
    """A figure that came about differently from the headline says so itself."""
    return [badge(figure.mark, words)] if figure.mark != tile.headline.mark else []


def _marks(tile: Tile, words: Catalog) -> Markup:
    tier = tile.tiers[0][0] if len(tile.tiers) == 1 and tile.headline.mark != "counted" else ""
    parts = [badge(tile.headline.mark, words, tier)]
    if len(tile.tiers) > 1 and not tile.bars:
        parts.append(tag("span", " · ".join(f"{name} {_percent(share)}" for name, share in tile.tiers)))
    if tile.coverage is not None:
        parts.append(tag("span", words("kpi.coverage", share=_percent(tile.coverage))))
    return tag("p", parts, class_="marks")


def _trend(tile: Tile, words: Catalog) -> Markup:
    if len(tile.trend) < 2:
        return join()
    label = words(f"{tile.id}.series", count=len(tile.trend))
    estimate = " estimate" if tile.headline.mark not in ("measured", "attributed") else ""
    drawing = trend(tile.trend, label, height=72, width=460)
    return tag("figure", drawing, tag("figcaption", label), class_=f"drawing{estimate}")


def _bar(title: str, parts: tuple[Part, ...], words: Catalog) -> Markup:
    named = [(part, part.label if isinstance(part.label, str) else words.say(part.label)) for part in parts]
    classes = [part.pattern or f"p{min(number, 5)}" for number, (part, _) in enumerate(named)]
    texts = [part.text or _percent(part.share) for part, _ in named]
    alt = words("tiers.alt", parts=", ".join(f"{name} {text}" for (_, name), text in zip(named, texts)))
    keys = [tag("li", tag("i", class_=css), name, " ", tag("b", text)) for css, (_, name), text in zip(classes, named, texts)]
    heading = [tag("span", words(title), class_="title")] if title else []
    bar = stacked_bar([(part.share, css) for part, css in zip(parts, classes)], alt)
    return tag("div", heading, bar, tag("ul", keys, class_="key"), class_="drawing")


def _advice(tile: Tile, words: Catalog) -> Markup:
    if not tile.next_steps or (tile.state == "firm" and not any(figure.vague for figure in tile.figures)):
        return join()
    lead = [tag("b", words("kpi.weak.lead")), " "] if tile.state == "weak" else []
    return tag("p", lead, prose(" ".join(words.say(step) for step in tile.next_steps)), class_="todo")


def _percent(share: float) -> str:
    shown = show(share, "%")
    return f"{shown.value} {shown.unit}"
