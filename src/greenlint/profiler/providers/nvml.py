"""`nvml`: energy of NVIDIA GPU boards through the NVIDIA management library, read beside the CPU.

The library's counter steps every 100 ms and one call takes some 4 ms (measured on an H200), so nothing here is called
when a test begins or ends: a thread records the counter at up to 10 Hz, and windows are interpolated from the record.
"""

from __future__ import annotations

import os
from threading import Event, Thread
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.curve import Curve
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, CurveWindow, Domain, Probe, Provider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.profiler.provider import Context

_STEP_S = 0.1
_DUTY = 0.1  # at most this part of the recording thread's time is spent in the library
_DEFAULT_MAX_W = 1500.0
_DEVICES = ("/dev/nvidiactl", "/dev/dxg")
_SETTLE_S = 0.35


class Nvml(Provider):
    """NVIDIA GPU boards."""

    name = "nvml"
    order = 30
    beside = True

    def __init__(self, library: Any = None) -> None:
        """`library` stands in for the module `pynvml` of nvidia-ml-py."""
        self._library = library

    def probe(self, context: Context) -> Probe:
        """Found when at least one visible board has an energy counter and is not split by MIG."""
        if self._library is None and context.machine.os == "linux" and not any(map(os.path.exists, _DEVICES)):
            return Probe(self.name, UNAVAILABLE, "there is no NVIDIA GPU")
        try:
            library = self._load()
        except ImportError:
            return Probe(self.name, UNAVAILABLE, "nvidia-ml-py is not installed", "pip install 'greenlint[gpu]'")
        try:
            library.nvmlInit()
            try:
                boards, problems = _boards(library)
            finally:
                library.nvmlShutdown()
        except library.NVMLError as error:
            return Probe(self.name, UNAVAILABLE, f"the NVIDIA driver does not answer: {error}")
        if not boards:
            return Probe(self.name, REFUSED, "; ".join(problems) or "no GPU is visible")
        facts = {f"gpu-{board.index}": board.model for board in boards}
        if problems:
            facts["left out"] = "; ".join(problems)
        names = tuple(f"gpu-{board.index}" for board in boards)
        return Probe(self.name, FOUND, f"{len(boards)} boards", "", Method.COUNTER, names, facts)

    def open(self, context: Context) -> NvmlRecorder:
        """Start recording. Raises ProviderError."""
        try:
            library = self._load()
            library.nvmlInit()
        except ImportError as error:
            raise ProviderError("nvml: nvidia-ml-py is not installed", "pip install 'greenlint[gpu]'") from error
        except library.NVMLError as error:
            raise ProviderError(f"nvml: the NVIDIA driver does not answer: {error}") from error
        boards, problems = _boards(library)
        if not boards:
            raise ProviderError(f"nvml: {'; '.join(problems) or 'no GPU is visible'}")
        return NvmlRecorder(library, boards)

    def _load(self) -> Any:
        if self._library is not None:
            return self._library
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an old package of the same name warns that it is deprecated
            import pynvml
        return pynvml


class Board:
    """One GPU: its place, its handle in the library, its model and the most it draws."""

    def __init__(self, index: int, handle: Any, model: str, max_w: float) -> None:
        self.index, self.handle, self.model, self.max_w = index, handle, model, max_w


