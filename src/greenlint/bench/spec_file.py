"""Reads SPEC.toml into a plan; what is wrong is named with its line, its key and the nearest known one."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from greenlint.bench.languages import guess_language
from greenlint.bench.plan import (
    DEFAULT_TIMEOUT_S,
    LEAST_ROUNDS,
    Expectation,
    Implementation,
    Plan,
    check_names,
    check_placeholders,
    nearest,
)
from greenlint.bench.schedule import draw_seed
from greenlint.config.toml_file import read_toml
from greenlint.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES = ("compare", "problem", "implementation")
COMPARE_KEYS = ("name", "baseline", "seed", "rounds", "warmup", "timeout_s")
PROBLEM_KEYS = ("expect", "mode", "rtol", "atol")
IMPLEMENTATION_KEYS = ("id", "language", "build", "run", "cwd", "env")
_MODES = ("exact", "numeric")


def read_spec(path: str) -> Plan:
    """The plan of a SPEC file; relative paths in it start at its folder. Raises ConfigError."""
    source, data = _parse(path)
    source.only_known(data, TABLES, "")
    compare = source.table(data, "compare")
    source.only_known(compare, COMPARE_KEYS, "compare")
    blocks = data.get("implementation", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise source.error("implementation", "", "implementations are [[implementation]] tables, with two brackets")
    implementations = tuple(_implementation(source, block, index) for index, block in enumerate(blocks))
    names = [implementation.name for implementation in implementations]
    baseline = source.string(compare, "baseline", "compare", names[0] if names else "")
    check_names(names, baseline, source.where("baseline" if "baseline" in compare else "implementation", ""))
    return Plan(
        name=source.string(compare, "name", "compare", os.path.splitext(os.path.basename(path))[0]),
        implementations=implementations,
        baseline=baseline,
        seed=source.whole(compare, "seed", "compare", 0) if "seed" in compare else draw_seed(),
        rounds=source.whole(compare, "rounds", "compare", LEAST_ROUNDS) if "rounds" in compare else None,
        warmup=source.whole(compare, "warmup", "compare", 0) if "warmup" in compare else 0,
        timeout_s=source.number(compare, "timeout_s", "compare", DEFAULT_TIMEOUT_S),
        expectation=_expectation(source, source.table(data, "problem")),
        path=path,
    )


def _implementation(source: _Source, block: Mapping[str, Any], index: int) -> Implementation:
    place = f"implementation#{index}"
    source.only_known(block, IMPLEMENTATION_KEYS, place)
    for key in ("id", "run"):
        if key not in block:
            raise source.error("", place, f"this [[implementation]] has no {key!r}")
    name = source.string(block, "id", place, "")
    if not re.fullmatch(r"[^\s=]+", name):
        raise source.error("id", place, f"{name!r} is no name", "use letters, digits, - and _")
    run, build = source.argv(block, "run", place), source.argv(block, "build", place) if "build" in block else ()
    cwd = os.path.join(source.folder, source.string(block, "cwd", place, ""))
    if not os.path.isdir(cwd):
        raise source.error("cwd", place, f"the folder {cwd} does not exist")
    env = source.table(block, "env", place)
    if not all(isinstance(value, str) for value in env.values()):
        raise source.error("env", place, "environment variables are strings", 'for example env = { SIZE = "10" }')
    language = source.string(block, "language", place, guess_language(run))
    return Implementation(name, language, run, build, os.path.normpath(cwd), env)


def _expectation(source: _Source, table: Mapping[str, Any]) -> Expectation:
    source.only_known(table, PROBLEM_KEYS, "problem")
    file: str | None = None
    if "expect" in table:
        file = os.path.normpath(os.path.join(source.folder, source.string(table, "expect", "problem", "")))
        if not os.path.isfile(file):
            raise source.error("expect", "problem", f"the file {file} does not exist")
    default = Expectation()
    mode = source.string(table, "mode", "problem", default.mode)
    if mode not in _MODES:
        raise source.error("mode", "problem", f"unknown mode {mode!r}", nearest(mode, _MODES))
    rtol = source.number(table, "rtol", "problem", default.rtol)
    return Expectation(file, mode, rtol, source.number(table, "atol", "problem", default.atol))


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of the file, to find the line of a key; `place` is a table name, "implementation#2" for the third."""

    path: str
    text: str

    @property
    def folder(self) -> str:
        return os.path.dirname(os.path.abspath(self.path))

    def where(self, key: str, place: str) -> str:
        lines = self.text.splitlines()
        first, last = _block(lines, place)
        pattern = re.compile(rf'^\s*(?:\[+\s*)?(?:[\w.]+\.)?["\']?{re.escape(key)}["\']?\s*[=\].]')
        if key:
            first = next((number for number in range(first, last) if pattern.match(lines[number])), first)
        return f"{self.path}:{first + 1}"

    def error(self, key: str, place: str, problem: str, hint: str = "") -> ConfigError:
        return ConfigError(f"{self.where(key, place)}: {problem}", hint)

    def only_known(self, table: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
        for key in table:
            if key not in known:
                section = f" in [{place.partition('#')[0]}]" if place else ""
                raise self.error(key, place, f"unknown key {key!r}{section}", nearest(key, known))

    def table(self, table: Mapping[str, Any], key: str, place: str = "") -> dict[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, place, f"{key!r} must be a table, not {value!r}")
        return value

    def string(self, table: Mapping[str, Any], key: str, place: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self.error(key, place, f"{key!r} must be a string, not {value!r}")
        return value

    def whole(self, table: Mapping[str, Any], key: str, place: str, least: int) -> int:
        value = table[key]
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.error(key, place, f"{key!r} must be a whole number of at least {least}, not {value!r}")
        return value

    def number(self, table: Mapping[str, Any], key: str, place: str, default: float) -> float:
        value = table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
            raise self.error(key, place, f"{key!r} must be a number of at least 0, not {value!r}")
        if key == "timeout_s" and value == 0:
            raise self.error(key, place, "a timeout of 0 s lets no program run")
        return float(value)

    def argv(self, table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
        value = table[key]
        if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value) or not value[0]:
            hint = 'no shell is used; for example ["python", "sort.py", "1000"]'
            raise self.error(key, place, f"{key!r} must be a list of strings, not {value!r}", hint)
        check_placeholders(value, self.where(key, place))
        return tuple(value)


def _block(lines: list[str], place: str) -> tuple[int, int]:
    """The lines [first, last) of a table and what is below it, up to the next header of another table."""
    name, _, index = place.partition("#")
    if not name:
        return 0, len(lines)
    header = re.compile(rf"^\s*\[+\s*{re.escape(name)}\s*\]")
    starts = [number for number, line in enumerate(lines) if header.match(line)]
    if not starts:
        return 0, len(lines)
    first = starts[min(int(index or 0), len(starts) - 1)]
    other = re.compile(rf"^\s*\[+(?!\s*{re.escape(name)}\.)")
    last = next((number for number in range(first + 1, len(lines)) if other.match(lines[number])), len(lines))
    return first, last


def _parse(path: str) -> tuple[_Source, dict[str, Any]]:
    if not os.path.exists(path):
        raise ConfigError(f"{path}: there is no such file", "name a SPEC.toml, or NAME=CMD NAME=CMD")
    text, data = read_toml(path)
    return _Source(path, text), data
