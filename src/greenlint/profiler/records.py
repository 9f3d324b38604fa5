"""Small JSON files about this machine, one list of records each, that a command writes and later sessions read."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class RecordFile(NamedTuple):
    """A kind of file.

    what     its name in words; key  under which its records stand
    version  another one is an error that names the file; remedy  what to do about a broken file
    """

    what: str
    key: str
    version: int
    remedy: str

    def load(self, path: str) -> list[Any]:
        """The records in a file, not looked at yet; none without a file. Raises ConfigError for a broken one."""
        import json

        try:
            with open(path, encoding="utf-8") as file:
                stored = json.load(file)
        except FileNotFoundError:
            return []
        except (OSError, ValueError, RecursionError) as error:
            raise ConfigError(f"{path}: cannot be read: {error}", self.remedy) from error
        if not isinstance(stored, dict) or stored.get("version") != self.version or not isinstance(stored.get(self.key), list):
            raise ConfigError(f"{path}: not a {self.what} file of version {self.version}", self.remedy)
        return list(stored[self.key])

    def save(self, path: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Write the whole file at once, in a folder that is made where there is none. Raises OSError."""
        replace_json(path, {"version": self.version, self.key: list(records)}, indent=1)


def replace_json(path: str, data: object, indent: int | None = None) -> None:
    """Write a file whole or not at all, and its folder where there is none. Raises OSError; then nothing is left over."""
    import json

    part = f"{path}.{os.getpid()}"
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    try:
        with open(part, "w", encoding="utf-8") as file:
            json.dump(data, file, indent=indent)
            file.write("\n")
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            os.remove(part)
        raise
