"""Sessions in which time or the process itself is disturbed: suspend, clock steps, forks, closed descriptors, lost CPUs."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import greenlint.profiler
from greenlint.profiler import perf
from greenlint.profiler.busy import BusyClock
from greenlint.profiler.clock import ProcessTreeClock
from greenlint.profiler.meter import Meter
from greenlint.testing import CounterTree, FakeClock, ReplayProvider

FORKS = "ignore:This process:DeprecationWarning"  # since Python 3.12, of forks beside a thread
linux = pytest.mark.skipif(sys.platform != "linux", reason="perf and /proc exist on Linux only")


def counting(clock: FakeClock) -> Meter:
    """A meter over a counter of 40 W; it does not count while the machine sleeps."""
    return Meter.open(ReplayProvider(at=lambda: (clock.t_ns // 25,)), self_check=False, clock=clock)


def test_a_window_in_which_the_machine_slept_is_void_and_says_why() -> None:
    clock = FakeClock()
    with counting(clock) as meter:
        start = meter.read()
        clock.advance(1.0)
        clock.suspend(312)
        clock.advance(1.0)
        meter.energy(start, meter.read())
        assert meter.invalid is not None and "suspended for 312 s" in meter.invalid
    assert any("suspended" in text for text in meter.close())


def test_sleep_between_the_last_window_and_the_end_is_noticed_too() -> None:
    clock = FakeClock()
    meter = counting(clock)
    clock.suspend(5)
    meter.close()
    assert meter.invalid is not None and "suspended for 5 s" in meter.invalid


def test_clocks_that_differ_by_less_than_a_second_are_no_suspension() -> None:
    clock = FakeClock()
    with counting(clock) as meter:
        clock.advance(1.0)
        clock.suspend(0.4)
        meter.read()
        assert meter.invalid is None


@linux
def test_the_real_clock_says_that_this_machine_is_awake() -> None:
    clock = ProcessTreeClock()
    before = clock.asleep_ns()
    assert abs(clock.asleep_ns() - before) < 1e9
    clock.close()


@linux
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="a time namespace needs root")
def test_a_machine_that_slept_before_the_session_is_as_good_as_any(tmp_path: Path) -> None:
    # In a time namespace the boot clock is a day ahead, as after a suspension before the program began.
    code = """
import ctypes, os, sys
if ctypes.CDLL(None, use_errno=True).unshare(0x80):
    sys.exit(77)
with open("/proc/self/timens_offsets", "w") as file:
    file.write("boottime 86400 0\\n")
if os.fork():
    sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
from greenlint.profiler.clock import ProcessTreeClock
from greenlint.profiler.meter import Meter
from greenlint.testing import CounterTree
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
with CounterTree(sys.argv[1]) as tree, Meter.open(RaplPowercap(sys.argv[1])) as meter:
    meter.read()
    print(meter.invalid, ProcessTreeClock.asleep_ns() > 80_000e9)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True)
    if done.returncode == 77:
        pytest.skip("this kernel has no time namespaces")
    assert done.stdout == "None True\n", done.stderr


def test_no_measurement_looks_at_the_wall_clock() -> None:
    """A wall clock steps; only the age of what is stored in files may be told by it."""
    folder = Path(greenlint.profiler.__path__[0])
    users = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) and node.module == "time" else set()
            )
            called = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "time"
            if names & {"time", "time_ns"} or (called and node.attr in ("time", "time_ns")):
                users.add(path.relative_to(folder).as_posix())
    assert users <= {"boot.py", "trust.py", "calibration.py", "calibrating.py", "meters/file.py"}


@linux
def test_a_child_that_is_forked_in_mid_session_can_read_and_end_and_the_parent_goes_on(tmp_path: Path) -> None:
    code = """
import json, os, sys, time
from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
with Meter.open(RaplPowercap(sys.argv[1])) as meter:
    meter.start_timeline(0.002)
    start = meter.read()
    for _ in range(20):
        child = os.fork()
        if child == 0:
            end = meter.read()
            meter.energy(start, end, idle="wall")
            meter.close()
            os._exit(0 if end.counters >= start.counters else 3)
        assert os.waitpid(child, 0)[1] == 0
    time.sleep(0.05)
    end = meter.read()
    seconds = (end.t_ns - start.t_ns) / 1e9
    energy = meter.energy(start, end, idle="wall")
    low, high = energy.interval
warnings = meter.close()
print(json.dumps({"invalid": meter.invalid, "inside": low < 40 * seconds < high}))
"""
    with CounterTree(tmp_path):
        done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout or "{}") == {"invalid": None, "inside": True}, done.stderr


