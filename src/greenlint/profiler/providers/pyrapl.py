"""`pyrapl`: an adapter for the library pyRAPL; taken by name only, for `rapl-powercap` reads the same counters better.

Only `setup` and `Measurement.begin/end` are used. One measurement is begun once and ended again and again, so that nothing
is lost between windows. The library does not know that counters wrap: a difference across a wrap is negative, and turns the
whole result into None on a machine with one socket. So its origin is set to zero, which makes its results the counters
themselves, and the meter unwraps them by the range that the kernel states.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler import rapl
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Domain, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context

_CLASS = "/sys/class/powercap"
_ROOT = f"{_CLASS}/intel-rapl"  # fixed inside the library
_INSTALL = "pip install 'greenlint[pyrapl]'"


class PyRaplProvider(Provider):
    """The library pyRAPL."""

    name = "pyrapl"

    def probe(self, context: Context) -> Probe:
        """Whether it is installed and the tree that it reads exists."""
        from importlib.util import find_spec

        if find_spec("pyRAPL") is None:
            return Probe(self.name, UNAVAILABLE, "pyRAPL is not installed", _INSTALL)
        if not os.path.isdir(_ROOT):
            return Probe(self.name, REFUSED, f"pyRAPL needs {_ROOT}, which does not exist", "it works on bare metal only")
        return Probe(self.name, FOUND, "installed, and its counters exist", "", Method.COUNTER, ("package",))

    def open(self, context: Context) -> PyRaplSource:
        """Set the library up. Raises ProviderError with the reason that its own exception leaves empty."""
        return PyRaplSource(_set_up())


class PyRaplSource:
    """One pyRAPL measurement, ended at every read."""

    name = "pyrapl"
    method = Method.COUNTER
    period_s, gain = rapl.PERIOD_S, rapl.GAIN
    identity = "pyrapl"

    def __init__(self, library: Any, root: str = _CLASS) -> None:
        """Raises ValueError when there is no package among the results."""
        self._library = library
        self._measurement = library.Measurement("greenlint")
        self._measurement.begin()
        begun = self._measurement._energy_begin
        self._measurement._energy_begin = type(begun)([0.0] * len(begun))
        counters = self._counters()
        self.domains = tuple(_domain(kind, socket, root) for kind, socket in counters)
        if not any(kind == "package" for kind, _ in counters):
            raise ValueError("pyRAPL shows no package")
        self.boundary = rapl.boundary(self.domains)

    def read(self) -> tuple[int, ...]:
        """The counters, µJ, not unwrapped. Raises ValueError when the library does not know one that it knew before."""
        values = tuple([int(value) for value in self._counters().values()])
        if len(values) != len(self.domains):
            raise ValueError(f"pyRAPL knows {len(values)} counters, not {len(self.domains)} as at the start")
        return values

    def close(self) -> None:
        """Close the counter files, which the library would leave to the garbage collector."""
        apis = getattr(self._measurement._sensor, "_device_api", {})
        for file in [file for api in apis.values() for file in getattr(api, "_sys_files", [])]:
            file.close()
        self._library._sensor = None

    def _counters(self) -> dict[tuple[str, int], float]:
        """What the library knows: None for a kind and -1 for a socket mean that it does not know, never zero."""
        self._measurement.end()
        result = self._measurement.result
        known = {"package": result.pkg or (), "dram": result.dram or ()}
        return {(kind, socket): value for kind in known for socket, value in enumerate(known[kind]) if value >= 0}


def _set_up() -> Any:
    """The library, ready; its warnings, its log lines and the handler that it leaves on the root logger are kept away."""
    import logging
    import warnings

    root = logging.getLogger()
    handlers, level, disabled = list(root.handlers), root.level, root.manager.disable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has invalid escapes, which -W error turns into a SyntaxError
        logging.disable(logging.CRITICAL)
        try:
            library, problem = _import_and_set_up()
        finally:
            logging.disable(disabled)
            root.handlers[:] = handlers
            root.setLevel(level)
    if library is None:
        raise ProviderError(*problem)
    return library


def _import_and_set_up() -> tuple[Any, tuple[str, str]]:
    """The library, or why not. A function of its own so that the files its exception holds are freed before warnings are on."""
    try:
        import pyRAPL

        pyRAPL.setup()
    except ImportError:
        return None, ("pyRAPL is not installed", _INSTALL)
    except Exception as error:  # noqa: BLE001  a provider call: it raises its own exceptions without text, and OSError
        return None, (f"pyrapl: {_reason(error)}", "")
    return pyRAPL, ("", "")


def _reason(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"{error.filename}: permission denied"
    text = str(error) or type(error).__name__
    return f"it cannot use the counters of this machine ({text}): it needs one package zone per socket, named package-N"


def _domain(kind: str, socket: int, root: str) -> Domain:
    """The counter with the range and the power limit of its zone in the tree that the library reads; it knows neither."""
    from greenlint.profiler.powercap import find_zones

    name = f"{kind}-{socket}"
    zones = [zone.domain for zone in find_zones(root)]
    # A package of one die is named package-0-die-0 by some kernels, and the library takes it.
    zone = next((zone for zone in zones if zone.name == name or zone.name.startswith(f"{name}-die-")), None)
    return zone._replace(name=name) if zone else Domain(name, 0, rapl.MAX_W[kind])
