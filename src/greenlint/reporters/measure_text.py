"""What `greenlint measure` says about a command, for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlint.model.energy import format_joules
from greenlint.model.format import format_quantity
from greenlint.reporters.encoding import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.model.energy import Energy
    from greenlint.model.measurement import Measurement
    from greenlint.profiler.command import CommandResult
    from greenlint.profiler.meter import Meter


_MARGIN = 14


def render(results: list[CommandResult], meter: Meter, warnings: tuple[str, ...], width: int = 80) -> str:
    """Energy with its parts and provenance, then time and memory; with repeats the median and the range.

    Wrapped to `width` columns.
    """
    chosen = sorted(results, key=lambda result: result.cpu_ns)[len(results) // 2]
    energy = chosen.measurement.energy
    lines = []
    if meter.invalid:
        lines.append(("energy", f"no valid measurement: {meter.invalid}"))
    elif energy is not None:
        lines.append(("energy", f"{format_joules(energy)}  {energy.method.mark} by {energy.provider}"))
        idle, dynamic = format_quantity(energy.idle_j, "J"), format_quantity(energy.dynamic_j, "J")
        lines.append(("", f"{dynamic} above idle + {idle} idle · {energy.boundary}"))
    for device in chosen.devices:
        lines.append(("beside it", f"{format_joules(device)}  {device.method.mark} by {device.provider} · {device.boundary}"))
    wall_s = max(chosen.wall_ns, 1) / 1e9
    lines.append(("CPU time", f"{format_quantity(chosen.cpu_ns / 1e9, 's')}  whole process tree"))
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


def _row(label: str, text: str, width: int) -> str:
    import textwrap

    first, *rest = textwrap.wrap(visible(text), max(width, 40) - _MARGIN, break_long_words=False) or [""]
    return f"{label:>{_MARGIN - 2}}  {first}\n" + "".join(f"{'':{_MARGIN}}{line}\n" for line in rest)


def _peak(result: CommandResult) -> str:
    if result.peak_bytes is not None:
        return f"{result.peak_bytes / 1e6:.1f} MB"
    return f"below {result.peak_below / 1e6:.1f} MB, the least that can be told here" if result.peak_below else "unknown"


def as_object(results: list[CommandResult], meter: Meter, warnings: tuple[str, ...]) -> dict[str, Any]:
    """The JSON object of `greenlint measure --json`, version 1."""
    runs = [
        run_object(
            result.measurement,
            result.devices,
            invalid=bool(meter.invalid),
            returncode=result.returncode,
            timed_out=result.timed_out,
            peak_below_bytes=result.peak_below or None,
        )
        for result in results
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
) -> dict[str, Any]:
    """The fields of one run; the last three are of commands only."""
    return {
        **measurement.to_json(),
        "energy": None if invalid or not measurement.energy else measurement.energy.to_json(),
        "devices": [device.to_json() for device in devices],
        "peak_below_bytes": peak_below_bytes,
        "returncode": returncode,
        "timed_out": timed_out,
    }
