"""Reads a TOML file that a user wrote: whatever is wrong with it is one line that names the file."""

from __future__ import annotations

from greenlint.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def read_toml(path: str) -> tuple[str, dict[str, Any]]:
    """The text of the file and what it says. Raises ConfigError."""
    from greenlint.config.toml_parser import TOMLDecodeError, loads

    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8")
        return text, loads(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 (byte {error.start})") from error
    except TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deeply") from error
