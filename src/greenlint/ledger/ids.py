"""Runs and their content-addressed ids: merging the same run twice changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import time
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from greenlint._version import __version__
from greenlint.model.run import Run

if TYPE_CHECKING:
    from greenlint.model.run import Commit, Machine


def new_run(
    *,
    kind: str,
    machine: Machine,
    commit: Commit | None,
    provider: str,
    method: str,
    project: str = "",
    args: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    facts: dict[str, Any] | None = None,
) -> Run:
    """An open run that starts now; its id hashes what it is, when it began and the process that began it."""
    started = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    identity = {
        "kind": kind,
        "machine": machine._asdict(),
        "commit": commit._asdict() if commit else None,
        "started": started,
        "args": args,
        "process": [os.getpid(), time.perf_counter_ns()],
    }
    digest = hashlib.blake2b(json.dumps(identity, sort_keys=True, default=str).encode(), digest_size=10)
    return Run(
        run_id=digest.hexdigest(),
        kind=kind,
        started_utc=started,
        machine=machine,
        commit=commit,
        tool_version=__version__,
        provider=provider,
        method=method,
        project=os.path.basename(project),
        args=args,
        notes=notes,
        facts=facts or {},
    )
