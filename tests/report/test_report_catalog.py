"""Both languages say everything, with the same placeholders, and the code asks for nothing that they lack."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from greenlint import reporters
from greenlint.errors import ConfigError
from greenlint.reporters.catalog import LANGUAGES, language_of, load_catalog

EN, ZH = load_catalog("en"), load_catalog("zh-CN")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_key_is_in_both_languages() -> None:
    assert list(EN.texts) == list(ZH.texts)


@pytest.mark.parametrize("key", EN.texts)
def test_a_translation_fills_the_same_placeholders(key: str) -> None:
    assert placeholders(EN.texts[key]) == placeholders(ZH.texts[key])
    assert EN.texts[key].strip()
    assert ZH.texts[key].strip()


def test_chinese_is_chinese() -> None:
    same = {key for key in EN.texts if EN.texts[key] == ZH.texts[key]}
    assert same == {"col.cpu", "K03.pue"}


def _sources() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in Path(reporters.__file__).parent.rglob("*.py")]


def test_every_key_that_the_code_names_exists_and_none_is_left_over() -> None:
    source = "\n".join(_sources())
    named = set(re.findall(r'(?:words|Message)\(\s*f?"([^"{]+)"', source))
    assert named <= set(EN.texts)
    literal = set(re.findall(r"""["']([A-Za-z0-9_.]+)["']""", source))
    families = re.compile(  # keys that are put together
        r"(mark|verdict|scope|tier|kind|legend|col)\..+|K\d\d\.(name|formula|series)|report\.(by_.+|hint\..+|interrupted|invalid|excluded)"
    )
    assert {key for key in EN.texts if key not in literal and not families.fullmatch(key)} == set()


def test_an_unknown_language_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"unknown language 'fr' \(one of: en, zh-CN\)"):
        load_catalog("fr")
    assert LANGUAGES == ("en", "zh-CN")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh-CN"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], expected: str) -> None:
    assert language_of(environment) == expected
