"""The run under which `greenlint measure` and `greenlint.measure` store what a meter has measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.ledger.git import describe_commit
from greenlint.ledger.ids import new_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.model.run import Run
    from greenlint.profiler.meter import Meter


def measure_run(meter: Meter, root: str, args: Sequence[str]) -> Run:
    """A new run of the project at `root`; `args` is what was called."""
    return new_run(
        kind="measure",
        machine=meter.machine,
        commit=describe_commit(root),
        provider=meter.provider,
        method=meter.method.value,
        project=root,
        args=tuple(args),
    )
