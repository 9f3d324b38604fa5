"""What every page must be: well formed, alone in the world, without script, and readable without eyes."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = {"meta", "br", "hr", "col", "line", "rect", "circle", "path", "polyline", "polygon"}


class Page(HTMLParser):
    """Parses a page; collects tags, texts and attributes, and checks that every element is closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"an attribute of {tag} is repeated"
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def check_page(source: str, lang: str) -> Page:
    """Raise AssertionError when the page loads something, runs something or leaves someone out."""
    assert source.startswith("<!doctype html>")
    assert not re.search(r"(?i)https?:|//[a-z]|url\(|@import|javascript:|data:", source), "an address"
    page = Page(source)
    assert len(source.encode("utf-8")) <= 150 * 1024
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "video", "audio"}
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert page.of("html")[0]["lang"] == lang
    policies = [one["content"] for one in page.of("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert any(one.get("name") == "viewport" for one in page.of("meta"))
    assert len(page.of("table")) == len(page.of("caption"))
    assert all(one.get("scope") == "col" for one in page.of("th"))
    for drawing in page.of("svg"):
        assert drawing.get("aria-hidden") == "true" or (drawing.get("role") == "img" and drawing.get("aria-label"))
    assert "prefers-color-scheme: dark" in source
    assert len(page.of("h1")) == 1
    identifiers = [one["id"] for _, one in page.tags if "id" in one]
    assert len(set(identifiers)) == len(identifiers)
    return page
