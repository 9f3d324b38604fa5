"""A run: everything that one session measured, on which machine, of which commit."""

from __future__ import annotations

import json

from greenlint.lean import blake2b
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Machine(NamedTuple):
    """The machine of a run; values of different `machine_class` are never compared."""

    machine_class: str
    cpu_model: str
    logical_cpus: int
    ram_bytes: int
    virtualised: bool
    os: str
    kernel: str

    @property
    def machine_id(self) -> str:
        """A short hash of all fields; no host name, no serial number, nothing about a person."""
        return blake2b(json.dumps(self._asdict(), sort_keys=True).encode(), digest_size=8).hexdigest()


class Commit(NamedTuple):
    """The commit of the working tree; `dirty` when tracked files differ from it."""

    sha: str
    parent: str
    author_time: int
    dirty: bool
    branch: str
    subject: str = ""


class Run(NamedTuple):
    """One session: `kind` is account | bench | gate | compare | measure | check | history | bisect."""

    run_id: str
    kind: str
    started_utc: str
    machine: Machine
    commit: Commit | None
    tool_version: str
    provider: str
    method: str
    project: str = ""
    status: str = "open"
    args: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = {}
