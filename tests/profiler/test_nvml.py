"""GPU boards by a stand-in for the NVIDIA library: a counter that steps every 100 ms, read by a thread only."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.accounts.curve import CurveAccount
from greenlint.profiler.provider import CurveWindow, Probe
from greenlint.profiler.providers.nvml import Nvml
from greenlint.profiler.reading import Reading
from greenlint.profiler.recorder import BoardRecorder
from greenlint.profiler.selection import make_context
from greenlint.testing import check_provider

IDLE_W = 130.0


class NVMLError(Exception):
    """What the library raises."""


class FakeLibrary:
    """Boards that draw a constant power, the second twice that of the first, and so on.

    mig, silent  boards that are split or have no counter; frozen  boards whose counter stands still
    energy  what the counter gives instead, an exception is raised; clock_s  a time that the test sets
    """

    NVMLError = NVMLError

    def __init__(
        self, boards: int = 1, *, mig: tuple[int, ...] = (), silent: tuple[int, ...] = (), works: bool = True, models: str = "A"
    ) -> None:
        self.boards, self.mig, self.silent, self.works, self.models = boards, mig, silent, works, models
        self.start, self.readers = time.perf_counter(), set[str]()
        self.open = 0
        self.base_mj = 5_000_000
        self.frozen: tuple[int, ...] = ()
        self.energy: dict[int, Any] = {}
        self.clock_s: float | None = None

    def now_ns(self) -> int:
        return int((self.clock_s or 0.0) * 1e9)

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
        return f"NVIDIA {self.models[handle % len(self.models)]}".encode()

    def nvmlDeviceGetMigMode(self, handle: int) -> list[int]:
        return [1, 1] if handle in self.mig else [0, 0]

    def nvmlDeviceGetEnforcedPowerLimit(self, handle: int) -> int:
        return 700_000

    def nvmlDeviceGetPowerUsage(self, handle: int) -> int:
        self.readers.add(threading.current_thread().name)
        return int(IDLE_W * (handle + 1) * 1e3)

    def nvmlDeviceGetTotalEnergyConsumption(self, handle: int) -> int:
        if handle in self.silent:
            raise NVMLError("Not Supported")
        if handle in self.energy:
            value = self.energy[handle]
            if isinstance(value, Exception):
                raise value
            return value
        self.readers.add(threading.current_thread().name)
        elapsed_s = time.perf_counter() - self.start if self.clock_s is None else self.clock_s
        steps = 0 if handle in self.frozen else int(elapsed_s * 10 + 1e-6)
        return self.base_mj + int(steps * IDLE_W * (handle + 1) * 100)


def played(library: FakeLibrary, seconds: float) -> BoardRecorder:
    """The provider over the library for a while, at ten reads a second of the library's clock, without waiting."""
    library.clock_s = 0.0
    source = Nvml(library, clock=library.now_ns).open(make_context({}))
    return play_on(source, library, seconds)


def play_on(source: BoardRecorder, library: FakeLibrary, seconds: float) -> BoardRecorder:
    for _ in range(round(seconds * 10)):
        library.clock_s = round((library.clock_s or 0.0) + 0.1, 6)
        source.sample()
    return source


def between(source: BoardRecorder, start_s: float, end_s: float) -> CurveWindow:
    return source.between(int(start_s * 1e9), int(end_s * 1e9))


def probe(library: Any) -> Probe:
    return Nvml(library).probe(make_context({}))


def test_every_visible_board_is_a_device() -> None:
    assert probe(FakeLibrary(3)).domains == ("gpu-0", "gpu-1", "gpu-2")


def test_a_board_split_by_mig_is_refused() -> None:
    found = probe(FakeLibrary(1, mig=(0,)))
    assert found.status == "refused"
    assert "MIG" in found.reason


def test_on_a_mixed_machine_the_split_board_is_left_out_and_the_others_are_read() -> None:
    found = probe(FakeLibrary(3, mig=(1,)))
    assert found.domains == ("gpu-0", "gpu-2")
    assert found.facts["left out"] == "gpu-1 is split by MIG: its counter cannot be attributed to one instance"
    assert [domain.name for domain in played(FakeLibrary(3, mig=(1,)), 1).domains] == ["gpu-0", "gpu-2"]


