"""What `greenlint measure` says about a command, for people and as JSON."""

from __future__ import annotations

from greenlint.model.energy import Method, format_joules
from greenlint.model.format import format_quantity
from greenlint.reporters.encoding import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from greenlint.carbon.score import Footprint
    from greenlint.model.energy import Energy
    from greenlint.model.measurement import Measurement
    from greenlint.profiler.command import CommandResult
    from greenlint.profiler.meter import Meter


_MARGIN = 14


def render(
    results: list[CommandResult],
    meter: Meter,
    warnings: tuple[str, ...],
    footprints: Sequence[Footprint | None] | None = None,
    width: int = 80,
) -> str:
    """Energy with its parts and provenance, carbon when asked for, then time and memory; with repeats the median and the range.

    footprints  one for each result, None where it has no energy; no list at all when nobody asked
    Wrapped to `width` columns.
    """
    number = sorted(range(len(results)), key=lambda number: results[number].cpu_ns)[len(results) // 2]
    chosen = results[number]
    lines = _energy(chosen, meter)
    if footprints is not None:
        lines += _carbon(footprints[number], meter)
    wall_s = max(chosen.wall_ns, 1) / 1e9
    lines.append(("CPU time", f"{format_quantity(chosen.cpu_ns / 1e9, 's')}  whole process tree{_clock(meter)}"))
    lines += _instructions(chosen)
    lines.append(("wall time", f"{format_quantity(wall_s, 's')}  {chosen.cpu_ns / 1e9 / wall_s:.2f} cores busy on average"))
    lines.append(("peak memory", _peak(chosen)))
    if len(results) > 1:
        times = sorted(result.cpu_ns / 1e9 for result in results)
        spread = f"{format_quantity(times[0], 's')} to {format_quantity(times[-1], 's')}"
        lines.append(("repeats", f"{len(results)}; shown is the run of median CPU time, all were {spread}"))
    if chosen.timed_out:
        lines.append(("timeout", "the command was killed"))
    lines += [("warning", warning) for warning in dict.fromkeys(warnings)]
    return "".join(_row(label, text, width) for label, text in lines)


def _energy(result: CommandResult, meter: Meter) -> list[tuple[str, str]]:
    energy, lines = result.measurement.energy, []
    if meter.invalid:
        lines.append(("energy", f"no valid measurement: {meter.invalid}"))
    elif energy is not None:
        lines.append(("energy", f"{format_joules(energy)}  {energy.method.mark} by {energy.provider}"))
        idle, dynamic = format_quantity(energy.idle_j, "J"), format_quantity(energy.dynamic_j, "J")
        lines.append(("", f"{dynamic} above idle + {idle} idle · {energy.boundary}"))
    elif meter.method is Method.PROXY:
        lines.append(
            ("energy", f"no joules are claimed by {meter.provider}: compare CPU time and instructions, on one machine")
        )
    for device in result.devices:
        lines.append(("beside it", f"{format_joules(device)}  {device.method.mark} by {device.provider} · {device.boundary}"))
    return lines


def _carbon(footprint: Footprint | None, meter: Meter) -> list[tuple[str, str]]:
    from greenlint.reporters.carbon_text import footprint_rows, unknown_rows

    if footprint is not None:
        return footprint_rows(footprint)
    return unknown_rows(no_energy(meter.provider, meter.invalid))


def no_energy(provider: str, invalid: str | None) -> str:
    """Why there is no energy, for what would have been derived from it."""
    return f"no valid measurement of energy: {invalid}" if invalid else f"{provider} claims no joules"


def _clock(meter: Meter) -> str:
    """Of a proxy the CPU time is the result, so how it was counted belongs to it."""
    return f", by {meter.clock.kind}" if meter.method is Method.PROXY else ""


def _instructions(result: CommandResult) -> list[tuple[str, str]]:
    facts = result.measurement.extra
    if "instructions" in facts:
        return [("instructions", f"{int(facts['instructions']):,}  {facts['instructions_kind']}")]
    return [("instructions", f"not counted: {facts['instructions_missing']}")] if "instructions_missing" in facts else []


def _row(label: str, text: str, width: int) -> str:
    import textwrap

    first, *rest = textwrap.wrap(visible(text), max(width, 40) - _MARGIN, break_long_words=False) or [""]
    return f"{label:>{_MARGIN - 2}}  {first}\n" + "".join(f"{'':{_MARGIN}}{line}\n" for line in rest)


def _peak(result: CommandResult) -> str:
    if result.peak_bytes is not None:
        return f"{result.peak_bytes / 1e6:.1f} MB"
    return f"below {result.peak_below / 1e6:.1f} MB, the least that can be told here" if result.peak_below else "unknown"


def as_object(
    results: list[CommandResult],
    meter: Meter,
    warnings: tuple[str, ...],
    footprints: Sequence[Footprint | None] | None = None,
) -> dict[str, Any]:
    """The JSON object of `greenlint measure --json`, version 1."""
    runs = [
        run_object(
            result.measurement,
            result.devices,
            invalid=bool(meter.invalid),
            returncode=result.returncode,
            timed_out=result.timed_out,
            peak_below_bytes=result.peak_below or None,
            footprint=footprint,
        )
        for result, footprint in zip(results, footprints or [None] * len(results))
    ]
    return {"version": 1, **session_object(meter.provider, meter.machine.machine_class, meter.invalid, warnings), "runs": runs}


def session_object(provider: str, machine_class: str, invalid: str | None, warnings: Iterable[str]) -> dict[str, Any]:
    """The fields of a session, for measurements of any origin."""
    return {
        "machine_class": machine_class,
        "provider": provider,
        "invalid": invalid,
        "warnings": list(dict.fromkeys(warnings)),
    }


def run_object(
    measurement: Measurement,
    devices: Iterable[Energy] = (),
    *,
    invalid: bool = False,
    returncode: int | None = None,
    timed_out: bool = False,
    peak_below_bytes: int | None = None,
    footprint: Footprint | None = None,
) -> dict[str, Any]:
    """The fields of one run; exit code, time limit and the bound of the peak are of commands only.

    footprint  None when nobody asked for carbon, or there is no energy
    """
    return {
        **measurement.to_json(),
        "energy": None if invalid or not measurement.energy else measurement.energy.to_json(),
        "devices": [device.to_json() for device in devices],
        "carbon": footprint.to_json() if footprint else None,
        "sci": footprint.sci.to_json() if footprint and footprint.sci else None,
        "peak_below_bytes": peak_below_bytes,
        "returncode": returncode,
        "timed_out": timed_out,
    }
