"""Counter arithmetic holds for every phase of a wrap, and refuses what cannot be known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenlint.profiler.unwrap import BACKWARD_UJ, SLACK_S, step

RANGE = 262_143_328_850
MAX_W = 400.0


@given(
    start=st.integers(0, RANGE - 1),
    elapsed_s=st.floats(1e-4, 300),
    watts=st.floats(0, MAX_W),
)
def test_true_energy_is_found_at_every_phase_of_a_wrap(start: int, elapsed_s: float, watts: float) -> None:
    true_uj = int(elapsed_s * watts * 1e6)
    moved = step(start, (start + true_uj) % (RANGE + 1), range_uj=RANGE, elapsed_s=elapsed_s, max_w=MAX_W)
    assert moved.delta_uj == true_uj


@given(start=st.integers(0, RANGE - 1), now=st.integers(0, RANGE - 1), elapsed_s=st.floats(0, 5000))
def test_a_step_is_never_negative_and_never_implausible(start: int, now: int, elapsed_s: float) -> None:
    moved = step(start, now, range_uj=RANGE, elapsed_s=elapsed_s, max_w=MAX_W)
    if moved.delta_uj is None:
        assert moved.problem
    else:
        assert 0 <= moved.delta_uj <= MAX_W * (elapsed_s + SLACK_S) * 1e6
        assert moved.delta_uj == 0 or (start + moved.delta_uj) % (RANGE + 1) == now % (RANGE + 1)


@given(start=st.integers(0, RANGE - 1), parts=st.lists(st.integers(0, 40_000), min_size=1, max_size=50))
def test_steps_telescope_across_wraps(start: int, parts: list[int]) -> None:
    value, total = start, 0
    for part in parts:
        following = (value + part) % (RANGE + 1)
        moved = step(value, following, range_uj=RANGE, elapsed_s=0.001, max_w=MAX_W)
        assert moved.delta_uj is not None
        total, value = total + moved.delta_uj, following
    assert total == sum(parts)


def test_reads_too_far_apart_are_ambiguous() -> None:
    moved = step(0, 1_000_000, range_uj=RANGE, elapsed_s=RANGE / 1e6 / MAX_W + 60, max_w=MAX_W)
    assert moved.delta_uj is None
    assert "more than once" in moved.problem


def test_a_reset_is_not_taken_for_a_wrap() -> None:
    moved = step(9_000_000_000, 50, range_uj=RANGE, elapsed_s=1.0, max_w=MAX_W)
    assert moved.delta_uj is None
    assert "went back" in moved.problem


def test_a_step_back_by_one_unit_is_rounding() -> None:
    assert step(5_000_061, 5_000_000, range_uj=RANGE, elapsed_s=0.001, max_w=MAX_W).delta_uj == 0
    assert step(5_000_061, 5_000_000, range_uj=0, elapsed_s=0.001, max_w=MAX_W).delta_uj == 0
    assert step(5_000_000, 5_000_000 - BACKWARD_UJ - 1, range_uj=0, elapsed_s=0.001, max_w=MAX_W).delta_uj is None


def test_without_a_range_a_wrap_cannot_be_repaired() -> None:
    assert step(RANGE - 1, 5, range_uj=0, elapsed_s=1.0, max_w=MAX_W).delta_uj is None


def test_a_jump_beyond_any_load_is_refused() -> None:
    moved = step(0, 900_000_000, range_uj=RANGE, elapsed_s=0.01, max_w=MAX_W)
    assert moved.delta_uj is None
    assert "jumped" in moved.problem