@pytest.mark.parametrize(
    ("names", "boards"),
    [
        ("0", ["gpu-0"]),
        ("2,0", ["gpu-2", "gpu-0"]),
        (" 1 , 2 ", ["gpu-1", "gpu-2"]),
        ("GPU-0001-0000", ["gpu-1"]),
        ("GPU-0002", ["gpu-2"]),
        ("0,-1,2", ["gpu-0"]),  # the first entry that names no board ends the list
        ("1,7,2", ["gpu-1"]),
        ("1,1", ["gpu-1"]),
        ("0,1,2", ["gpu-0", "gpu-1", "gpu-2"]),
    ],
)
def test_only_boards_that_cuda_shows_are_read(monkeypatch: pytest.MonkeyPatch, names: str, boards: list[str]) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", names)
    assert list(probe(FakeLibrary(3)).domains) == boards


@pytest.mark.parametrize("names", ["", "-1", "none", "GPU-", "GPU-9999", "NoDevFiles"])
def test_where_cuda_shows_no_board_none_is_read(monkeypatch: pytest.MonkeyPatch, names: str) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", names)
    found = probe(FakeLibrary(3))
    assert found.status == "refused"
    assert found.reason == "CUDA_VISIBLE_DEVICES hides every GPU"
    with pytest.raises(ProviderError, match="hides every GPU"):
        Nvml(FakeLibrary(3)).open(make_context({}))


@pytest.mark.parametrize("name", ["MIG-4b2c1a9f-8d3e-6f7a-b5c9-2e4d8a1f6c3b", "MIG-GPU-0001-0000/1/0"])
def test_an_instance_of_a_split_board_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", name)
    found = probe(FakeLibrary(3))
    assert found.status == "refused"
    assert found.reason == f"{name} is one instance of a board split by MIG, which has no counter"


