"""The diagnosis on one screen, and as JSON."""

from __future__ import annotations

import textwrap

from greenlint.model.format import format_quantity
from greenlint.plugins.discovery import SWITCH
from greenlint.reporters.base import plain
from greenlint.reporters.encoding import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.plugins.manager import Plugin
    from greenlint.profiler.calibration import Calibration
    from greenlint.profiler.diagnosis import Diagnosis
    from greenlint.profiler.noise import Noise
    from greenlint.profiler.provider import Probe
    from greenlint.reporters.base import Style

_COLOURS = {"found": "green", "refused": "yellow", "unavailable": "dim"}
_GRADES = {"A": "green", "B": "green", "C": "yellow", "D": "red"}


def render(diagnosis: Diagnosis, width: int, style: Style = plain) -> str:
    """One screen, wrapped to `width` columns."""
    machine = diagnosis.machine
    kind = "virtual" if machine.virtualised else "bare metal"
    size = f"{machine.logical_cpus} CPUs, {machine.ram_bytes / 2**30:.0f} GiB"
    lines = _row("machine", f"{machine.machine_class} ({kind}): {machine.cpu_model}, {size}", width)
    lines += _grade(diagnosis, width, style)
    energy = "\n".join(_row("energy", f"{diagnosis.chosen}: {diagnosis.method}, {diagnosis.boundary}", width))
    lines.append(energy.replace(diagnosis.chosen, style(diagnosis.chosen, bold=True), 1))
    if diagnosis.problem:
        lines += [style(line, fg="yellow") for line in _row("", diagnosis.problem, width)]
    lines += _row("idle", _idle(diagnosis), width)
    lines += _row("noise", _noise(diagnosis.noise), width)
    lines += _row("clock", _clock(diagnosis), width)
    lines += _row("user", diagnosis.privilege, width)
    if diagnosis.calibration is not None:
        lines += _row("calibrated", _ratio(diagnosis.calibration), width)
    lines += _row("ledger", diagnosis.ledger + (f": {diagnosis.ledger_problem}" if diagnosis.ledger_problem else ""), width)
    lines += _row("git", diagnosis.git, width)
    lines += _row("plug-ins", _plugins(diagnosis), width)
    lines += ["", "providers", *_providers(diagnosis, width, style)]
    missing = [extra for extra, there in diagnosis.extras.items() if not there]
    if missing:
        lines += ["", f"not installed: {', '.join(missing)} (pip install 'greenlint[{','.join(missing)}]')"]
    return "\n".join(lines) + "\n"


def _grade(diagnosis: Diagnosis, width: int, style: Style) -> list[str]:
    letter, reasons = diagnosis.grade
    text = "; ".join(reasons) or "a counter, nobody else at work, a fixed clock"
    first, *rest = _row("grade", f"{letter}: {text}", width)
    return [first.replace(f" {letter}:", f" {style(letter, fg=_GRADES[letter], bold=True)}:", 1), *rest]


def _providers(diagnosis: Diagnosis, width: int, style: Style) -> list[str]:
    """Those of the automatic choice with their facts and what to do; in short those by name, and those not to be had here."""
    chosen = diagnosis.chosen.partition(":")[0]
    brief = {probe.name for probe in diagnosis.probes if probe.name in diagnosis.by_name and probe.name != chosen}
    absent = {probe.name for probe in diagnosis.probes if probe.status == "unavailable" and not probe.remedy} - brief
    lines: list[str] = []
    for probe in diagnosis.probes:
        if probe.name not in absent | brief:
            lines += _provider(probe, width, style, taken=probe.name == chosen)
    for label, names in (("not here: ", absent), ("only by name (--provider NAME): ", brief)):
        told = [_in_short(probe, with_status=names is brief) for probe in diagnosis.probes if probe.name in names]
        lines += _indented(label + "; ".join(told), "  ", width) if told else []
    return lines


def _provider(probe: Probe, width: int, style: Style, *, taken: bool) -> list[str]:
    status = style(f"{probe.status:<11}", fg=_COLOURS.get(probe.status))
    mark = style("  <- taken", bold=True) if taken else ""
    facts = "; ".join(f"{key} {value}" for key, value in probe.facts.items() if probe.found)
    lines = [f"  {probe.name:<14} {status}{mark}".rstrip()]
    lines += _indented(f"{probe.reason}; {facts}" if facts else probe.reason, "      ", width)
    return lines + (_indented(f"to do: {probe.remedy}", "      ", width) if probe.remedy else [])


def _in_short(probe: Probe, *, with_status: bool) -> str:
    if with_status and probe.found:
        return f"{probe.name} found"
    return f"{probe.name} {probe.status} ({probe.reason})" if with_status else f"{probe.name} ({probe.reason})"


def _indented(text: str, indent: str, width: int) -> list[str]:
    return textwrap.wrap(visible(text), max(30, width - 6), initial_indent=indent, subsequent_indent="      ")


