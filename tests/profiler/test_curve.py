"""The recorded curve of a slow counter: what it proves of a window, and what it does not claim."""

from __future__ import annotations

import sys
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.model.energy import Energy, Method
from greenlint.profiler.curve import Curve

MS = 1_000_000
IDLE_W, LOAD_W = 130.0, 690.0


def recorded(*, read_every_ms: int = 14, bursts: tuple[tuple[int, int], ...] = (), idle_w: float = IDLE_W) -> Curve:
    """A recording as an H200 gives it: steps every 100 ms, which show the energy up to 20 ms late."""

    def true_uj(t_ms: float) -> float:
        busy = sum(max(0.0, min(t_ms, b) - a) for a, b in bursts)
        return (idle_w * t_ms + (LOAD_W - idle_w) * busy) * 1e3

    curve = Curve(0.1, 1050.0)
    for t_ms in range(0, 20_000, read_every_ms):
        curve.add(t_ms * MS, int(true_uj(max(0, t_ms // 100 * 100 - 20))))
    return curve


def stated(curve: Curve, start_ms: int, end_ms: int) -> Energy:
    window = curve.between(start_ms * MS, end_ms * MS)
    return Energy(
        window.energy_j, 0, window.u_j, 0.05 * window.energy_j, "g", Method.COUNTER, "nvml", ("gpu-0",), "b", window.limit_j
    )


@given(
    start_ms=st.integers(3000, 4000),
    length_ms=st.sampled_from([20, 50, 100, 150, 200, 300, 500, 1000, 2000, 5000]),
    read_every_ms=st.sampled_from([14, 50, 100, 130, 200]),
    idle_w=st.sampled_from([0.0, 20.0, IDLE_W]),
)
def test_every_burst_lies_within_its_stated_interval_or_below_its_limit(
    start_ms: int, length_ms: int, read_every_ms: int, idle_w: float
) -> None:
    end_ms = start_ms + length_ms
    energy = stated(recorded(read_every_ms=read_every_ms, bursts=((start_ms, end_ms),), idle_w=idle_w), start_ms, end_ms)
    low, high = energy.interval
    assert low <= LOAD_W * length_ms / 1e3 <= high * 1.001


@given(
    bursts=st.lists(st.integers(2000, 18_000), min_size=2, max_size=12, unique=True).map(sorted),
    window=st.tuples(st.integers(1000, 17_000), st.integers(1, 2500)),
    read_every_ms=st.sampled_from([14, 100, 130, 200]),
)
def test_the_hard_bounds_hold_whatever_the_power_did(bursts: list[int], window: tuple[int, int], read_every_ms: int) -> None:
    pairs = tuple(zip(bursts[::2], bursts[1::2]))
    start, end = window[0], window[0] + window[1]
    busy = sum(max(0, min(end, b) - max(start, a)) for a, b in pairs)
    truth = (IDLE_W * (end - start) + (LOAD_W - IDLE_W) * busy) / 1e3
    low, high = recorded(read_every_ms=read_every_ms, bursts=pairs).bounds(start * MS, end * MS)
    assert low - 1e-3 <= truth <= high + 1e-3


def test_a_window_that_holds_no_step_whole_claims_only_what_its_steps_allow() -> None:
    """At constant power interpolation would be right by luck: nobody knows what happened between two steps."""
    curve = recorded(bursts=((1000, 19_000),))
    inside = stated(curve, 3120, 3270)
    assert inside.energy_j > 3.29 * inside.u_rand
    assert inside.below_limit
    assert LOAD_W * 0.15 < inside.limit_j == curve.bounds(3120 * MS, 3270 * MS).high_j
    assert not stated(curve, 3120, 3520).below_limit


def test_steps_that_show_their_energy_late_do_not_break_the_bounds() -> None:
    curve = recorded(bursts=((3500, 10_000),), idle_w=0.0)
    for end_ms in range(4000, 4300):
        assert curve.bounds(3400 * MS, end_ms * MS).high_j >= LOAD_W * (end_ms - 3500) / 1e3


def test_long_windows_are_sharp_and_very_short_ones_claim_only_an_upper_limit() -> None:
    curve = recorded(bursts=((3000, 13000),))
    long, short = stated(curve, 3500, 12500), stated(curve, 5000, 5050)
    assert long.energy_j == pytest.approx(LOAD_W * 9, rel=0.01)
    assert long.u / long.energy_j < 0.06
    assert short.below_limit
    assert short.upper_limit > LOAD_W * 0.05


def test_adjacent_windows_sum_to_the_whole() -> None:
    curve = recorded(bursts=((3000, 3300), (5000, 7000)))
    cuts = [2000, 2950, 3010, 3290, 4000, 6111, 8000]
    parts = [curve.between(a * MS, b * MS).energy_j for a, b in pairwise(cuts)]
    assert sum(parts) == pytest.approx(curve.between(2000 * MS, 8000 * MS).energy_j)


def test_idle_power_is_the_lowest_seen() -> None:
    assert recorded(bursts=((3000, 9000),)).idle_w == pytest.approx(IDLE_W, rel=0.02)


def test_a_window_beyond_the_recording_says_so_and_is_only_bounded() -> None:
    window = recorded().between(19_000 * MS, 25_000 * MS)
    assert "the last 5." in window.warnings[0] and "not recorded" in window.warnings[0]
    assert window.limit_j > 5000


def test_a_window_from_before_the_recording_says_so() -> None:
    window = recorded().between(-3000 * MS, 1000 * MS)
    assert window.warnings == ("the first 3.00 s were not recorded",)
    assert window.limit_j > 3000


def test_a_window_with_missed_reads_inside_it_stays_right_and_at_its_end_it_is_wide() -> None:
    curve = Curve(0.1, 1050.0)
    for t_ms in [*range(0, 5000, 100), *range(8000, 12_000, 100)]:
        curve.add(t_ms * MS, int(LOAD_W * t_ms * 1e3))
    across, at_the_gap = stated(curve, 3000, 10_000), stated(curve, 3000, 6500)
    assert across.energy_j == pytest.approx(LOAD_W * 7, rel=0.02)
    assert across.u / across.energy_j < 0.08
    assert at_the_gap.u_rand > 3 * across.u_rand


def test_a_counter_that_goes_back_ends_the_record_and_leaves_what_was_before() -> None:
    curve = recorded()
    curve.add(20_000 * MS, 5)
    curve.add(20_100 * MS, 20_000_000)
    assert "went back" in curve.doubt
    before, across = curve.between(5000 * MS, 8000 * MS), curve.between(18_000 * MS, 20_100 * MS)
    assert before.warnings == ()
    assert before.energy_j == pytest.approx(IDLE_W * 3, rel=0.02)
    assert "went back" in across.warnings[0]
    assert across.limit_j >= IDLE_W * 2


def test_a_counter_that_leaps_further_than_the_board_can_draw_ends_the_record() -> None:
    curve = recorded()
    curve.add(20_000 * MS, 10**15)
    assert "leapt" in curve.doubt and "1.05e+03 W" in curve.doubt
    assert "leapt" in curve.between(19_000 * MS, 20_000 * MS).warnings[0]


def test_a_counter_that_never_moves_is_dead_after_three_periods_whatever_the_gauge_shows() -> None:
    curve = Curve(0.1, 1050.0)
    for t_ms in (0, 100, 200):
        curve.add(t_ms * MS, 7_000_000)
    assert curve.doubt == ""
    assert curve.between(0, 200 * MS).warnings == ("the energy counter has not moved yet",)
    curve.add(300 * MS, 7_000_000)
    assert curve.doubt == "the energy counter did not move in 0.3 s"
    curve.gauge_w = 128.7
    assert curve.between(0, 300 * MS).warnings == (
        "the energy counter did not move in 0.3 s while the power gauge shows 129 W",
    )


def test_a_counter_that_stops_in_mid_run_is_doubted_from_there_on() -> None:
    curve = recorded()
    for t_ms in range(20_000, 22_000, 100):
        curve.add(t_ms * MS, int(IDLE_W * 19_880 * 1e3))
    assert "did not move in" in curve.doubt
    assert curve.between(5000 * MS, 8000 * MS).warnings == ()
    assert "did not move" in curve.between(19_000 * MS, 21_500 * MS).warnings[0]


def test_a_counter_that_ticks_but_counts_nothing_is_not_believed() -> None:
    curve = Curve(0.1, 1050.0)
    for t_ms in range(0, 2000, 100):
        curve.add(t_ms * MS, 1000 * t_ms // 1000)
    assert "less than 0.05 W" in curve.doubt
    window = curve.between(500 * MS, 1500 * MS)
    assert window.limit_j > 500
    assert "less than 0.05 W" in window.warnings[0]


def test_an_idle_board_that_is_alive_passes() -> None:
    curve = Curve(0.1, 1050.0)
    for t_ms in range(0, 3000, 100):
        curve.add(t_ms * MS, int(4.5 * t_ms * 1e3))
    assert curve.doubt == ""
    assert curve.idle_w == pytest.approx(4.5, rel=0.01)


def test_the_curve_can_be_read_while_it_is_recorded() -> None:
    curve, problems = Curve(0.1, 1050.0), list[Exception]()
    ended = threading.Event()

    def read() -> None:
        end = 200 * MS
        while not ended.is_set():
            end = max(end, curve.last_ns)
            try:
                curve.between(end - 2000 * MS, end)
            except (IndexError, ValueError, ZeroDivisionError) as error:
                problems.append(error)
                return

    reader = threading.Thread(target=read)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        reader.start()
        for t_ms in range(0, 500_000, 100):
            curve.add(t_ms * MS, int(IDLE_W * t_ms * 1e3))
    finally:
        sys.setswitchinterval(interval)
        ended.set()
        reader.join()
    assert problems == []


def test_one_failed_read_loses_nothing_and_three_are_a_reason() -> None:
    curve = recorded()
    curve.fail("timeout")
    assert curve.doubt == ""
    curve.add(20_000 * MS, int(IDLE_W * 19_980 * 1e3))
    for _ in range(3):
        curve.fail("GPU is lost")
    assert curve.doubt == "GPU is lost"
    assert curve.between(5000 * MS, 8000 * MS).warnings == ()
