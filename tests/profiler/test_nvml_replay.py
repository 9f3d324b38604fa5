"""The provider `nvml` over the trace of a real H200: every stated interval holds the long-run energy, or is an upper bound."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from itertools import pairwise

import pytest

from benchmarks.gpu.gpu_trace import Mark, ReplayLibrary, Trace, Truth, load, replay, stated
from greenlint.profiler.accounts.curve import CurveAccount
from greenlint.profiler.providers.nvml import Nvml
from greenlint.profiler.reading import Reading
from greenlint.profiler.recorder import BoardRecorder
from greenlint.profiler.selection import make_context

DATA = os.path.join(os.path.dirname(__file__), "data")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PRODUCT_J = 5.80  # one bf16 product of 8192 x 8192, from the 5 s phase
MS = 1_000_000

PACES = {
    "75 Hz": {"pace_s": 0.013, "jitter": 0.2},
    "10 Hz": {"pace_s": 0.1},
    "10 Hz jittered": {"pace_s": 0.1, "jitter": 0.3},
    "10 Hz with missed and late reads": {"pace_s": 0.1, "jitter": 0.2, "missed": 0.15, "late": 0.1},
    "7 Hz": {"pace_s": 0.137, "jitter": 0.1},
    "5 Hz": {"pace_s": 0.2},
    "5 Hz jittered": {"pace_s": 0.2, "jitter": 0.3},
    "5 Hz with missed and late reads": {"pace_s": 0.2, "jitter": 0.2, "missed": 0.15, "late": 0.1},
}
STEADY = [name for name in PACES if "missed" not in name]


@pytest.fixture(scope="module")
def recording() -> tuple[Trace, list[Mark]]:
    return load(os.path.join(DATA, "nvml_h200_trace.csv.gz"), os.path.join(DATA, "nvml_h200_marks.json"))


@pytest.fixture(scope="module")
def trace(recording: tuple[Trace, list[Mark]]) -> Trace:
    return recording[0]


@pytest.fixture(scope="module")
def truth(recording: tuple[Trace, list[Mark]]) -> Truth:
    known = Truth(*recording)
    assert known.per_iteration_j["matmul"] == pytest.approx(PRODUCT_J, rel=0.01)
    assert known.idle_w == pytest.approx(130, rel=0.02)
    known.per_iteration_j["matmul"] = PRODUCT_J
    return known


@pytest.fixture(scope="module", params=PACES)
def source(request: pytest.FixtureRequest, trace: Trace) -> BoardRecorder:
    return replay(trace, **PACES[request.param], seed=len(request.param))


def missed(source: BoardRecorder, truth: Truth, windows: list[tuple[int, int]]) -> list[str]:
    """Windows whose stated interval does not hold the truth; of an upper bound the interval starts at 0."""
    wrong = []
    for start, end in windows:
        value, true_j = stated(source, start, end), truth.energy_j(start, end)
        low, high = value.interval
        if not low <= true_j <= high:
            wrong.append(f"{(end - start) / 1e9:.3f} s: {value} and truly {true_j:.1f} J")
    return wrong


def test_every_phase_is_held_by_its_interval(source: BoardRecorder, truth: Truth) -> None:
    assert missed(source, truth, [(mark.start_ns, mark.end_ns) for mark in truth.marks]) == []


@pytest.mark.parametrize("length_ms", [50, 100, 200, 300, 500, 1000, 2000, 5000])
def test_every_part_of_a_phase_is_held_by_its_interval(source: BoardRecorder, truth: Truth, length_ms: int) -> None:
    windows = []
    for mark in truth.marks:
        room = mark.end_ns - mark.start_ns - length_ms * MS
        windows += [
            (mark.start_ns + room * k // 8, mark.start_ns + room * k // 8 + length_ms * MS) for k in range(9) if room >= 0
        ]
    assert missed(source, truth, windows) == []


def test_windows_across_phases_are_held_by_their_intervals(source: BoardRecorder, truth: Truth) -> None:
    chance = random.Random(7)
    first, last = truth.marks[0].start_ns + 300 * MS, truth.marks[-1].end_ns - 300 * MS
    windows = []
    for _ in range(400):
        length = int(chance.choice([0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30]) * 1e9)
        start = chance.randint(first, last - length)
        windows.append((start, start + length))
    assert missed(source, truth, windows) == []


def test_windows_that_begin_or_end_with_a_burst_are_held_too(source: BoardRecorder, truth: Truth) -> None:
    """The worst case for interpolation: the power changes right at the window's end."""
    windows = []
    for mark in truth.marks:
        if mark.kind != "idle":
            for spare_ms in (0, 20, 50, 80, 120, 400):
                windows += [
                    (mark.start_ns - spare_ms * MS, mark.end_ns),
                    (mark.start_ns, mark.end_ns + spare_ms * MS),
                    (mark.start_ns - spare_ms * MS, mark.end_ns + spare_ms * MS),
                ]
    assert missed(source, truth, windows) == []