@linux
def test_a_fork_while_another_thread_reads_the_counters_does_not_block_the_child() -> None:
    """The timeline's thread holds the lock nearly all the time, for this source is slow; it does not exist in the child."""
    code = """
import os, signal, time
from greenlint.profiler.meter import Meter
from greenlint.testing import ReplayProvider
def slow():
    time.sleep(0.005)
    return (time.perf_counter_ns() // 25,)
with Meter.open(ReplayProvider(at=slow), self_check=False) as meter:
    meter.start_timeline(0.0001)
    for _ in range(5):
        time.sleep(0.003)
        child = os.fork()
        if child == 0:
            signal.alarm(10)
            meter.read()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0, "the child was blocked"
    assert meter.invalid is None, meter.invalid
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@linux
def test_a_device_that_a_thread_asks_is_void_in_a_forked_child_and_goes_on_in_the_parent() -> None:
    code = """
import os, time
from greenlint.model.energy import Method
from greenlint.profiler.accounts.totals import Totals
from greenlint.profiler.polled import PolledCounter
from greenlint.profiler.provider import Domain
source = PolledCounter(lambda: (time.perf_counter_ns() // 25,), name="x", method=Method.METER, boundary="x",
                       domains=(Domain("x"),), period_s=0.01, gain=0.05, identity="x")
totals = Totals(source, time.perf_counter_ns)
child = os.fork()
if child == 0:
    totals.read()
    os._exit(0 if "forked" in (totals.invalid or "") else 3)
assert os.waitpid(child, 0)[1] == 0, "the child believed an old value"
time.sleep(0.1)
assert totals.read()[0] > 0 and totals.invalid is None
source.close()
"""
    done = subprocess.run([sys.executable, "-W", "error", "-W", FORKS, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


CLOSES_ALL = """
import json, os, sys, time
from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
meter = Meter.open(RaplPowercap(sys.argv[1]))
before = meter.read()
os.closerange(3, 4096)
files = [open(os.devnull) for _ in range(8)]  # the program goes on with files of its own
until = time.process_time() + 0.1
while time.process_time() < until:
    pass
after = meter.read()
energy = meter.energy(before, after)
warnings = meter.close()
for file in files:
    file.close()  # raises when one of them was closed for ours
print(json.dumps({
    "cpu_s": (after.cpu_ns - before.cpu_ns) / 1e9, "uj": sum(after.counters) - sum(before.counters),
    "invalid": meter.invalid, "warnings": warnings, "kind": meter.clock.kind}))
"""


@linux
def test_a_program_that_closes_all_descriptors_keeps_its_files_and_its_measurement(tmp_path: Path) -> None:
    with CounterTree(tmp_path):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", CLOSES_ALL, str(tmp_path)], capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["invalid"] is None and seen["kind"] == "rusage"
    assert 0.08 < seen["cpu_s"] < 0.5
    assert seen["uj"] > 40e6 * 0.08
    assert any("closed our file descriptors" in text for text in seen["warnings"]) or seen["cpu_s"] > 0


@linux
def test_the_cpu_clock_never_goes_back_when_it_loses_perf() -> None:
    clock = ProcessTreeClock()
    if clock.kind != "perf-task-clock":
        pytest.skip("the kernel does not allow perf here")
    sum(range(300_000))
    before = clock.read()
    os.closerange(512, 600)
    after = clock.read()
    sum(range(300_000))
    assert before <= after <= clock.read()
    assert clock.kind == "rusage"
    clock.close()


@linux
def test_busy_time_goes_on_after_its_file_was_closed_and_stays_without_one(tmp_path: Path) -> None:
    copy = tmp_path / "stat"
    copy.write_bytes(Path("/proc/stat").read_bytes())
    clock = BusyClock(str(copy))
    first = clock.read()
    os.closerange(512, 600)
    assert clock.read() == first and clock.available
    copy.write_bytes(b"")
    assert clock.read() == first
    copy.unlink()
    os.closerange(512, 600)
    assert clock.read() == first and not clock.available
    clock.close()


@linux
def test_an_event_of_a_cpu_that_went_offline_is_an_error_not_a_zero() -> None:
    end_of_file = os.open(os.devnull, os.O_RDONLY)
    with pytest.raises(OSError, match="No such device"):
        perf.read_count(end_of_file)
    os.close(end_of_file)


def test_where_the_machine_does_not_tell_how_busy_it_is_the_value_says_so() -> None:
    clock = FakeClock()
    clock.available = False
    with counting(clock) as meter:
        start = meter.read()
        clock.advance(1.0, cpu_s=0.5)
        energy = meter.energy(start, meter.read())
    assert any("busy time of this machine cannot be read" in text for text in energy.warnings)
