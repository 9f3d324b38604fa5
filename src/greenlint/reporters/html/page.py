"""The shell of a page: language, content policy, style, and the marks that every page explains."""

from __future__ import annotations

import os

from greenlint import __version__
from greenlint.reporters.html.markup import Markup, join, prose, tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.catalog import Catalog

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, words: Catalog, header: Markup, main: Markup, footer: Markup, *, style: str = "") -> str:
    """A complete document that loads nothing: the policy forbids every source, styles are inline, there is no script.

    style  rules of this page beside those of all pages
    """
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="generator", content=f"greenlint {__version__}"),
        tag("title", title),
        tag("style", Markup(_style() + style)),
    )
    body = tag(
        "body",
        tag("header", header, class_="top"),
        tag("main", main),
        tag("footer", footer, tag("p", words("footer.made", version=__version__))),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang=words.lang)}\n"


def badge(mark: str, words: Catalog, tier: str = "") -> Markup:
    """The mark beside a number; estimates have a broken outline, so that they never look like measurements."""
    text = words(f"mark.{mark}") + (f" {tier}" if tier and tier != "-" else "")
    return tag("span", text, class_=f"badge {mark.replace(' ', '-').lower()}")


def legend(words: Catalog) -> Markup:
    """What the marks mean."""
    items = [tag("li", badge(mark, words), " ", words(f"legend.{mark}")) for mark in ("measured", "attributed", "estimated")]
    return tag(
        "section",
        tag("h2", words("legend.title")),
        tag("ul", items),
        tag("p", words("legend.interval")),
        class_="legend",
    )


def section(title: str, hint: str, *children: Markup) -> Markup:
    """A titled part of a page."""
    return tag("section", tag("h2", title), tag("p", prose(hint), class_="hint") if hint else join(), *children)


def _style() -> str:
    with open(os.path.join(os.path.dirname(__file__), "style.css"), encoding="utf-8") as file:
        lines = (line.strip() for line in file)
        return "\n".join(line for line in lines if line and not line.startswith("/*"))
