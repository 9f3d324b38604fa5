"""The meter as a counter: a thread asks it at its pace, watts are integrated, counters are unwrapped where they are read.

Single requests get lost on a wireless network. A meter that does not answer is waited for as long as one that is merely
stale would be; then every read fails, which makes the session invalid.
"""

from __future__ import annotations

from time import monotonic, perf_counter_ns
from typing import TYPE_CHECKING, Protocol

from greenlint.model.energy import Method
from greenlint.profiler.meters.settings import COUNTERS, GAUGES
from greenlint.profiler.polled import Integral, PolledCounter
from greenlint.profiler.provider import Domain
from greenlint.profiler.unwrap import SLACK_S, step

if TYPE_CHECKING:
    from greenlint.profiler.meters.settings import MeterSettings

_SHORTEST_S, _LONGEST_S = 0.5, 5.0


class Reader(Protocol):
    """Asks a meter for the number that stands there; one per kind."""

    def __call__(self, limit_s: float) -> float:
        """At most about `limit_s`. Raises OSError for what may pass, ValueError for what will not."""


def make_reader(settings: MeterSettings) -> Reader:
    """The reader of the kind. Nothing is asked yet. Raises ConfigError."""
    if settings.kind == "file":
        from greenlint.profiler.meters.file import FileMeter

        return FileMeter(settings)
    if settings.kind == "prometheus":
        from greenlint.profiler.meters.prometheus import PrometheusMeter

        return PrometheusMeter(settings)
    from greenlint.profiler.meters.http_json import HttpMeter

    return HttpMeter(settings)


def check_plausible(value: float, settings: MeterSettings) -> float:
    """A number in the unit of the settings. Raises ValueError for one that no meter shows."""
    if not 0 <= value < float("inf"):
        raise ValueError(f"the meter shows {value:g} {settings.quantity}: neither negative nor infinite values can be used")
    watts = value * GAUGES.get(settings.quantity, 0.0)
    if watts > settings.max_w:
        raise ValueError(f"the meter shows {watts:.4g} W, more than max_w = {settings.max_w:g}: is quantity right?")
    return value


class MeterSource(PolledCounter):
    """What the provider opens."""

    def __init__(self, settings: MeterSettings) -> None:
        """Asks the meter once. Raises ConfigError, OSError or ValueError."""
        self._settings, self._ask = settings, make_reader(settings)
        self._limit_s = min(max(settings.period_s, _SHORTEST_S), _LONGEST_S)
        self._count = Integral(self._watts, settings.period_s) if settings.quantity in GAUGES else _Unwrapped(self)
        self._answered_s = monotonic()
        self._silence: OSError | None = None
        self._counted: tuple[int, ...] = ()
        # A slow counter delivers seconds' worth of energy at once, long after the read before it.
        at_once_w = settings.max_w * max(1.0, (settings.stale_s + settings.period_s) / SLACK_S)
        super().__init__(
            self._patient,
            name="meter",
            method=Method.METER,
            boundary=boundary(settings),
            domains=(Domain("meter-0", 0, at_once_w),),
            period_s=settings.period_s,
            gain=settings.accuracy,
            identity=identity(settings),
        )

    def read(self) -> tuple[int, ...]:
        """Microjoules as last polled. Raises OSError or ValueError when the meter is silent for too long, or wrong."""
        values = super().read()
        silent_s = monotonic() - self._answered_s
        if silent_s > self._settings.stale_s + self._limit_s:
            raise self._silence or OSError(f"the meter has not answered for {silent_s:.1f} s")
        return values

    def shows(self) -> float:
        """The number that the meter shows now. Raises OSError or ValueError."""
        return check_plausible(self._ask(self._limit_s), self._settings)

    @property
    def settings(self) -> MeterSettings:
        """What the user configured."""
        return self._settings

    def _watts(self) -> tuple[float, ...]:
        return (self.shows() * GAUGES[self._settings.quantity],)

    def _patient(self) -> tuple[int, ...]:
        try:
            self._counted = self._count()
        except OSError as error:
            self._silence = error
            if not self._counted or monotonic() - self._answered_s > self._settings.stale_s:
                raise
        else:
            self._answered_s = monotonic()
        return self._counted


class _Unwrapped:
    """A counter's own value turned into µJ since the first poll; a reset is final, for what was counted before is lost."""

    def __init__(self, source: MeterSource) -> None:
        self._source = source
        self._raw, self._moved_ns, self._total = -1, 0, 0
        self._problem = ""

    def __call__(self) -> tuple[int, ...]:
        if self._problem:
            raise ValueError(self._problem)
        settings = self._source.settings
        raw, now = int(self._source.shows() * COUNTERS[settings.quantity]), perf_counter_ns()
        if self._raw >= 0 and raw != self._raw:
            elapsed_s = (now - self._moved_ns) / 1e9 + settings.period_s
            moved = step(self._raw, raw, range_uj=settings.range_uj, elapsed_s=elapsed_s, max_w=settings.max_w)
            if moved.delta_uj is None:
                self._problem = f"the meter's counter {moved.problem}; is quantity = {settings.quantity!r} right?"
                raise ValueError(self._problem)
            self._total += moved.delta_uj
        if raw != self._raw:
            self._raw, self._moved_ns = raw, now
        return (self._total,)


def boundary(settings: MeterSettings) -> str:
    """What is inside, in the user's words."""
    side = ", AC side" if settings.kind in ("http", "redfish") else ""
    return f"{settings.covers} (user's meter{side})"


def identity(settings: MeterSettings) -> str:
    """Tells this meter from all others; holds no password, for the settings hold none."""
    what = settings.query or settings.field or str(settings.column)
    return f"meter:{settings.kind}:{settings.address}:{what}:{settings.quantity}:{settings.period_s:g}"
