"""The `energy_session` fixture: what the session has used so far, for tests and fixtures that want to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.pytest_plugin.activate import NAME

if TYPE_CHECKING:
    import pytest

    from greenlint.model.energy import Energy
    from greenlint.profiler.reading import Reading
    from greenlint.pytest_plugin.phases import PhaseHooks
    from greenlint.pytest_plugin.session import EnergySession


class EnergyTotals:
    """Read-only totals; every property is None without --energy.

    In a worker of xdist only the clocks of that worker are known: `energy` and `energy_j` are None there.
    """

    def __init__(self, hooks: PhaseHooks | None, session: EnergySession | None, start: Reading | None) -> None:
        self._hooks, self._session, self._start = hooks, session, start

    @property
    def measured(self) -> bool:
        """Whether anything is measured in this process."""
        return self._hooks is not None

    @property
    def tests(self) -> int | None:
        """Attempts of tests that have ended."""
        return self._hooks.attempts if self._hooks is not None else None

    @property
    def energy(self) -> Energy | None:
        """Energy since the session began, idle included, with its interval and provenance."""
        session = self._session
        if session is None or session.meter.invalid is not None:
            return None
        return session.meter.energy(session.start, session.meter.read(), idle="wall")

    @property
    def energy_j(self) -> float | None:
        """The joules of `energy`."""
        energy = self.energy
        return energy.energy_j if energy is not None else None

    @property
    def cpu_s(self) -> float | None:
        """CPU time of this process and its children since the session began, s."""
        if self._hooks is None or self._start is None:
            return None
        return (self._hooks.read().cpu_ns - self._start.cpu_ns) / 1e9

    @property
    def wall_s(self) -> float | None:
        """Time since the session began, s."""
        if self._hooks is None or self._start is None:
            return None
        return (self._hooks.read().t_ns - self._start.t_ns) / 1e9


def totals_of(config: pytest.Config) -> EnergyTotals:
    """The totals of the running session."""
    hooks = config.pluginmanager.get_plugin(NAME)
    if hooks is None:
        return EnergyTotals(None, None, None)
    return EnergyTotals(hooks, getattr(hooks, "session", None), hooks.began)
