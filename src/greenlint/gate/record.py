"""Puts repeated processes into the ledger: one row for each process and benchmark, what does not count with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlint.analysis.stats import median
from greenlint.ledger.ids import new_run
from greenlint.model.energy import Method
from greenlint.model.measurement import Measurement
from greenlint.profiler.machine import describe_machine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from greenlint.gate.against import Against
    from greenlint.model.run import Commit, Run
    from greenlint.sampling.collecting import Pair
    from greenlint.sampling.sample import Process, Value


def run_of(
    kind: str, processes: Iterable[Process], commit: Commit | None, project: str, args: Sequence[str], facts: dict[str, Any]
) -> Run:
    """The run of processes, with the provider and method that their values name."""
    done = list(processes)
    methods = {value.method for process in done for value in process.values.values() if value.method}
    return new_run(
        kind=kind,
        machine=describe_machine(),
        commit=commit,
        provider=next((process.provider for process in done if process.provider), ""),
        method=methods.pop() if len(methods) == 1 else Method.PROXY.value,
        project=project,
        args=tuple(args),
        facts=facts,
    )


def rows_of(process: Process, number: int, facts: dict[str, str], excluded: str = "") -> list[Measurement]:
    """The rows of one process, the benchmarks that failed in it included; `number` counts processes or pairs from 1."""
    shared = {**facts, "hash_seed": str(process.seed)}
    if process.stolen:
        shared["stolen"] = f"{process.stolen:.3f}"
    rows = [_row(name, value, number, shared, excluded) for name, value in process.values.items()]
    rows += [
        Measurement(name, "bench", None, 0, 0, outcome="failed", attempt=number, excluded=words, extra=shared)
        for name, words in process.failed.items()
    ]
    return rows


def _row(name: str, value: Value, number: int, facts: dict[str, str], excluded: str) -> Measurement:
    """Totals over the iterations, as every row has them: per iteration is total over `iterations`."""
    wall_s = median(value.wall_rounds) if value.wall_rounds else 0.0
    extra = {**facts, "iterations": str(value.iterations)}
    if value.instructions is not None:
        extra["instructions"] = f"{value.instructions * value.iterations:.0f}"
        excluded = excluded or "only its instructions were counted"
    return Measurement(
        name,
        "bench",
        value.energy,
        round(wall_s * value.iterations * 1e9),
        round(value.cpu_s * value.iterations * 1e9),
        attempt=number,
        excluded=excluded,
        extra=extra,
    )


def gate_run(result: Against, commit: Commit | None, project: str, args: Sequence[str]) -> Run:
    """The run of a comparison, of kind "gate"; what was found is in its facts."""
    found = {
        one.name: {"verdict": one.verdict.value, "ratio": one.change.ratio if one.change else None} for one in result.results
    }
    facts = {
        "base": result.base,
        "head": result.head,
        "metric": result.metric,
        "seed": result.settings.seed,
        "min_effect": result.settings.min_effect,
        "results": found,
    }
    processes = [side for pair in result.pairs for side in (pair.base, pair.head)]
    return run_of("gate", processes, commit, project, args, facts)


def gate_rows(pairs: Iterable[Pair]) -> list[Measurement]:
    """Every process of every pair, with its side."""
    return [
        row
        for pair in pairs
        for side, process in (("base", pair.base), ("head", pair.head))
        for row in rows_of(
            process, pair.number, {"side": side, "stage": str(pair.stage), "pair": str(pair.number)}, pair.excluded
        )
    ]
