"""`codecarbon`: an adapter for teams that report by CodeCarbon; taken by name only, for it adds nothing to our own readers.

Its public task interface gives energies without saying whether a counter or a model stands behind them, so the mode is
looked up and becomes part of the provider's name, and a model's values get a wide interval and the method "default".
Only the offline tracker is used, without its look-ups of carbon intensity and whatever its own configuration says of servers
(no network); only energies are read (its powers are wrong in short tasks). Importing and starting it runs other programs,
which is its affair, and is said in the probe.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler import rapl
from greenlint.profiler.provider import FOUND, UNAVAILABLE, Domain, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context

_MICROJOULES_PER_KWH = 3.6e12
_COUNTER_MODES = ("intel_rapl", "intel_power_gadget", "windows_emi", "powermetrics")
_PROGRAMS = "rocm-smi, nvidia-smi, uname, lscpu, file and a second Python"
"""What version 3.3.2 starts: the first two at import, the others at the first task."""

_TICK_S = 0.01  # its load model reads CPU times, which the kernel keeps in ticks
_Z90 = 1.644854
_SPREAD, _SPREAD_VM = 2.5, 35.0
"""Factor either way that holds the truth in 90 % of cases: on servers its load model misses by a third on average and by
half in the worst tenth; in virtual machines the same machine was seen billed 8 W or 280 W, depending on one string."""


class CodeCarbonProvider(Provider):
    """The library CodeCarbon."""

    name = "codecarbon"
    costly = True

    def probe(self, context: Context) -> Probe:
        """Whether it is installed; importing it takes a third of a second and starts processes, so that waits for `open`."""
        from importlib.util import find_spec

        if find_spec("codecarbon") is None:
            return Probe(self.name, UNAVAILABLE, "codecarbon is not installed", "pip install 'greenlint[codecarbon]'")
        facts = {"starts": _PROGRAMS, "reads": "energies of its tasks, no powers", "network": "none: offline tracker"}
        reason = f"installed; its mode shows when it is opened, which takes seconds and starts {_PROGRAMS}"
        return Probe(self.name, FOUND, reason, "", Method.DEFAULT, ("cpu",), facts)

    def open(self, context: Context) -> CodeCarbonSource:
        """Start a tracker (some seconds the first time). Raises ProviderError when it is missing or does not start."""
        return CodeCarbonSource(_start_tracker(), virtualised=context.machine.virtualised)


class CodeCarbonSource:
    """Energies of back-to-back tasks of one tracker, added up."""

    def __init__(self, tracker: Any, *, virtualised: bool) -> None:
        self._tracker = tracker
        self._totals = [0.0, 0.0, 0.0]
        tracker.start_task()
        hardware = {type(part).__name__: part for part in getattr(tracker, "_hardware", [])}
        mode = str(getattr(hardware.get("CPU"), "_mode", "unknown"))
        counts = mode in _COUNTER_MODES
        self.name, self.identity = f"codecarbon:{mode}", f"codecarbon:{mode}"
        self.method = Method.COUNTER if counts else Method.DEFAULT
        # Its memory power is a guess from the number of memory modules, which a virtual machine does not have.
        self._parts = ["cpu"] + (["gpu"] if "GPU" in hardware else []) + ([] if virtualised or counts else ["ram"])
        self.domains = tuple(Domain(part) for part in self._parts)
        self.boundary = f"{' + '.join(self._parts)} of the machine (CodeCarbon, {mode})"
        self.period_s = rapl.PERIOD_S if counts else _TICK_S
        spread_sd = math.log(_SPREAD_VM if virtualised else _SPREAD) / _Z90
        self.gain = rapl.GAIN if counts else math.sqrt(math.expm1(spread_sd**2))

    def read(self) -> tuple[int, ...]:
        """End the running task and begin the next. Raises ValueError when the tracker gives no result."""
        if self._tracker is None:
            raise ValueError("its tracker has ended")
        data = self._tracker.stop_task()
        _forget_tasks(self._tracker)
        self._tracker.start_task()
        if data is None:
            raise ValueError("its task gave no result")
        for place, part in enumerate(self._parts):
            kwh = getattr(data, f"{part}_energy", None)
            if not isinstance(kwh, (int, float)) or not 0 <= kwh < math.inf:
                raise ValueError(f"its {part}_energy is {kwh!r}, no energy")
            self._totals[place] += kwh * _MICROJOULES_PER_KWH
        return tuple([int(total) for total in self._totals[: len(self._parts)]])

    def close(self) -> None:
        """End the last task and the tracker, and with them its threads."""
        if self._tracker is not None:
            tracker, self._tracker = self._tracker, None
            tracker.stop_task()
            tracker.stop()


def _forget_tasks(tracker: Any) -> None:
    """It keeps every task of a session; four reads a test would fill the memory."""
    tasks = getattr(tracker, "_tasks", None)
    if isinstance(tasks, dict):
        tasks.clear()


_ARGUMENTS: dict[str, Any] = {
    "country_iso_code": "USA",  # any: emissions are not taken from it, and without one it would look for the network
    "force_carbon_intensity_g_co2e_kwh": 1.0,  # any: spares it the search for one
    "tracking_mode": "machine",
    "output_methods": [],
    "allow_multiple_runs": True,  # without it a lock file and signal handlers are installed
    "log_level": "critical",
    "pue": 1.0,
    "measure_power_secs": 3600,
    # The user's own configuration of CodeCarbon may name these; each of them would open a connection.
    "electricitymaps_api_token": "",
    "emissions_endpoint": None,
    "output_handlers": [],
    "cloud_provider": None,
    "cloud_region": None,
}


def _known(tracker: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    """Those arguments that this version has: it keeps silent about others, and is then no tracker."""
    from inspect import signature

    known = {name for kind in tracker.__mro__ for name in signature(kind.__init__).parameters}
    return {name: value for name, value in arguments.items() if name in known}


def _start_tracker() -> Any:
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it and its dependencies deprecate is not the user's affair
        try:
            from codecarbon import OfflineEmissionsTracker
        except ImportError as error:
            raise ProviderError("codecarbon is not installed", "pip install 'greenlint[codecarbon]'") from error
        logging.getLogger("codecarbon").setLevel(logging.CRITICAL)
        try:
            tracker = OfflineEmissionsTracker(**_known(OfflineEmissionsTracker, _ARGUMENTS))
            tracker.start_task()
            works = tracker.stop_task() is not None
        except Exception as error:  # a provider call: the library raises whatever its parts raise
            raise ProviderError(f"codecarbon: its tracker does not start: {error}") from error
    if not works:
        raise ProviderError("codecarbon: its tracker does not start", "try `codecarbon detect`")
    return tracker
