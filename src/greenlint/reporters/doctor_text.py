"""The diagnosis on one screen, and as JSON."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from greenlint.model.format import format_quantity
from greenlint.plugins.discovery import SWITCH
from greenlint.reporters.base import plain
from greenlint.reporters.encoding import visible

if TYPE_CHECKING:
    from greenlint.plugins.manager import Plugin
    from greenlint.profiler.diagnosis import Diagnosis
    from greenlint.reporters.base import Style

_COLOURS = {"found": "green", "refused": "yellow", "unavailable": "dim"}


def render(diagnosis: Diagnosis, width: int, style: Style = plain) -> str:
    """One screen, wrapped to `width` columns."""
    machine = diagnosis.machine
    kind = "virtual" if machine.virtualised else "bare metal"
    size = f"{machine.logical_cpus} CPUs, {machine.ram_bytes / 2**30:.0f} GiB"
    lines = _row("machine", f"{machine.machine_class} ({kind}): {machine.cpu_model}, {size}", width)
    energy = "\n".join(_row("energy", f"{diagnosis.chosen}: {diagnosis.method}, {diagnosis.boundary}", width))
    lines.append(energy.replace(diagnosis.chosen, style(diagnosis.chosen, bold=True), 1))
    if diagnosis.problem:
        lines += [style(line, fg="yellow") for line in _row("", diagnosis.problem, width)]
    lines += _row("idle", _idle(diagnosis), width)
    lines += _row("CPU time", diagnosis.clock, width)
    lines += _row("user", diagnosis.privilege, width)
    if diagnosis.load is not None:
        busy = " (busy: expect noise)" if diagnosis.load > machine.logical_cpus / 2 else ""
        lines += _row("load", f"{diagnosis.load:.1f} of {machine.logical_cpus}{busy}", width)
    lines += _row("ledger", diagnosis.ledger + (f": {diagnosis.ledger_problem}" if diagnosis.ledger_problem else ""), width)
    lines += _row("git", diagnosis.git, width)
    lines += _row("plug-ins", _plugins(diagnosis), width)
    lines += ["", "providers"]
    for probe in diagnosis.probes:
        status = style(f"{probe.status:<11}", fg=_COLOURS.get(probe.status))
        taken = style("  <- taken", bold=True) if diagnosis.chosen.partition(":")[0] == probe.name else ""
        lines.append(f"  {probe.name:<14} {status}{taken}")
        facts = "; ".join(f"{key} {value}" for key, value in probe.facts.items() if probe.found)
        for text in (probe.reason, facts, probe.remedy and f"to do: {probe.remedy}"):
            lines += textwrap.wrap(text or "", max(30, width - 6), initial_indent="      ", subsequent_indent="      ")
    missing = [extra for extra, there in diagnosis.extras.items() if not there]
    if missing:
        lines += ["", f"not installed: {', '.join(missing)} (pip install 'greenlint[{','.join(missing)}]')"]
    return "\n".join(lines) + "\n"


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
    machine = diagnosis.machine
    return {
        "version": 1,
        "machine": {
            "machine_class": machine.machine_class,
            "cpu_model": machine.cpu_model,
            "logical_cpus": machine.logical_cpus,
            "ram_bytes": machine.ram_bytes,
            "virtualised": machine.virtualised,
            "os": machine.os,
            "kernel": machine.kernel,
        },
        "chosen": diagnosis.chosen,
        "method": diagnosis.method,
        "boundary": diagnosis.boundary,
        "clock": diagnosis.clock,
        "problem": diagnosis.problem,
        "idle": {"watts": diagnosis.idle.watts, "u_watts": diagnosis.idle.u_watts, "origin": diagnosis.idle.origin},
        "privilege": diagnosis.privilege,
        "load": diagnosis.load,
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