def test_numbers_are_not_guessed_where_cuda_counts_in_an_order_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_DEVICE_ORDER", raising=False)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    found = probe(FakeLibrary(2, models="AB"))
    assert found.status == "refused"
    assert "CUDA_DEVICE_ORDER=PCI_BUS_ID" in found.remedy
    monkeypatch.setenv("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
    assert probe(FakeLibrary(2, models="AB")).domains == ("gpu-0",)


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
    assert low < 3 * IDLE_W * (end - start) / 1e9 < high
    assert energy.energy_j == pytest.approx(3 * IDLE_W, rel=0.15)
    assert energy.method is Method.COUNTER
    assert energy.domains == ("gpu-0", "gpu-1")
    assert library.open == 0


def test_every_board_has_its_own_value_and_they_sum_to_the_whole() -> None:
    account = CurveAccount(played(FakeLibrary(3), 5), "here")
    start, end = Reading(10**9, 0), Reading(4 * 10**9, 0)
    each = account.each(start, end, "wall")
    assert [energy.domains for energy in each] == [("gpu-0",), ("gpu-1",), ("gpu-2",)]
    assert [energy.energy_j for energy in each] == pytest.approx([3 * IDLE_W, 6 * IDLE_W, 9 * IDLE_W], rel=0.01)
    whole, summed = account.energy(start, end, "wall"), each[0] + each[1] + each[2]
    assert summed.energy_j == pytest.approx(whole.energy_j)
    assert summed.u_sys == pytest.approx(whole.u_sys)
    assert [energy.energy_j for energy in account.each(start, end, "apart")] == pytest.approx([0, 0, 0], abs=10)


def test_a_board_that_falls_off_the_bus_voids_what_follows_and_leaves_what_was_before() -> None:
    library = FakeLibrary(2)
    source = played(library, 5)
    library.energy[1] = NVMLError("GPU is lost")
    play_on(source, library, 1)
    before, after = between(source, 1, 4), between(source, 3, 6)
    assert before.warnings == ()
    assert before.energy_j == pytest.approx(9 * IDLE_W, rel=0.01)
    assert after.warnings == ("gpu-1: it cannot be read any more: GPU is lost",)
    assert after.energy_j <= after.limit_j
    first, second = source.each(3 * 10**9, 6 * 10**9)
    assert first.warnings == () and second.warnings == after.warnings
    account = CurveAccount(source, "here")
    assert account.finish() == ("gpu-1: it cannot be read any more: GPU is lost",)
    assert account.invalid == "gpu-1: it cannot be read any more: GPU is lost"


def test_a_board_lost_just_before_the_end_is_told_at_the_end() -> None:
    library = FakeLibrary()
    account = CurveAccount(Nvml(library).open(make_context({})), "here")
    time.sleep(0.25)
    library.energy[0] = NVMLError("GPU is lost")
    assert account.finish() == ("gpu-0: it cannot be read any more: GPU is lost",)
    assert account.invalid is not None and "gpu-0" in account.invalid


def test_errors_that_pass_lose_nothing() -> None:
    library = FakeLibrary()
    source = played(library, 2)
    library.energy[0] = NVMLError("Timeout")
    play_on(source, library, 1)
    del library.energy[0]
    play_on(source, library, 2)
    window = between(source, 1, 4)
    assert window.warnings == ()
    assert window.energy_j == pytest.approx(3 * IDLE_W, rel=0.02)
    assert source.close() == ()


def test_a_reloaded_driver_is_a_reset_and_not_a_wrap() -> None:
    library = FakeLibrary()
    source = played(library, 3)
    library.base_mj = -1_000
    play_on(source, library, 2)
    assert "went back (driver reloaded?)" in between(source, 2, 5).warnings[0]
    assert between(source, 1, 2.5).warnings == ()
    assert source.invalid is not None and "went back" in source.invalid


@pytest.mark.parametrize("wrong", [-1, None, "garbage", float("nan"), 2**63, float("inf")])
def test_a_wrong_value_is_a_reason_and_never_a_number(wrong: object) -> None:
    library = FakeLibrary()
    source = played(library, 3)
    library.energy[0] = wrong
    play_on(source, library, 1)
    window = between(source, 2, 4)
    assert len(window.warnings) == 1 and "\n" not in window.warnings[0]
    assert window.energy_j <= window.limit_j
    assert source.invalid is not None


def test_an_error_of_any_kind_in_the_thread_ends_in_a_reason() -> None:
    library = FakeLibrary()
    source = Nvml(library).open(make_context({}))
    library.energy[0] = RuntimeError("the library\ncrashed")
    time.sleep(0.45)
    assert source.invalid == "gpu-0: it cannot be read any more: the library crashed"
    assert source.close()


def test_a_dead_counter_is_told_with_the_power_that_the_board_draws() -> None:
    library = FakeLibrary(2)
    library.frozen = (0,)
    source = played(library, 0.5)
    assert source.invalid == "gpu-0: the energy counter did not move in 0.5 s while the power gauge shows 130 W"
    first, second = source.each(10**8, 4 * 10**8)
    assert first.energy_j <= first.limit_j and "did not move" in first.warnings[0]
    assert second.energy_j == pytest.approx(2 * IDLE_W * 0.3, rel=0.2)


def test_the_self_check_costs_a_session_no_time() -> None:
    library = FakeLibrary()
    library.frozen = (0,)
    start = time.perf_counter()
    source = Nvml(library).open(make_context({}))
    assert time.perf_counter() - start < 0.05
    source.close()


def test_settling_does_not_wait_for_a_dead_counter() -> None:
    library = FakeLibrary()
    library.frozen = (0,)
    source = Nvml(library).open(make_context({}))
    time.sleep(0.5)
    start = time.perf_counter()
    source.settle(time.perf_counter_ns())
    assert time.perf_counter() - start < 0.2
    source.close()


def test_counter_and_gauge_are_compared_from_two_seconds_on() -> None:
    library = FakeLibrary()
    source = played(library, 1.5)
    assert source.facts == {}
    play_on(source, library, 3)
    assert source.facts == {"gpu-0": "counter 130 W, power gauge 130 W over 4 s"}


def test_a_board_without_a_gauge_is_measured_all_the_same() -> None:
    class NoGauge(FakeLibrary):
        def nvmlDeviceGetPowerUsage(self, handle: int) -> int:
            raise NVMLError("Not Supported")

    source = played(NoGauge(), 5)
    assert source.facts == {}
    assert between(source, 1, 4).warnings == ()


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
