"""Windows over counters that wrap, go back, are reset or stop: the exact energy, or no number and the reason."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlint.profiler.accounts.totals import Totals
from greenlint.profiler.meter import Meter
from greenlint.profiler.provider import Domain
from greenlint.profiler.selection import make_context
from greenlint.profiler.unwrap import BACKWARD_UJ
from greenlint.testing import FakeClock, ReplayProvider

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context

RANGES = st.sampled_from([262_143_328_850, 65_712_999_613])
QUANTUM = 61


@lru_cache(maxsize=1)
def context() -> Context:
    return make_context({})


class Counter:
    """A counter that a test moves by hand, with its range; `raw` is what the file would show."""

    def __init__(self, *, start: int = 1_000_000, range_uj: int = 262_143_328_850, max_w: float = 400.0) -> None:
        self.raw, self.range_uj = start, range_uj
        self.clock = FakeClock()
        provider = ReplayProvider(at=lambda: (self.raw,), domains=(Domain("package-0", range_uj, max_w),))
        self.totals = Totals(provider.open(context()), self.clock.now_ns)

    @property
    def invalid(self) -> str | None:
        return self.totals.invalid

    def run(self, seconds: float, uj: int) -> None:
        """Let the counter count `uj` in this time, wrapping as often as it must."""
        self.clock.advance(seconds)
        self.raw = (self.raw + uj) % (self.range_uj + 1) if self.range_uj else self.raw + uj

    def read(self) -> int:
        return sum(self.totals.read())


def window(counter: Counter, seconds: float, uj: int) -> int:
    """What the meter counted in a window in which the counter counted `uj`."""
    start = counter.read()
    counter.run(seconds, uj)
    return counter.read() - start


@settings(max_examples=200, deadline=None)
@given(
    range_uj=RANGES, phase=st.floats(0, 1), seconds=st.floats(0.001, 100), watts=st.floats(0.1, 400), before_s=st.floats(0, 1)
)
def test_a_wrap_at_any_phase_of_a_window_costs_no_microjoule(
    range_uj: int, phase: float, seconds: float, watts: float, before_s: float
) -> None:
    uj = int(seconds * watts * 1e6)
    # The wrap falls at `phase` of the window; some time of the session lies before the window.
    start = (range_uj + 1 - int(phase * uj) - int(before_s * watts * 1e6)) % (range_uj + 1)
    counter = Counter(start=start, range_uj=range_uj)
    counter.run(before_s, int(before_s * watts * 1e6))
    counted = window(counter, seconds, uj)
    assert counter.invalid is None
    assert counted == uj


@settings(max_examples=100, deadline=None)
@given(start=st.integers(0, 262_143_328_850), parts=st.lists(st.integers(1, 40_000_000), min_size=1, max_size=30))
def test_parts_of_a_session_that_wraps_sum_to_its_total(start: int, parts: list[int]) -> None:
    counter = Counter(start=start)
    counted = [window(counter, 0.1, uj) for uj in parts]
    assert counter.invalid is None
    assert counted == parts


@settings(max_examples=100, deadline=None)
@given(
    range_uj=RANGES,
    start=st.floats(0, 1),
    seconds=st.floats(0.1, 2000),
    share=st.floats(0, 1),
    glitch=st.one_of(st.just(0), st.integers(-(10**12), 10**12)),
)
def test_a_number_is_either_the_truth_or_void(range_uj: int, start: float, seconds: float, share: float, glitch: int) -> None:
    counter = Counter(start=int(start * range_uj), range_uj=range_uj)
    uj = int(seconds * 400 * share * 1e6)
    counted = window(counter, seconds, uj)
    if counter.invalid is None:
        # Only steps back by less than a unit's rounding are not told from standing still.
        assert counted == uj or (counted == 0 and range_uj + 1 - uj <= BACKWARD_UJ)
    counter.raw += glitch
    last = counter.read()
    assert last >= counted >= 0
    assert counter.invalid or last - counted <= 400 * 0.1 * 1e6


@pytest.mark.parametrize("wraps", [2, 3])
def test_two_wraps_without_a_read_are_not_guessed(wraps: int) -> None:
    counter = Counter()
    window(counter, wraps * 262_143 / 400, wraps * 262_143_328_850 + 7_000_000)
    assert counter.invalid is not None and "more than once" in counter.invalid


def test_reads_in_between_keep_two_wraps_apart() -> None:
    counter = Counter()
    counted = sum(window(counter, 300, 300 * 400 * 1_000_000) for _ in range(6))
    assert counter.invalid is None
    assert counted == 6 * 300 * 400 * 1_000_000


def test_without_a_range_a_wrap_is_void_and_counting_on_is_not() -> None:
    counter = Counter(range_uj=0, start=262_143_000_000)
    assert window(counter, 1, 40_000_000) == 40_000_000
    counter.clock.advance(1)
    counter.raw = 5
    counter.read()
    assert counter.invalid is not None and "went back" in counter.invalid


def test_a_range_that_is_too_small_is_noticed_when_the_counter_passes_it() -> None:
    counter = Counter(range_uj=10_000_000)
    counter.clock.advance(1)
    counter.raw = 11_000_000
    counter.read()
    assert counter.invalid is not None and "above its range" in counter.invalid


@pytest.mark.parametrize("before", [50_000_000, 5_000_000_000, 200_000_000_000])
@pytest.mark.parametrize("seconds", [0.01, 1.0, 30.0])
def test_a_driver_that_is_loaded_again_is_no_wrap(before: int, seconds: float) -> None:
    counter = Counter(start=before)
    counter.read()
    counter.clock.advance(seconds)
    counter.raw = 1_000_000
    counter.read()
    assert counter.invalid is not None and "reset" in counter.invalid


def test_trembling_by_a_unit_gains_nothing() -> None:
    counter = Counter()
    for _ in range(100):
        counter.clock.advance(0.001)
        counter.raw += QUANTUM
        counter.read()
        counter.clock.advance(0.001)
        counter.raw -= QUANTUM
        last = counter.read()
    assert counter.invalid is None
    assert last == QUANTUM
    counter.clock.advance(1)
    counter.read()
    assert counter.invalid is not None and "stood still" in counter.invalid


def test_trembling_across_the_end_of_the_range_gains_nothing() -> None:
    counter = Counter(start=20)
    counter.read()
    for raw in (counter.range_uj - 40, 20, counter.range_uj - 40, 20):
        counter.clock.advance(0.001)
        counter.raw = raw
        last = counter.read()
    assert counter.invalid is None
    assert last == 0


@pytest.mark.parametrize("back", [BACKWARD_UJ + 1, 1_000_000])
def test_a_step_back_by_more_than_rounding_is_void(back: int) -> None:
    counter = Counter(start=5_000_000)
    window(counter, 1, 40_000_000)
    counter.raw -= back
    counter.read()
    assert counter.invalid is not None and "went back" in counter.invalid


def test_creeping_back_by_small_steps_is_noticed() -> None:
    counter = Counter(start=50_000_000)
    for _ in range(20):
        counter.clock.advance(0.001)
        counter.raw -= 200
        counter.read()
    assert counter.invalid is not None and "went back" in counter.invalid


def test_a_counter_that_pauses_in_the_middle_is_noticed_though_it_counts_at_the_end() -> None:
    counter = Counter()
    window(counter, 1, 40_000_000)
    for _ in range(30):
        counter.clock.advance(0.1)
        counter.read()
    window(counter, 1, 40_000_000)
    assert counter.invalid is not None and "stood still" in counter.invalid


def test_one_of_two_sockets_that_pauses_is_named() -> None:
    clock = FakeClock()
    values = [0, 0]
    domains = (Domain("package-0"), Domain("package-1"))
    meter = Meter.open(ReplayProvider(at=lambda: (values[0], values[1]), domains=domains), self_check=False, clock=clock)
    for _ in range(30):
        clock.advance(0.1)
        values[0] += 4_000_000
        meter.read()
    assert meter.invalid is not None and "package-1 stood still" in meter.invalid


def test_once_void_a_session_stays_void_with_its_first_reason() -> None:
    clock, raw = FakeClock(), [50_000_000]
    meter = Meter.open(ReplayProvider(at=lambda: (raw[0],)), self_check=False, clock=clock)
    meter.read()
    raw[0] = 5
    meter.read()
    first = meter.invalid
    clock.advance(1)
    raw[0] += 40_000_000
    meter.read()
    assert first is not None and meter.invalid == first
    assert any(first in warning for warning in meter.close())
