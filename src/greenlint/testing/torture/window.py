"""greenlint's own answer on a machine of the torture table: one window of rest, measured as `greenlint measure` does.

    python -m greenlint.testing.torture.world CASE -- python -m greenlint.testing.torture.window

Prints one JSON object, which `judge` reads.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from greenlint.testing.torture.observe import answer

if TYPE_CHECKING:
    from greenlint.model.energy import Energy
    from greenlint.profiler.meter import Meter
    from greenlint.profiler.provider import Provider
    from greenlint.profiler.reading import Reading
    from greenlint.testing.torture.observe import Begin, End


def _prepare(_case: str) -> tuple[Begin, End]:
    from greenlint.errors import ProviderError
    from greenlint.profiler.meter import Meter

    root = os.environ.get("GREENLINT_TORTURE_ROOT")
    try:
        meter = Meter.open(_injected(root) if root else "auto")
    except ProviderError as error:  # a provider that is asked for by name has nothing to fall back to
        refusal = {"text": str(error), "measured": False, "invalid": None, "said": [error.message, error.hint]}
        return lambda: None, lambda: refusal
    start: list[Reading] = []
    return lambda: start.append(meter.read()), lambda: _finish(meter, start[0])


def _injected(root: str) -> Provider:
    from greenlint.profiler.providers.rapl_powercap import RaplPowercap

    return RaplPowercap(root, f"{os.path.dirname(root)}/cpu")


def _finish(meter: Meter, start: Reading) -> dict[str, Any]:
    end = meter.read()
    energy = meter.energy(start, end, idle="wall")
    assert energy is not None, "only a proxy claims no joules"
    warnings = meter.close()
    return {
        "window_s": (end.t_ns - start.t_ns) / 1e9,
        "text": f"no value ({meter.invalid})" if meter.invalid else str(energy),
        "measured": energy.method.measured and meter.invalid is None,
        "invalid": meter.invalid,
        "value": energy.to_json(),
        "said": [*_told(meter), *warnings, *energy.warnings, energy.boundary],
        **_parts(meter, energy),
    }


def _told(meter: Meter) -> list[str]:
    """What `greenlint doctor` says about each provider."""
    return [f"{probe.name}: {probe.reason}; {probe.remedy}; {dict(probe.facts)}" for probe in meter.probes]


def _parts(meter: Meter, energy: Energy) -> dict[str, float | None]:
    """greenlint gives one value for packages and DRAM together."""
    counted = energy.method.measured and meter.invalid is None
    return {"package_j": energy.energy_j if counted else None, "dram_j": None}


if __name__ == "__main__":
    answer("greenlint", "greenlint", _prepare)
