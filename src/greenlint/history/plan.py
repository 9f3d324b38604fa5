"""What is the same for all commits of a run, and the key by which a result that is there already is known again."""

from __future__ import annotations

import hashlib
import json
import platform
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.history.commits import Listed
    from greenlint.sampling.sample import Setup

KIND = "history"
LEAST_PROCESSES = 3


class Plan(NamedTuple):
    """How each commit is measured.

    root     of the project; setup  of the processes; commands  benchmarks that are no tests, by name
    prepare  shell command that sets a worktree up, "" for none; machine  as configured
    processes  of each commit; seed  of the order and the hash seeds; machine_class  of this machine
    """

    root: str
    setup: Setup
    commands: Mapping[str, tuple[str, ...]]
    prepare: str
    machine: Mapping[str, Any]
    processes: int
    seed: int
    machine_class: str

    def key(self, commit: Listed) -> str:
        """What a result depends on: the files of the commit, how they are run, and on what."""
        setup = self.setup
        parts = (
            *(commit.tree, self.machine_class, python_name(), self.prepare, dict(self.commands)),
            *(setup.paths, setup.keyword, setup.pythonpath, setup.provider, setup.rounds),
        )
        return hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=10).hexdigest()


def python_name() -> str:
    """The interpreter as series are told apart by it: "CPython 3.12"."""
    return f"{platform.python_implementation()} {'.'.join(platform.python_version_tuple()[:2])}"
