"""Measures a machine with its counter and with the power model side by side (`greenlint doctor --calibrate`)."""

from __future__ import annotations

import math
import sys
from functools import partial
from time import sleep
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.calibration import Calibration
from greenlint.profiler.providers.model import fit_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.profiler.meter import Meter
    from greenlint.profiler.provider import Context

REST_S = 3.0
LOAD_S = 3.0
_BURNER = "import time\nuntil = time.monotonic() + {seconds}\nvalue = 1\nwhile time.monotonic() < until:\n" \
          "    for turn in range(10000):\n        value = (value * 69069 + turn) & 0xFFFFFFFF\n"  # fmt: skip
_QUIET_CPUS = 0.10


class Level(NamedTuple):
    """Mean power over a stretch of time, W, and how many CPUs were busy in it."""

    watts: float
    cpus: float


def calibrate(
    meter: Meter,
    context: Context,
    *,
    rest: Callable[[], object] = lambda: sleep(REST_S),
    load: Callable[[int], object] = lambda cpus: load_cpus(cpus, LOAD_S),
) -> Calibration:
    """Rest, load one CPU, load all of them; some ten seconds. The machine must have nothing else to do.

    rest, load  how to wait, and how to keep that many CPUs busy for a while
    Raises ProviderError when the meter reads no counter, when other processes are busy, or when the power does not rise.
    """
    if not meter.method.measured:
        raise ProviderError(f"{meter.provider} is no counter: there is nothing to calibrate the model with", "greenlint doctor")
    resting = _level(meter, rest)
    if resting.cpus > _QUIET_CPUS:
        raise ProviderError(
            f"other processes keep {resting.cpus:.1f} CPUs busy: idle power cannot be measured", "calibrate on a quiet machine"
        )
    loads = [_level(meter, partial(load, cpus)) for cpus in dict.fromkeys((1, context.machine.logical_cpus))]
    return summarise(meter, context, resting, loads)


def summarise(meter: Meter, context: Context, rest: Level, loads: list[Level]) -> Calibration:
    """The calibration that follows from the levels. Raises ProviderError when a load did not raise the power."""
    from datetime import datetime, timezone

    slopes = [(load.watts - rest.watts) / (load.cpus - rest.cpus) for load in loads if load.cpus - rest.cpus > 0.5]
    if not slopes or min(slopes) <= 0:
        raise ProviderError("the power did not rise under load: this counter does not follow the CPUs")
    busy_w = math.exp(sum(map(math.log, slopes)) / len(slopes))
    between = (max(slopes) - min(slopes)) / busy_w / math.sqrt(12)
    gain = meter.gain
    model = fit_machine(context)
    return Calibration(
        machine_class=meter.machine.machine_class,
        provider=meter.provider,
        boundary=meter.boundary,
        idle_w=rest.watts,
        u_idle_w=math.hypot(gain * rest.watts, rest.cpus * busy_w),
        busy_w=busy_w,
        spread=math.hypot(gain, between),
        model_idle_w=model.idle_w,
        model_busy_w=model.dynamic_w,
        model=model.version,
        date=datetime.now(timezone.utc).date().isoformat(),
    )


def _level(meter: Meter, action: Callable[[], object]) -> Level:
    busy = meter.clock.busy_clock()
    try:
        start, busy_before = meter.read(), busy.read().busy_ns
        action()
        end, busy_after = meter.read(), busy.read().busy_ns
    finally:
        busy.close()
    if meter.invalid:
        raise ProviderError(f"the counter failed while calibrating: {meter.invalid}")
    joules = (sum(end.counters) - sum(start.counters)) / 1e6
    elapsed_ns = end.t_ns - start.t_ns
    return Level(joules * 1e9 / elapsed_ns, (busy_after - busy_before) / elapsed_ns)


def load_cpus(count: int, seconds: float) -> None:
    """Keep `count` CPUs busy in processes of their own."""
    import subprocess

    code = _BURNER.format(seconds=seconds)
    burners = [subprocess.Popen([sys.executable, "-I", "-S", "-c", code]) for _ in range(count)]
    for burner in burners:
        burner.wait()
