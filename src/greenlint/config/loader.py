"""Finds the nearest configuration file and reads it; files without a greenlint table cost one read and no TOML parser."""

from __future__ import annotations

import os

from greenlint.config.schema import Config
from greenlint.config.toml_file import read_toml
from greenlint.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_OWN = "greenlint.toml"
_SHARED = "pyproject.toml"


def load_config(start: str, *, explicit: str | None = None) -> Config:
    """The configuration that applies to `start` (a file or directory), the nearest file winning.

    The root of a project without configuration is the nearest directory with a .git or pyproject.toml, else `start`.
    Raises ConfigError naming file, line and key.
    """
    directory = os.path.abspath(start)
    if not os.path.isdir(directory):
        directory = os.path.dirname(directory)
    if explicit is not None:
        if not os.path.isfile(explicit):
            raise ConfigError(f"{explicit}: no such configuration file")
        return _read(os.path.abspath(explicit), own=os.path.basename(explicit) != _SHARED, root=directory)
    fallback: str | None = None
    for folder in _upwards(directory):
        config = _in_folder(folder)
        if config is not None:
            return config
        if fallback is None and _looks_like_a_project(folder):
            fallback = folder
    return _with_environment(Config(root=fallback or directory))


def _looks_like_a_project(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, _SHARED)) or os.path.exists(os.path.join(folder, ".git"))


def _upwards(directory: str) -> Iterator[str]:
    """The folder and all those that it lies in."""
    yield directory
    while (parent := os.path.dirname(directory)) != directory:
        yield parent
        directory = parent


def _in_folder(folder: str) -> Config | None:
    """What the files in one folder configure; None when there is nothing about us in them."""
    own, shared = os.path.join(folder, _OWN), os.path.join(folder, _SHARED)
    if os.path.isfile(own):
        return _read(own, own=True)
    if os.path.isfile(shared) and _mentions_us(shared):
        config = _read(shared, own=False)
        return config if config.path is not None else None
    return None


def _mentions_us(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"greenlint" in file.read()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def _read(path: str, *, own: bool, root: str | None = None) -> Config:
    config = _layer(path, Config(root=root or os.path.dirname(path)), own=own)
    return _with_environment(config)


def _layer(path: str, base: Config, *, own: bool, seen: tuple[str, ...] = ()) -> Config:
    """`base` with what the file at `path` sets, after what the file that it extends sets."""
    from greenlint.config.validate import build_config

    if path in seen:
        raise ConfigError(f"{path}: `extend` comes back to itself")
    text, data = read_toml(path)
    table = data if own else _shared_table(path, data)
    if table is None:
        return base
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: [tool.greenlint] is not a table")
    if "extend" in table:
        base_path = _extended(path, table["extend"])
        base = _layer(base_path, base, own=os.path.basename(base_path) != _SHARED, seen=(*seen, path))
    return build_config(path, _shown(path), text, table, base)


def _extended(path: str, target: object) -> str:
    if not isinstance(target, str):
        raise ConfigError(f"{path}: `extend` is the path of another configuration file")
    base_path = os.path.normpath(os.path.join(os.path.dirname(path), os.path.expanduser(target)))
    if not os.path.isfile(base_path):
        raise ConfigError(f"{path}: `extend` names {base_path}, which does not exist")
    return base_path


def _shared_table(path: str, data: dict[str, Any]) -> Any:
    """What pyproject.toml holds about us; None when it says nothing."""
    tool = data.get("tool", {})
    if not isinstance(tool, dict):
        raise ConfigError(f"{path}: [tool] is not a table")
    return tool.get("greenlint")


def _shown(path: str) -> str:
    """The path as a user would write it: relative where the file lies below the current folder."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def _with_environment(config: Config) -> Config:
    """GREENLINT_PROVIDER, GREENLINT_LEDGER and GREENLINT_REQUIRE override the keys of the same name."""
    environ = os.environ
    if not any(name in environ for name in ("GREENLINT_PROVIDER", "GREENLINT_LEDGER", "GREENLINT_REQUIRE")):
        return config
    from greenlint.config.validate import REQUIRE

    require = environ.get("GREENLINT_REQUIRE", config.energy.require)
    if require not in REQUIRE:
        raise ConfigError(f"GREENLINT_REQUIRE must be one of {', '.join(REQUIRE)}, not {require!r}")
    energy = config.energy._replace(
        provider=environ.get("GREENLINT_PROVIDER", config.energy.provider),
        ledger=environ.get("GREENLINT_LEDGER", config.energy.ledger),
        require=require,
    )
    return config._replace(energy=energy)
