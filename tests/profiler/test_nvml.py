"""GPU boards by a stand-in for the NVIDIA library: a counter that steps every 100 ms, read by a thread only."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.errors import ProviderError
from greenlint.model.energy import Energy, Method
from greenlint.profiler.accounts.curve import CurveAccount
from greenlint.profiler.curve import Curve
from greenlint.profiler.providers.nvml import Nvml
from greenlint.profiler.reading import Reading
from greenlint.profiler.selection import make_context
from greenlint.testing import check_provider

MS = 1_000_000
IDLE_W, LOAD_W = 130.0, 690.0


class NVMLError(Exception):
    """What the library raises."""


class FakeLibrary:
    """Boards that draw a constant power; `mig` and `silent` name boards that are split or have no counter."""

    NVMLError = NVMLError

    def __init__(self, boards: int = 1, *, mig: tuple[int, ...] = (), silent: tuple[int, ...] = (), works: bool = True) -> None:
        self.boards, self.mig, self.silent, self.works = boards, mig, silent, works
        self.start, self.readers = time.perf_counter(), set[str]()
        self.open = 0
        self.base_mj = 5_000_000
        self.lost = False

    def nvmlInit(self) -> None:
        if not self.works:
            raise NVMLError("Driver Not Loaded")
        self.open += 1

    def nvmlShutdown(self) -> None:
        self.open -= 1

    def nvmlDeviceGetCount(self) -> int:
        return self.boards

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:
        return index

    def nvmlDeviceGetUUID(self, handle: int) -> str:
        return f"GPU-{handle:04d}-0000"

    def nvmlDeviceGetName(self, handle: int) -> bytes:
        return b"NVIDIA Imaginary"

    def nvmlDeviceGetMigMode(self, handle: int) -> list[int]:
        return [1, 1] if handle in self.mig else [0, 0]

    def nvmlDeviceGetEnforcedPowerLimit(self, handle: int) -> int:
        return 700_000

    def nvmlDeviceGetTotalEnergyConsumption(self, handle: int) -> int:
        if handle in self.silent or self.lost:
            raise NVMLError("Not Supported")
        self.readers.add(threading.current_thread().name)
        steps = int((time.perf_counter() - self.start) * 10)
        return self.base_mj + int(steps * IDLE_W * 100)


def probe(library: Any):  # type: ignore[no-untyped-def]
    return Nvml(library).probe(make_context({}))


def test_every_visible_board_is_a_device(monkeypatch: pytest.MonkeyPatch) -> None:
    assert probe(FakeLibrary(3)).domains == ("gpu-0", "gpu-1", "gpu-2")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "2")
    assert probe(FakeLibrary(3)).domains == ("gpu-2",)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "GPU-0001")
    assert probe(FakeLibrary(3)).domains == ("gpu-1",)


def test_a_board_split_by_mig_is_refused() -> None:
    found = probe(FakeLibrary(1, mig=(0,)))
    assert found.status == "refused"
    assert "MIG" in found.reason


def test_a_board_without_a_counter_is_left_out_and_named() -> None:
    found = probe(FakeLibrary(2, silent=(0,)))
    assert found.domains == ("gpu-1",)
    assert "gpu-0" in found.facts["left out"]


def test_a_driver_that_does_not_answer_is_unavailable() -> None:
    assert probe(FakeLibrary(works=False)).status == "unavailable"
    with pytest.raises(ProviderError, match="does not answer"):
        Nvml(FakeLibrary(works=False)).open(make_context({}))


def test_the_library_is_called_by_the_recording_thread_only() -> None:
    library = FakeLibrary()
    recorder = Nvml(library).open(make_context({}))
    library.readers.clear()
    account = CurveAccount(recorder, "here")
    start = time.perf_counter_ns()
    time.sleep(0.25)
    for _ in range(100):
        account.energy(Reading(start, 0), Reading(time.perf_counter_ns(), 0), "wall")
    assert library.readers == {"greenlint-nvml"}
    recorder.close()


def test_a_window_of_a_constant_load_is_right_and_survives_the_end() -> None:
    library = FakeLibrary(2)
    account = CurveAccount(Nvml(library).open(make_context({})), "here")
    time.sleep(0.35)
    start = time.perf_counter_ns()
    time.sleep(1.0)
    end = time.perf_counter_ns()
    account.settle(end)
    assert account.finish() == ()
    energy = account.energy(Reading(start, 0), Reading(end, 0), "wall")
    low, high = energy.interval
    assert low < 2 * IDLE_W * (end - start) / 1e9 < high
    assert energy.energy_j == pytest.approx(2 * IDLE_W, rel=0.15)
    assert energy.method is Method.COUNTER
    assert energy.domains == ("gpu-0", "gpu-1")
    assert library.open == 0


def test_a_board_that_falls_off_the_bus_makes_its_numbers_void() -> None:
    library = FakeLibrary()
    account = CurveAccount(Nvml(library).open(make_context({})), "here")
    time.sleep(0.25)
    library.lost = True
    time.sleep(0.15)
    assert account.finish()
    assert account.invalid is not None and "gpu-0" in account.invalid


def recorded(*, read_every_ms: int = 14, bursts: tuple[tuple[int, int], ...] = ()) -> Curve:
    """A recording as an H200 gives it: steps every 100 ms, which show the energy up to 20 ms late."""

    def true_mj(t_ms: float) -> float:
        busy = sum(max(0.0, min(t_ms, b) - a) for a, b in bursts)
        return IDLE_W * t_ms + (LOAD_W - IDLE_W) * busy

    curve = Curve(0.1, 1050.0)
    for t_ms in range(0, 20_000, read_every_ms):
        curve.add(t_ms * MS, int(true_mj(max(0, t_ms // 100 * 100 - 20))))
    return curve


def stated(curve: Curve, start_ms: int, end_ms: int) -> Energy:
    window = curve.between(start_ms * MS, end_ms * MS)
    return Energy(
        window.energy_j, 0, window.u_j, 0.05 * window.energy_j, "g", Method.COUNTER, "nvml", ("gpu-0",), "b", window.limit_j
    )


@given(
    start_ms=st.integers(3000, 4000),
    length_ms=st.sampled_from([20, 50, 100, 200, 300, 500, 1000, 2000, 5000]),
    read_every_ms=st.sampled_from([14, 50, 100, 130]),
)
def test_every_burst_lies_within_its_stated_interval_or_below_its_limit(
    start_ms: int, length_ms: int, read_every_ms: int
) -> None:
    end_ms = start_ms + length_ms
    energy = stated(recorded(read_every_ms=read_every_ms, bursts=((start_ms, end_ms),)), start_ms, end_ms)
    low, high = energy.interval
    assert low <= LOAD_W * length_ms / 1e3 <= high


def test_long_windows_are_sharp_and_very_short_ones_claim_only_an_upper_limit() -> None:
    curve = recorded(bursts=((3000, 13000),))
    long, short = stated(curve, 3500, 12500), stated(curve, 5000, 5050)
    assert long.energy_j == pytest.approx(LOAD_W * 9, rel=0.01)
    assert long.u / long.energy_j < 0.06
    assert short.below_limit


def test_adjacent_windows_sum_to_the_whole() -> None:
    curve = recorded(bursts=((3000, 3300), (5000, 7000)))
    cuts = [2000, 2950, 3010, 3290, 4000, 6111, 8000]
    parts = [curve.between(a * MS, b * MS).energy_j for a, b in pairwise(cuts)]
    assert sum(parts) == pytest.approx(curve.between(2000 * MS, 8000 * MS).energy_j)


def test_idle_power_is_the_lowest_seen() -> None:
    assert recorded(bursts=((3000, 9000),)).idle_w == pytest.approx(IDLE_W, rel=0.02)


def test_a_window_beyond_the_recording_says_so() -> None:
    window = recorded().between(19_000 * MS, 25_000 * MS)
    assert "not recorded" in window.warnings[0]
    assert window.u_j > 1000


def test_a_counter_that_goes_back_is_no_good_any_more() -> None:
    curve = recorded()
    curve.add(30_000 * MS, 5)
    assert "went back" in curve.between(0, MS).warnings[0]


def test_the_provider_keeps_its_contract() -> None:
    assert check_provider(Nvml(FakeLibrary())).found
    assert not check_provider(Nvml(FakeLibrary(1, mig=(0,)))).found


def test_without_a_gpu_the_library_is_not_even_imported() -> None:
    code = """
import sys
from greenlint.profiler.providers.nvml import Nvml
from greenlint.profiler.selection import make_context
print(Nvml().probe(make_context({})).status, "pynvml" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    status, imported = done.stdout.split()
    assert status in ("unavailable", "found", "refused")
    assert (imported == "False") == (status == "unavailable")
