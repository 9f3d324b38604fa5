"""`nvml`: energy of NVIDIA GPU boards through the NVIDIA management library, read beside the CPU.

The library's counter steps every 100 ms and one call takes some 4 ms (measured on an H200), so nothing here is called
when a test begins or ends: a thread records the counter at up to 10 Hz, and windows are interpolated from the record.
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

_DEFAULT_LIMIT_W = 1000.0
_DEVICES = ("/dev/nvidiactl", "/dev/dxg")
_INSTALL = "pip install 'greenlint[gpu]'"
_NO_ORDER = "set CUDA_DEVICE_ORDER=PCI_BUS_ID, or name boards by UUID in CUDA_VISIBLE_DEVICES"


class Nvml(BoardProvider):
    """NVIDIA GPU boards."""

    name = "nvml"
    order = 30
    hidden = "CUDA_VISIBLE_DEVICES hides every GPU"

    def probe(self, context: Context) -> Probe:
        """Found when at least one visible board has an energy counter and is not split by MIG."""
        if self._library is None and context.machine.os == "linux" and not any(map(os.path.exists, _DEVICES)):
            return Probe(self.name, UNAVAILABLE, "there is no NVIDIA GPU")
        try:
            library = self._load()
        except ImportError:
            return Probe(self.name, UNAVAILABLE, "nvidia-ml-py is not installed", _INSTALL)
        try:
            library.nvmlInit()
            try:
                found = _look(library)
            finally:
                library.nvmlShutdown()
        except library.NVMLError as error:
            return Probe(self.name, UNAVAILABLE, f"the NVIDIA driver does not answer: {one_line(error)}")
        return self.probe_of(found)

    def open(self, context: Context) -> BoardRecorder:
        """Start recording. Raises ProviderError."""
        try:
            library = self._load()
        except ImportError as error:
            raise ProviderError("nvml: nvidia-ml-py is not installed", _INSTALL) from error
        try:
            library.nvmlInit()
            found = _look(library)
        except library.NVMLError as error:
            raise ProviderError(f"nvml: the NVIDIA driver does not answer: {one_line(error)}") from error
        if not found.boards:
            library.nvmlShutdown()
            raise self.nothing_in(found)
        return BoardRecorder(
            found.boards,
            name=self.name,
            boundary="GPU board (NVML)",
            gain=0.05,  # NVIDIA states ±5 % for the power that the counter integrates
            release=library.nvmlShutdown,
            clock=self._clock,
        )

    def _load(self) -> Any:
        if self._library is not None:
            return self._library
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an old package of the same name warns that it is deprecated
            import pynvml
        return pynvml


def _look(library: Any) -> Found:
    handles, uuids, boards, problems = [], [], [], []
    for index in range(library.nvmlDeviceGetCount()):
        try:
            handle = library.nvmlDeviceGetHandleByIndex(index)
            uuid, model = _text(library.nvmlDeviceGetUUID(handle)), _text(library.nvmlDeviceGetName(handle))
        except library.NVMLError as error:
            problems.append(f"gpu-{index} does not answer: {one_line(error)}")
            handle, uuid, model = None, "", ""
        handles.append((handle, model))
        uuids.append([uuid])
    chosen = visible(os.environ.get("CUDA_VISIBLE_DEVICES"), uuids)
    if chosen.problem:
        problems.append(chosen.problem)
    if chosen.by_number and _order_unknown({model for _, model in handles}, len(chosen.places) < len(handles)):
        return Found([], ["CUDA numbers boards of different models in an order of its own"], _NO_ORDER)
    for index in chosen.places:
        handle, model = handles[index]
        if handle is None:
            continue
        problem = _problem(library, handle)
        if problem:
            problems.append(f"gpu-{index} {problem}")
        else:
            boards.append(_board(library, handle, index, model))
    return Found(boards, problems)


def _order_unknown(models: set[str], some: bool) -> bool:
    """CUDA numbers the fastest board 0 unless it is told to go by PCI bus, as NVML always does."""
    return some and len(models) > 1 and os.environ.get("CUDA_DEVICE_ORDER") != "PCI_BUS_ID"


def _problem(library: Any, handle: Any) -> str:
    """Why a board cannot be measured, "" when it can."""
    try:
        if library.nvmlDeviceGetMigMode(handle)[0]:
            return "is split by MIG: its counter cannot be attributed to one instance"
    except (library.NVMLError, AttributeError):
        pass  # an older board or an older package, which knows no MIG
    try:
        library.nvmlDeviceGetTotalEnergyConsumption(handle)
    except library.NVMLError as error:
        return f"has no energy counter: {one_line(error)}"
    return ""


def _board(library: Any, handle: Any, index: int, model: str) -> Board:
    try:
        limit_w = float(library.nvmlDeviceGetEnforcedPowerLimit(handle)) / 1e3
    except library.NVMLError:
        limit_w = _DEFAULT_LIMIT_W
    return Board(
        f"gpu-{index}",
        model,
        limit_w or _DEFAULT_LIMIT_W,
        lambda: int(library.nvmlDeviceGetTotalEnergyConsumption(handle)) * 1000,
        lambda: float(library.nvmlDeviceGetPowerUsage(handle)) / 1e3,
    )


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
