"""`pyrapl`: an adapter for the library pyRAPL; taken by name only, for `rapl-powercap` reads the same counters better.

Only `setup` and `Measurement.begin/end` are used. One measurement is begun and ended again and again, so that nothing is
lost between windows. The library does not know that counters wrap: its cumulative differences then turn negative, or
the whole result turns into None; the meter repairs the former by the range, the latter makes the session invalid.
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

_ROOT = "/sys/class/powercap/intel-rapl"  # fixed inside the library
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
    """One pyRAPL measurement, ended at every read; its results are cumulative since the first."""

    name = "pyrapl"
    method = Method.COUNTER
    period_s, gain = rapl.PERIOD_S, rapl.GAIN
    identity = "pyrapl"

    def __init__(self, library: Any) -> None:
        self._measurement = library.Measurement("greenlint")
        self._measurement.begin()
        packages, memories = self._result()
        self.domains = (
            *(Domain(f"package-{socket}", _range_uj("package", socket)) for socket in range(len(packages))),
            *(Domain(f"dram-{socket}", _range_uj("dram", socket), rapl.MAX_W["dram"]) for socket in range(len(memories))),
        )
        self.boundary = rapl.boundary(self.domains)

    def read(self) -> tuple[int, ...]:
        """Microjoules since the start; negative after a wrap. Raises ValueError when the library gives None."""
        packages, memories = self._result()
        # A cumulative difference goes below zero where the counter wrapped; adding the range puts it back in order.
        values = (int(value) for value in (*packages, *memories))
        return tuple([value % domain.range_uj if domain.range_uj else value for value, domain in zip(values, self.domains)])

    def close(self) -> None:
        """The library holds its files until it is garbage collected."""

    def _result(self) -> tuple[list[float], list[float]]:
        self._measurement.end()
        result = self._measurement.result
        if result.pkg is None:
            raise ValueError("pyRAPL gave no result (its counter wrapped, which it does not handle)")
        return list(result.pkg), list(result.dram or [])


def _set_up() -> Any:
    import logging
    import warnings

    root = logging.getLogger()
    handlers, disabled = list(root.handlers), root.manager.disable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has invalid escapes, which -W error turns into a SyntaxError
        logging.disable(logging.CRITICAL)
        try:
            import pyRAPL

            pyRAPL.setup()
        except ImportError as error:
            raise ProviderError("pyRAPL is not installed", _INSTALL) from error
        except Exception as error:  # a provider call: it raises its own exceptions without text, and OSError
            raise ProviderError(f"pyrapl: {_reason(error)}") from error
        finally:
            logging.disable(disabled)
            root.handlers[:] = handlers  # importing it installs a handler that prints
    return pyRAPL


def _reason(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"{error.filename}: permission denied"
    text = str(error) or type(error).__name__
    return f"it cannot use the counters of this machine ({text}): it needs one package zone per socket, named package-N"


def _range_uj(kind: str, socket: int) -> int:
    """The range of the zone of this name below the tree that the library reads; 0 when unknown."""
    from greenlint.profiler.powercap import find_zones

    zones = find_zones("/sys/class/powercap")
    return next((zone.domain.range_uj for zone in zones if zone.domain.name == f"{kind}-{socket}"), 0)
