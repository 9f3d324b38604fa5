"""`amdsmi`: energy of AMD GPU boards through AMD's management library, read beside the CPU by a recording thread.

`amdsmi_get_energy_count` gives an accumulator and the energy of one of its units in µJ, 15.3 on the Instinct series: the
accumulator alone is 15 times too small (ROCm/amdsmi#38). Two further traps: importing the package on a machine without
ROCm prints to the standard output and raises KeyError, and the second die of an MI250 shows 0 for ever, because the
first counts for both (ROCm/rocm_smi_lib#160).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from greenlint.errors import ProviderError
from greenlint.profiler.boards import BoardProvider, Found
from greenlint.profiler.provider import UNAVAILABLE, Probe
from greenlint.profiler.recorder import Board, BoardRecorder, one_line
from greenlint.profiler.visible import visible

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context

_DEVICE = "/dev/kfd"
_INSTALL = "pip install 'greenlint[amd]', in the version of the installed ROCm"
_DEFAULT_LIMIT_W = 1000.0
_GAUGES = ("socket_power", "current_socket_power", "average_socket_power")
_WHOLE = ("", "N/A", "SPX")


class AmdSmi(BoardProvider):
    """AMD GPU boards."""

    name = "amdsmi"
    order = 31

    def probe(self, context: Context) -> Probe:
        """Found when at least one visible board has an energy counter and is not partitioned."""
        if self._library is None and not os.path.exists(_DEVICE):
            return Probe(self.name, UNAVAILABLE, "there is no AMD GPU with the ROCm driver")
        try:
            library = self._load()
            found = _open(library)
        except ProviderError as error:
            return Probe(self.name, UNAVAILABLE, error.message, error.hint)
        _release(library)
        return self.probe_of(found)

    def open(self, context: Context) -> BoardRecorder:
        """Start recording. Raises ProviderError."""
        if self._library is None and not os.path.exists(_DEVICE):
            raise ProviderError("amdsmi: there is no AMD GPU with the ROCm driver")
        library = self._load()
        found = _open(library)
        if not found.boards:
            _release(library)
            raise self.nothing_in(found)
        return BoardRecorder(
            found.boards,
            name=self.name,
            boundary="GPU board (AMD SMI)",
            gain=0.05,  # AMD states no error; the convention of the other counters
            release=library.amdsmi_shut_down,
            clock=self._clock,
        )

    def _load(self) -> Any:
        if self._library is not None:
            return self._library
        from contextlib import redirect_stdout
        from importlib import import_module
        from io import StringIO

        try:
            with redirect_stdout(StringIO()):
                return import_module("amdsmi")
        except ImportError as error:
            raise ProviderError("the package amdsmi is not installed", _INSTALL) from error
        except Exception as error:  # it raises KeyError without libamd_smi.so, and what the loader raises with a wrong one
            why = one_line(error) if isinstance(error, OSError) else "libamd_smi.so is missing"
            raise ProviderError(f"the package amdsmi cannot be loaded: {why}", "install amd-smi-lib of ROCm") from error


def _open(library: Any) -> Found:
    """Start the library and look at the boards. Raises ProviderError; the caller shuts the library down."""
    try:
        library.amdsmi_init()
    except library.AmdSmiException as error:
        raise ProviderError(f"the AMD driver does not answer: {one_line(error)}") from error
    try:
        handles = library.amdsmi_get_processor_handles()
        places = _visible(library, handles)
    except library.AmdSmiException as error:
        _release(library)
        raise ProviderError(f"the AMD driver does not answer: {one_line(error)}") from error
    boards, problems = [], []
    for place in places:
        problem = _problem(library, handles[place])
        if problem:
            problems.append(f"amd-gpu-{place} {problem}")
        else:
            boards.append(_board(library, handles[place], place))
    return Found(boards, problems)


def _release(library: Any) -> None:
    try:
        library.amdsmi_shut_down()
    except library.AmdSmiException:
        pass  # the driver has gone, and there is nothing left to release


def _visible(library: Any, handles: list[Any]) -> list[int]:
    """Places of the boards that this process may use. HIP counts among those that the ROCm runtime lets through, in its
    order, which is that of the kernel's nodes."""
    nodes = [_ask(library, "amdsmi_get_gpu_kfd_info", handle).get("node_id", "N/A") for handle in handles]
    order = list(range(len(handles)))
    if all(isinstance(node, int) for node in nodes):
        order.sort(key=nodes.__getitem__)
    names = [_identifiers(library, handle) for handle in handles]
    for variables in (("ROCR_VISIBLE_DEVICES",), ("HIP_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES")):
        content = next((os.environ[name] for name in variables if name in os.environ), None)
        order = [order[place] for place in visible(content, [names[place] for place in order]).places]
    return order


def _identifiers(library: Any, handle: Any) -> list[str]:
    serial = str(_ask(library, "amdsmi_get_gpu_asic_info", handle).get("asic_serial", ""))
    known = [_ask(library, "amdsmi_get_gpu_enumeration_info", handle).get("hip_uuid", "")]
    if serial.startswith("0x"):
        known.append(f"GPU-{serial[2:].lower()}")
    return [name for name in known if name]


def _problem(library: Any, handle: Any) -> str:
    """Why a board cannot be measured, "" when it can."""
    try:
        partition = str(library.amdsmi_get_gpu_compute_partition(handle))
    except (library.AmdSmiException, AttributeError):
        partition = ""  # a board that cannot be partitioned, or a package that does not know of it
    if partition not in _WHOLE:
        return f"is partitioned ({partition}): its counter cannot be attributed to one partition"
    try:
        if _energy_uj(library, handle) == 0:
            return "shows 0: it is the second die of a package, whose first die counts for both, or a virtual function"
    except (library.AmdSmiException, ValueError) as error:
        return f"has no energy counter: {one_line(error)}"
    return ""


def _board(library: Any, handle: Any, place: int) -> Board:
    cap = _ask(library, "amdsmi_get_power_cap_info", handle).get("power_cap", 0)
    model = str(_ask(library, "amdsmi_get_gpu_asic_info", handle).get("market_name", "AMD GPU"))
    return Board(
        f"amd-gpu-{place}",
        model,
        cap / 1e6 if isinstance(cap, int) and cap >= 1e6 else _DEFAULT_LIMIT_W,
        lambda: _energy_uj(library, handle),
        lambda: _power_w(library, handle),
    )


def _energy_uj(library: Any, handle: Any) -> int:
    """Raises ValueError when a field is missing; older versions call the accumulator "power"."""
    count = library.amdsmi_get_energy_count(handle)
    units, unit_uj = count.get("energy_accumulator", count.get("power")), count.get("counter_resolution")
    if not isinstance(units, int) or not isinstance(unit_uj, float) or not 0 < unit_uj < 1e6:
        raise ValueError(f"the energy counter gives {units!r} units of {unit_uj!r} µJ")
    return int(units * unit_uj)


def _power_w(library: Any, handle: Any) -> float:
    """Raises ValueError when the board has no gauge; which of the three fields is filled depends on its generation."""
    info = library.amdsmi_get_power_info(handle)
    for field in _GAUGES:
        if isinstance(info.get(field), int) and 0 < info[field] < 0xFFFF:
            return float(info[field])
    raise ValueError("the board has no power gauge")


def _ask(library: Any, function: str, handle: Any) -> dict[str, Any]:
    """What a function of the library says of a board; nothing where the package or the board does not know it."""
    try:
        answer: dict[str, Any] = getattr(library, function)(handle)
    except (library.AmdSmiException, AttributeError):
        return {}
    return answer
