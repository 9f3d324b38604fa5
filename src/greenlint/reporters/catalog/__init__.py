"""The words of reports for people, one file per language; codes, JSON, CSV and logs stay English."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache

from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_FILES = {"en": "en", "zh-CN": "zh_CN"}
LANGUAGES = tuple(_FILES)


class Message(NamedTuple):
    """A text by its key, and the values that it mentions; it becomes a sentence only in a catalogue."""

    key: str
    values: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Catalog:
    """The texts of one language; `lang` is its BCP 47 tag, as the HTML attribute wants it."""

    lang: str
    texts: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key` with its {placeholders} filled. Raises KeyError for a key that no catalogue has."""
        return self.texts[key].format(**values)

    def say(self, message: Message) -> str:
        """The sentence of a message."""
        return self(message.key, **message.values)


@lru_cache(maxsize=4)
def load_catalog(lang: str) -> Catalog:
    """The catalogue of "en" or "zh-CN". Raises ConfigError for another language."""
    if lang not in _FILES:
        raise ConfigError(f"unknown language {lang!r}", f"one of: {', '.join(_FILES)}")
    import json

    with open(os.path.join(os.path.dirname(__file__), f"{_FILES[lang]}.json"), encoding="utf-8") as file:
        return Catalog(lang, json.load(file))


def language_of(environ: Mapping[str, str]) -> str:
    """The language that the locale asks for: zh-CN for any Chinese one, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "zh-CN" if environ[name].lower().startswith("zh") else "en"
    return "en"
