"""Runs and their content-addressed ids: merging the same run twice changes nothing, and a changed run is found."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from greenlint import __version__
from greenlint.lean import blake2b
from greenlint.model.run import Run
from greenlint.model.text import encodable

if TYPE_CHECKING:
    from greenlint.model.run import Commit, Machine

ORIGIN = "origin"
"""The fact of a run that tells it from one with the same content: when it was made, and by which process."""


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
    run = Run(
        run_id="",
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
        facts={**(facts or {}), ORIGIN: f"{started} {os.getpid()} {time.perf_counter_ns()}"},
    )
    return run._replace(run_id=content_id(run))


def content_id(run: Run) -> str:
    """The id that the content of a run has; "" for one that does not say where it came from, as older ones do not.

    Notes, facts and status, which may become known later, are no part of it.
    """
    origin = run.facts.get(ORIGIN)
    if not isinstance(origin, str):
        return ""
    identity = {
        "kind": run.kind,
        "machine": run.machine.machine_id,
        "commit": [run.commit.sha, run.commit.dirty] if run.commit else None,
        "tool": run.tool_version,
        "provider": run.provider,
        "method": run.method,
        "project": encodable(run.project),
        "args": [encodable(text) for text in run.args],
        "origin": origin,
    }
    return blake2b(json.dumps(identity, sort_keys=True).encode(), digest_size=10).hexdigest()
