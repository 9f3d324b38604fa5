"""Checks every configured key: an unknown one or a wrong type is an error with file, line and the nearest known name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from greenlint.config.budgets import read_budgets
from greenlint.errors import ConfigError
from greenlint.model.finding import EffectClass
from greenlint.model.units import parse_quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from greenlint.config.schema import Config

_HOME = re.compile(r"""\s*\[\s*tool\s*\.\s*["']?greenlint\b""")
_CODE = re.compile(r"GL[A-Z]?\d{0,3}$")
REQUIRE = ("measured", "attributed", "estimated", "none")
"""The weakest method that may be asked for."""


@dataclass(frozen=True, slots=True)
class Source:
    """The file under check, for messages; `section` is the table under check, "" at the top."""

    path: str
    text: str
    section: str = ""

    def where(self, key: str, section: str = "") -> str:
        """ "path:line" of a key, preferring its occurrence below the header of its section, or in its inline table."""
        lines, table = self.text.splitlines(), section or self.section
        home = next((number for number, line in enumerate(lines) if _HOME.match(line)), 0)  # past the tables of other tools
        start = next((number for number in _from(home, lines) if table and _opens(lines[number], table)), home)
        pattern = re.compile(rf'(?:^|[\s{{,.\[])["\']?{re.escape(key)}["\']?\s*[=\].]')
        for number in _from(start, lines):
            if pattern.search(lines[number].split("#")[0]):
                return f"{self.path}:{number + 1}"
        return f"{self.path}:{start + 1}"

    def fail(self, key: str, problem: str, hint: str = "", section: str = "") -> ConfigError:
        """An error that names the place."""
        return ConfigError(f"{self.where(key, section)}: {problem}", hint)


def _from(start: int, lines: list[str]) -> Iterator[int]:
    """The numbers of all lines, from `start` to the end and then from the top."""
    yield from range(start, len(lines))
    yield from range(start)


def _opens(line: str, section: str) -> bool:
    """Whether a line is the header of `section`, or gives it as an inline table."""
    name = rf"""["']?{re.escape(section)}["']?\s*"""
    header = line.lstrip().startswith("[") and re.search(rf"[\[.]\s*{name}\]", line)
    return bool(header or re.search(rf"(?:^|[\s{{,.]){name}=\s*\{{", line))


def build_config(path: str, shown: str, text: str, table: Mapping[str, Any], base: Config) -> Config:
    """The frozen configuration of a table over that of `base`; messages call the file `shown`.

    Tables are joined key by key, the new key winning; a list is replaced whole. Raises ConfigError for the first wrong thing.
    """
    source = Source(shown, text)
    _only_known(source, table, [*_LINT, "extend", "budgets", "machine", "rules", "per-file-ignores", *_SECTIONS], "")
    config = base._replace(path=path, lint=_over(base.lint, _lint(source, table)))
    for name, checks in _SECTIONS.items():
        if name in table:
            newer = _section(source, name, table[name], checks)
            config = config._replace(**{name: _over(getattr(config, name), newer)})
    if "budgets" in table:
        config = config._replace(budgets=read_budgets(source, _table(source, "budgets", table["budgets"]), base.budgets))
    if "machine" in table:
        config = config._replace(machine=_over(config.machine, _table(source, "machine", table["machine"])))
    return config


def _lint(source: Source, table: Mapping[str, Any]) -> dict[str, Any]:
    found = {target: check(source, key, table[key]) for key, (target, check) in _LINT.items() if key in table}
    if "rules" in table:
        found["rule_options"] = _rule_options(source, table["rules"])
    if "per-file-ignores" in table:
        found["per_file_ignores"] = {
            str(glob): _codes(replace(source, section="per-file-ignores"), glob, codes)
            for glob, codes in _table(source, "per-file-ignores", table["per-file-ignores"]).items()
        }
    return found


def _over(older: Any, newer: Any) -> Any:
    """A table, or a section of the configuration, with the keys of a newer table laid over it; anything else is replaced."""
    if not isinstance(newer, dict):
        return newer
    if isinstance(older, tuple) and hasattr(older, "_fields"):
        section: Any = older
        return section._replace(**{key: _over(getattr(section, key), value) for key, value in newer.items()})
    known = older if isinstance(older, dict) else {}
    return {**known, **{key: _over(known.get(key), value) for key, value in newer.items()}}


def _only_known(source: Source, table: Mapping[str, Any], known: list[str], section: str) -> None:
    for key in table:
        if key not in known:
            import difflib

            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(sorted(known))}"
            raise source.fail(key, f"unknown key {key!r}" + (f" in [{section}]" if section else ""), hint, section)


def _section(source: Source, name: str, value: object, checks: dict[str, _Check]) -> dict[str, Any]:
    table = _table(source, name, value)
    _only_known(source, table, list(checks), name)
    inside = replace(source, section=name)
    return {target: check(inside, key, table[key]) for key, (target, check) in checks.items() if key in table}