@pytest.mark.parametrize("pace", STEADY)
def test_five_seconds_are_known_to_eight_percent_and_less_than_a_step_only_from_above(
    trace: Trace, truth: Truth, pace: str
) -> None:
    source = replay(trace, **PACES[pace])
    long = next(mark for mark in truth.marks if mark.name == "matmul-bf16-8192-5s")
    value = stated(source, long.start_ns, long.end_ns)
    assert value.u / value.energy_j <= 0.08
    assert value.energy_j == pytest.approx(PRODUCT_J * long.iterations, rel=0.03)
    short = next(mark for mark in truth.marks if mark.name == "matmul-bf16-8192-0.05s")
    bound = stated(source, short.start_ns, short.end_ns)
    assert bound.below_limit
    assert str(bound).startswith("<= ")


def test_a_second_at_ten_reads_is_known_to_twelve_percent(trace: Trace, truth: Truth) -> None:
    source = replay(trace, pace_s=0.1)
    for mark in truth.marks:
        if 0.9e9 < mark.end_ns - mark.start_ns < 1.1e9:
            value = stated(source, mark.start_ns, mark.end_ns)
            assert not value.below_limit
            assert value.u / value.energy_j <= 0.12


def test_the_parts_of_the_recording_sum_to_the_whole(trace: Trace, truth: Truth) -> None:
    source = replay(trace, pace_s=0.1, jitter=0.3)
    cuts = [truth.marks[0].start_ns + k * 1_234 * MS for k in range(40)]
    parts = sum(stated(source, a, b).energy_j for a, b in pairwise(cuts))
    assert parts == pytest.approx(stated(source, cuts[0], cuts[-1]).energy_j)


def test_counter_and_gauge_of_the_recorded_board_agree_and_no_doubt_is_left(source: BoardRecorder, truth: Truth) -> None:
    assert "counter 28" in source.facts["gpu-0"] and "power gauge 2" in source.facts["gpu-0"]
    mark = truth.marks[7]
    assert stated(source, mark.start_ns, mark.end_ns).warnings == ()
    assert source.invalid is None


class WrongGauge(ReplayLibrary):
    """The same board with a gauge that shows three quarters."""

    def nvmlDeviceGetPowerUsage(self, handle: int) -> int:
        return super().nvmlDeviceGetPowerUsage(handle) * 3 // 4


def test_a_gauge_that_disagrees_is_a_warning_of_windows_and_of_the_end_and_invalidates_nothing(
    trace: Trace, truth: Truth
) -> None:
    library = WrongGauge(trace)
    source = Nvml(library, clock=library.clock).open(make_context({}))
    idle = truth.marks[0]
    while library.now_ns < idle.end_ns:
        library.now_ns += 100 * MS
        source.sample()
    account = CurveAccount(source, "here")
    energy = account.energy(Reading(idle.start_ns + 500 * MS, 0), Reading(idle.end_ns - 500 * MS, 0), "wall")
    (warning,) = energy.warnings
    assert re.fullmatch(
        r"gpu-0: counter and power gauge disagree: counter 1[23]\d W, power gauge 9\d(\.\d)? W over 5 s", warning
    )
    assert warning.endswith(source.facts["gpu-0"])
    assert account.finish() == energy.warnings
    assert account.invalid is None
    assert truth.energy_j(idle.start_ns + 500 * MS, idle.end_ns - 500 * MS) == pytest.approx(energy.energy_j, rel=0.05)


def test_the_table_is_printed_by_one_command() -> None:
    script = os.path.join(ROOT, "benchmarks", "gpu", "table.py")
    done = subprocess.run([sys.executable, script, "--hz", "5"], capture_output=True, text=True, check=True)
    assert done.stdout.count("| yes |") == 18
    assert "NO" not in done.stdout