class NvmlRecorder:
    """Records the energy counters of boards in a thread."""

    name = "nvml"
    method = Method.COUNTER
    boundary = "GPU board (NVML)"
    gain = 0.05  # NVIDIA states ±5 % for the power that the counter integrates

    def __init__(self, library: Any, boards: Sequence[Board]) -> None:
        self._library, self._boards = library, boards
        self.domains = tuple(Domain(f"gpu-{board.index}", 0, board.max_w) for board in boards)
        self._curves = [Curve(_STEP_S, board.max_w * 1.5) for board in boards]
        self._ended, self._stepped = Event(), Event()
        self._problem = ""
        self._read_all()
        self._thread = Thread(target=self._run, name="greenlint-nvml", daemon=True)
        self._thread.start()

    @property
    def idle_w(self) -> float:
        """The lowest power seen so far, all boards together, W."""
        return sum(curve.idle_w for curve in self._curves)

    def between(self, start_ns: int, end_ns: int) -> CurveWindow:
        """Energy of all boards; their errors are independent."""
        windows = [curve.between(start_ns, end_ns) for curve in self._curves]
        return CurveWindow(
            sum(window.energy_j for window in windows),
            sum(window.u_j**2 for window in windows) ** 0.5,
            sum(window.limit_j**2 for window in windows) ** 0.5,
            tuple(dict.fromkeys(text for window in windows for text in window.warnings)),
        )

    def settle(self, end_ns: int) -> None:
        """Wait until every counter has stepped after `end_ns`, at most 0.35 s."""
        limit_ns = perf_counter_ns() + int(_SETTLE_S * 1e9)
        while self._thread.is_alive() and min(curve.last_ns for curve in self._curves) < end_ns:
            left_s = (limit_ns - perf_counter_ns()) / 1e9
            if left_s <= 0:
                return
            self._stepped.clear()
            self._stepped.wait(left_s)

    def close(self) -> tuple[str, ...]:
        """Stop the thread; the record stays readable."""
        if not self._ended.is_set():
            self._ended.set()
            self._thread.join(timeout=5)
            self._read_all()
            try:
                self._library.nvmlShutdown()
            except self._library.NVMLError:
                pass  # the driver has gone; there is nothing left to release
        problems = [f"{domain.name}: {curve.problem}" for domain, curve in zip(self.domains, self._curves) if curve.problem]
        return (*problems, *([self._problem] if self._problem else []))

    def _run(self) -> None:
        pause_s = _STEP_S
        while not self._ended.wait(pause_s):
            start = perf_counter_ns()
            self._read_all()
            cost_s = (perf_counter_ns() - start) / 1e9
            pause_s = max(_STEP_S - cost_s, cost_s / _DUTY)

    def _read_all(self) -> None:
        for board, curve in zip(self._boards, self._curves):
            before = perf_counter_ns()
            try:
                energy_mj = self._library.nvmlDeviceGetTotalEnergyConsumption(board.handle)
            except self._library.NVMLError as error:
                self._problem = self._problem or f"gpu-{board.index} cannot be read any more: {error}"
                curve.problem = curve.problem or str(error)
                continue
            curve.add((before + perf_counter_ns()) // 2, int(energy_mj))
        self._stepped.set()


def _boards(library: Any) -> tuple[list[Board], list[str]]:
    """The visible boards that can be read, and why the others cannot."""
    boards, problems = [], []
    for index in range(library.nvmlDeviceGetCount()):
        try:
            handle = library.nvmlDeviceGetHandleByIndex(index)
            if not _visible(index, _text(library.nvmlDeviceGetUUID(handle))):
                continue
            if _mig_enabled(library, handle):
                problems.append(f"gpu-{index} is split by MIG: its counter cannot be attributed to one instance")
                continue
            library.nvmlDeviceGetTotalEnergyConsumption(handle)
        except library.NVMLError as error:
            problems.append(f"gpu-{index} has no energy counter: {error}")
            continue
        boards.append(Board(index, handle, _text(library.nvmlDeviceGetName(handle)), _limit_w(library, handle)))
    return boards, problems


def _visible(index: int, uuid: str) -> bool:
    """Whether CUDA_VISIBLE_DEVICES, where it is set, names this board; other jobs' boards are not ours to count."""
    names = os.environ.get("CUDA_VISIBLE_DEVICES")
    if names is None:
        return True
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    return any(name == str(index) or (not name.isdigit() and uuid.startswith(name)) for name in wanted)


def _mig_enabled(library: Any, handle: Any) -> bool:
    try:
        return bool(library.nvmlDeviceGetMigMode(handle)[0])
    except library.NVMLError:
        return False  # not supported: an older board, which cannot be split


def _limit_w(library: Any, handle: Any) -> float:
    try:
        return float(library.nvmlDeviceGetEnforcedPowerLimit(handle)) / 1e3
    except library.NVMLError:
        return _DEFAULT_MAX_W


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