def _table(source: Source, key: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise source.fail(key, f"{key!r} must be a table, not {_kind(value)}")
    return value


def _embodied(source: Source, key: str, value: object) -> dict[str, Any]:
    return _section(source, key, value, _EMBODIED)


def _codes(source: Source, key: str, value: object) -> tuple[str, ...]:
    values = _strings(source, key, value)
    for code in values:
        if not _CODE.match(code):
            raise source.fail(key, f"{code!r} is not a rule code", 'codes look like "GL205" or "GL2"')
    return values


def _rule_options(source: Source, value: object) -> dict[str, dict[str, Any]]:
    options = _table(source, "rules", value)
    for code, table in options.items():
        _table(replace(source, section="rules"), code, table)
    return options


def _strings(source: Source, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise source.fail(key, f"{key!r} must be a list of strings, not {_kind(value)}")
    return tuple(value)


def _commands(source: Source, key: str, value: object) -> dict[str, str]:
    table = _table(source, key, value)
    for name, text in table.items():
        if not isinstance(text, str) or not text.strip() or "::" in name:
            problem = f'{key}.{name} must be a command such as "python bench.py", under a name without ::'
            raise source.fail(name, problem, "", key)
    return table


def _string(source: Source, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise source.fail(key, f"{key!r} must be a string, not {_kind(value)}")
    return value


def _bool(source: Source, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise source.fail(key, f"{key!r} must be true or false, not {_kind(value)}")
    return value


def _number(low: float, high: float) -> Callable[[Source, str, object], float]:
    def check(source: Source, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise source.fail(key, f"{key!r} must be a number from {low:g} to {high:g}, not {value!r}")
        return value

    return check


def _integer(low: int, high: int) -> Callable[[Source, str, object], int]:
    def check(source: Source, key: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise source.fail(key, f"{key!r} must be a whole number from {low} to {high}, not {value!r}")
        return value

    return check


def _choice(choices: tuple[str, ...]) -> Callable[[Source, str, object], str]:
    def check(source: Source, key: str, value: object) -> str:
        if value not in choices:
            raise source.fail(key, f"{key!r} must be one of {', '.join(choices)}, not {value!r}")
        return str(value)

    return check


def _bytes(source: Source, key: str, value: object) -> int:
    try:
        return int(parse_quantity(value, expect="B").value)
    except ConfigError as error:
        raise source.fail(key, f"{key!r}: {error.message}", 'for example "10 MB"') from error


def _seconds(source: Source, key: str, value: object) -> float:
    try:
        seconds = parse_quantity(value, expect="s").value
    except ConfigError as error:
        raise source.fail(key, f"{key!r}: {error.message}", 'for example "600 s"') from error
    if not seconds > 0:
        raise source.fail(key, f"{key!r} must be above 0 s")
    return seconds


def _kind(value: object) -> str:
    return {dict: "a table", list: "a list", str: "a string", bool: "a boolean"}.get(type(value), repr(value))


_Check = tuple[str, "Callable[[Source, str, Any], Any]"]
_LINT: dict[str, _Check] = {
    "select": ("select", _codes),
    "ignore": ("ignore", _codes),
    "exclude": ("exclude", _strings),
    "preview": ("preview", _bool),
    "pedantic": ("pedantic", _bool),
    "min-confidence": ("min_confidence", _integer(0, 100)),
    "git-history": ("git_history", _bool),
    "min-effect": ("min_effect", _choice(tuple(effect.value for effect in EffectClass))),
    "baseline": ("baseline", _string),
    "jobs": ("jobs", _integer(0, 1024)),
    "max-file-size": ("max_file_bytes", _bytes),
}
_ENERGY: dict[str, _Check] = {
    "provider": ("provider", _string),
    "require": ("require", _choice(REQUIRE)),
    "ledger": ("ledger", _string),
    "report": ("report", _integer(0, 100_000)),
    "idle": ("idle", _choice(("apart", "wall"))),
}
_BENCH: dict[str, _Check] = {
    "paths": ("paths", _strings),
    "pythonpath": ("pythonpath", _strings),
    "rounds": ("rounds", _integer(1, 10_000)),
    "timeout": ("timeout_s", _seconds),
    "setup": ("setup", _string),
    "commands": ("commands", _commands),
}
_EMBODIED: dict[str, _Check] = {
    "server-kg": ("server_kg", _number(1, 100_000)),
    "lifetime-years": ("lifetime_years", _number(1, 30)),
    "total-threads": ("total_threads", _integer(1, 100_000)),
    "sockets": ("sockets", _integer(1, 64)),
    "memory-gb": ("memory_gb", _number(0, 1_000_000)),
    "ssds": ("ssds", _integer(0, 1000)),
    "hdds": ("hdds", _integer(0, 1000)),
    "gpus": ("gpus", _integer(0, 1000)),
}
_CARBON: dict[str, _Check] = {
    "zone": ("zone", _string),
    "factor-g-per-kwh": ("factor_g_per_kwh", _number(0, 5000)),
    "pue": ("pue", _number(1, 10)),
    "price-per-kwh": ("price_per_kwh", _number(0, 1000)),
    "currency": ("currency", _string),
    "basis": ("basis", _choice(("location", "market"))),
    "year": ("year", _integer(1990, 2100)),
    "embodied": ("embodied", _embodied),
}
_SECTIONS: dict[str, dict[str, _Check]] = {"energy": _ENERGY, "bench": _BENCH, "carbon": _CARBON}
