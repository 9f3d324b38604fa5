"""The verdicts that a report shows: configured budgets through the gate, and budgets of markers on the tests."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.config.schema import Config
    from greenlint.gate.subjects import Evidence
    from greenlint.ledger.store import Ledger
    from greenlint.model.budget import Verdict

_UNITS = {"energy": "J", "cpu": "s"}


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts, and the machine class of the run that they are about."""

    verdicts: tuple[Verdict, ...] = ()
    machine_class: str = ""


def judge_newest(ledger: Ledger, config: Config) -> Judged:
    """One verdict per budget and subject over the newest test run; none when there is no test run and no budget."""
    from greenlint.gate.gate import judge_all
    from greenlint.gate.subjects import gather

    evidence = gather(ledger, None)
    if evidence is None:
        return Judged(_unmeasured(config))
    found = (*judge_all(config.budgets, evidence, None).verdicts, *_of_markers(evidence))
    return Judged(found, evidence.run.machine.machine_class)


def _unmeasured(config: Config) -> tuple[Verdict, ...]:
    from greenlint.model.budget import Outcome, Verdict

    return tuple(
        Verdict(budget, budget.selector, Outcome.UNMEASURED, None, None, None, "unmeasured", "no test run in the ledger")
        for budget in config.budgets
    )


def _of_markers(evidence: Evidence) -> list[Verdict]:
    """Judged anew from the value and the limit that the plug-in stored beside it; the newest attempt counts."""
    from greenlint.analysis.judge import judge, judge_cpu
    from greenlint.gate.subjects import usable
    from greenlint.model.budget import Budget
    from greenlint.model.units import parse_quantity

    found: dict[tuple[str, str], Verdict] = {}
    measurements = evidence.measurements[evidence.run.run_id] if usable(evidence.run) else []
    for one in measurements:
        for quantity, unit in _UNITS.items():
            text = one.extra.get(f"budget_{quantity}")
            if text is None or one.phase != "call":
                continue
            limit = parse_quantity(text, expect=unit)
            budget = Budget("test", one.name, quantity, limit.value, text, "energy_budget marker")
            found[one.name, quantity] = (
                judge(budget, one.energy, one.name) if quantity == "energy" else judge_cpu(budget, one.cpu_ns / 1e9, one.name)
            )
    return list(found.values())