def _noise(noise: Noise) -> str:
    text = (
        f"the same {noise.work_s * 1e3:.0f} ms of work spreads by {noise.cpu:.1%} in CPU time, {noise.wall:.1%} in elapsed time"
    )
    others = f"; others kept {noise.others_cpus:.1f} CPUs busy" if noise.others_cpus >= 0.05 else ""
    return text + others + (f"; {noise.stolen:.1%} stolen" if noise.stolen >= 0.001 else "")


def _clock(diagnosis: Diagnosis) -> str:
    conditions = diagnosis.conditions
    known = {"governor": conditions.governor, "turbo": conditions.turbo, "SMT": conditions.smt}
    load = "" if conditions.load is None else f"load {conditions.load:.1f} of {diagnosis.machine.logical_cpus}"
    facts = [f"{name} {value}" for name, value in known.items() if value]
    return "; ".join([f"CPU time by {diagnosis.clock}", *facts, *([load] if load else [])])


def _ratio(calibration: Calibration) -> str:
    return (
        f"a busy CPU draws {calibration.ratio:.2f} times what the model says "
        f"({calibration.busy_w:.2f} W against {calibration.model_busy_w:.2f} W, {calibration.provider}, {calibration.date})"
    )


def render_calibration(calibration: Calibration, path: str, width: int) -> str:
    """What `--calibrate` measured, and where it is kept."""
    idle, u_idle, busy, u_busy = calibration.idle_w, calibration.u_idle_w, calibration.busy_w, calibration.spread
    rows = (
        ("machine", calibration.machine_class),
        ("counter", f"{calibration.provider}: {calibration.boundary}"),
        ("idle", f"{idle:.2f} W ± {u_idle:.2f} W measured, the model says {calibration.model_idle_w:.2f} W"),
        ("busy CPU", f"{busy:.2f} W ± {busy * u_busy:.2f} W above idle, the model says {calibration.model_busy_w:.2f} W"),
        ("ratio", f"{calibration.ratio:.2f} (model {calibration.model})"),
        ("kept in", path),
    )
    return "".join(f"{line}\n" for label, text in rows for line in _row(label, text, width))


def calibration_object(calibration: Calibration) -> dict[str, Any]:
    """The JSON fields of a calibration."""
    return {**calibration._asdict(), "ratio": calibration.ratio}


def _row(label: str, text: str, width: int) -> list[str]:
    """The text beside its label; a path that is longer than a line stays whole."""
    indent, later = f"{label:<10}", " " * 10
    wrapper = textwrap.TextWrapper(max(40, width), indent, later, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(visible(text))


def _idle(diagnosis: Diagnosis) -> str:
    watts, u_watts, origin, _ = diagnosis.idle
    return f"{format_quantity(watts, 'W')} ± {format_quantity(u_watts, 'W')} ({origin})" if watts else origin


def _plugins(diagnosis: Diagnosis) -> str:
    if diagnosis.plugins_off:
        return f"switched off ({SWITCH} is set)"
    shown = [
        f"{plugin} ({f'not loaded: {plugin.problem}' if plugin.problem else _hooks(plugin)})" for plugin in diagnosis.plugins
    ]
    return "; ".join(shown) or "none"


def _hooks(plugin: Plugin) -> str:
    return ", ".join(hook.removeprefix("greenlint_").replace("_", " ") for hook in plugin.hooks)


def as_object(diagnosis: Diagnosis) -> dict[str, Any]:
    """The JSON object of `greenlint doctor --json`, version 1."""
    return {
        "version": 1,
        "machine": diagnosis.machine._asdict(),
        "chosen": diagnosis.chosen,
        "method": diagnosis.method,
        "boundary": diagnosis.boundary,
        "clock": diagnosis.clock,
        "problem": diagnosis.problem,
        "idle": {"watts": diagnosis.idle.watts, "u_watts": diagnosis.idle.u_watts, "origin": diagnosis.idle.origin},
        "privilege": diagnosis.privilege,
        "load": diagnosis.conditions.load,
        "grade": {"letter": diagnosis.grade.letter, "reasons": list(diagnosis.grade.reasons)},
        "conditions": diagnosis.conditions._asdict(),
        "noise": diagnosis.noise._asdict(),
        "calibration": calibration_object(diagnosis.calibration) if diagnosis.calibration else None,
        "ledger": {"path": diagnosis.ledger, "problem": diagnosis.ledger_problem},
        "git": diagnosis.git,
        "extras": diagnosis.extras,
        "plugins": [
            {"package": plugin.package, "version": plugin.version, "hooks": list(plugin.hooks), "problem": plugin.problem}
            for plugin in diagnosis.plugins
        ],
        "providers": [
            {
                "name": probe.name,
                "status": probe.status,
                "reason": probe.reason,
                "remedy": probe.remedy,
                "method": probe.method.value if probe.method else None,
                "domains": list(probe.domains),
                "facts": dict(probe.facts),
            }
            for probe in diagnosis.probes
        ],
    }
