"""`meter`: the user's own meter: a smart plug, a server's Redfish controller, a file of watts, or a series in Prometheus.

The only provider that can see the wall. It is first in the automatic choice because somebody configured it, and it is the
only one that opens a socket: to the address in `[tool.greenlint.machine.meter]`, and to nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.errors import ConfigError, ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.meters.settings import MeterSettings
    from greenlint.profiler.meters.source import MeterSource
    from greenlint.profiler.provider import Context

_PROBE_S = 0.5
_REMEDY = "describe it in [tool.greenlint.machine.meter], see docs/meter.md"


class UserMeter(Provider):
    """The meter of `[tool.greenlint.machine.meter]`."""

    name = "meter"
    order = 5
    whole_machine = True

    def contains_devices(self, context: Context) -> bool:
        """A plug and a management controller do; a series or a file of the processors' power does not."""
        from greenlint.profiler.meters.settings import read_settings

        try:
            return read_settings(context.settings.get("meter")).whole_machine
        except ConfigError:
            return self.whole_machine

    def asked_for(self, context: Context) -> bool:
        """Whether `[tool.greenlint.machine]` has settings for it."""
        return "meter" in context.settings

    def probe(self, context: Context) -> Probe:
        """Unavailable unless configured; then one read of at most half a second."""
        if "meter" not in context.settings:
            return Probe(self.name, UNAVAILABLE, "no meter is configured", _REMEDY)
        from greenlint.profiler.meters.settings import read_settings

        try:
            settings = read_settings(context.settings["meter"])
            facts = _facts(settings)
            shows = _first_look(settings)
        except ConfigError as error:
            return Probe(self.name, REFUSED, error.message, error.hint)
        except (OSError, ValueError) as error:
            return Probe(self.name, REFUSED, _one_line(error), "check the address and the settings", facts=facts)
        return Probe(self.name, FOUND, shows, "", Method.METER, ("meter-0",), facts)

    def open(self, context: Context) -> MeterSource:
        """Ask it once and start the thread. Raises ProviderError or ConfigError."""
        if "meter" not in context.settings:
            raise ProviderError("meter: no meter is configured", _REMEDY)
        from greenlint.profiler.meters.settings import read_settings
        from greenlint.profiler.meters.source import MeterSource

        settings = read_settings(context.settings["meter"])
        try:
            return MeterSource(settings)
        except (OSError, ValueError) as error:
            raise ProviderError(f"{self.name}: {_one_line(error)}", "check the address and the settings") from error


def _facts(settings: MeterSettings) -> dict[str, str]:
    from greenlint.profiler.meters.settings import ACCURACY

    convention = " (a convention: none was stated)" if settings.accuracy == ACCURACY else ""
    return {
        "kind": settings.device or settings.kind,
        "covers": settings.covers,
        "asked every": f"{settings.period_s:g} s",
        "accuracy": f"{settings.accuracy:.1%}{convention}",
    }


def _first_look(settings: MeterSettings) -> str:
    """What it shows. A meter that is merely slow is found all the same; the session gives it more time."""
    from threading import Thread

    from greenlint.profiler.meters.source import check_plausible, make_reader

    ask, seen = make_reader(settings), list[float]()
    problems: list[OSError | ValueError] = []

    def look() -> None:
        try:
            seen.append(check_plausible(ask(_PROBE_S), settings))
        except (OSError, ValueError) as error:
            problems.append(error)

    # In a thread because looking up a host's name has no time limit of its own.
    thread = Thread(target=look, name="greenlint-meter-probe", daemon=True)
    thread.start()
    thread.join(_PROBE_S + 0.1)
    if problems and not isinstance(problems[0], TimeoutError):
        raise problems[0]
    return (
        f"shows {seen[0]:.6g} {settings.quantity}" if seen else f"did not answer within {_PROBE_S} s; it gets more time later"
    )


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(str(error).split())
