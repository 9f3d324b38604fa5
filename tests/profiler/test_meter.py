"""The meter as a whole: always something to measure by, cheap to import and to read, the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shell import slowness

from greenlint.errors import ProviderError
from greenlint.profiler import registry
from greenlint.profiler.clock import ProcessTreeClock
from greenlint.profiler.meter import Meter, Reading
from greenlint.profiler.provider import Context, Probe, Provider
from greenlint.testing import ReplayProvider, check_provider


def python(code: str, *flags: str, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, *flags, "-c", code], capture_output=True, text=True, timeout=60, env={**os.environ, **variables}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_automatic_choice_never_fails() -> None:
    with Meter.open() as meter:
        assert meter.read().t_ns > 0
        assert meter.probes[-1].found or any(probe.found for probe in meter.probes)


def test_an_unknown_provider_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ProviderError, match="choose from auto, meter, rapl-perf, rapl-powercap"):
        Meter.open("rapl")


def test_a_failed_opening_leaves_no_descriptor() -> None:
    def opened() -> int:
        return len(os.listdir("/proc/self/fd"))

    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("no /proc here")
    before = opened()
    for _ in range(3):
        with pytest.raises(ProviderError):
            Meter.open("rapl")
        Meter.open("model").close()
    assert opened() == before


def test_importing_the_meter_is_quick_and_pulls_in_nothing_heavy(tmp_path: Path) -> None:
    heavy = ["psutil", "subprocess", "sqlite3", "multiprocessing", "importlib.metadata", "pluggy", "libcst", "ctypes"]
    heavy += ["pynvml", "codecarbon", "pyRAPL", "numpy", "statistics", "threading"]
    code = f"""
import sys, time
start = time.process_time()
import greenlint.profiler.meter
used = time.process_time() - start
assert not [name for name in {heavy!r} if name in sys.modules], sorted(sys.modules)
print(used)
"""
    # With compiled modules, as an installed package has them.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path)}
    assert min(float(python(code, **compiled)) for _ in range(6)) < 0.020 * slowness()


def test_every_module_imports_without_a_warning_and_touches_nothing() -> None:
    code = """
import importlib, pkgutil, threading
import greenlint.profiler, greenlint.testing
for package in (greenlint.profiler, greenlint.testing):
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not info.name.endswith(".hold"):
            importlib.import_module(info.name)
assert threading.active_count() == 1
"""
    python(code, "-W", "error")


def test_modules_import_where_unix_is_missing() -> None:
    code = """
import sys
for name in ("resource", "fcntl", "pwd", "grp", "termios"):
    sys.modules[name] = None
sys.platform = "win32"
import os
del os.sched_getaffinity
from greenlint.profiler.meter import Meter
with Meter.open(self_check=False) as meter:
    a, b = meter.read(), meter.read()
    print(meter.provider, meter.clock.kind, meter.energy(a, b).method.mark, meter.machine.machine_class.endswith("-win32"))
"""
    assert python(code) == "model os-times estimated True"


def test_a_read_is_a_matter_of_microseconds() -> None:
    with Meter.open("model") as meter:
        best = float("inf")
        for _ in range(20):
            start = time.perf_counter()
            for _ in range(200):
                meter.read()
            best = min(best, (time.perf_counter() - start) / 200)
    assert best < 15e-6 * slowness()


def test_providers_are_found_by_their_files() -> None:
    folder = Path(registry.__file__).parent / "providers"
    files = sorted(path.stem.replace("_", "-") for path in folder.glob("*.py") if path.stem != "__init__")
    assert sorted(registry.all_providers()) == files
    assert list(registry.all_providers())[:3] == ["meter", "rapl-perf", "rapl-powercap"]


class Raising(Provider):
    """A provider of a plug-in that is broken."""

    name = "raising"
    order = 1

    def probe(self, context: Context) -> Probe:
        raise ZeroDivisionError("oops")


def test_a_plug_in_provider_is_offered_and_a_broken_one_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_added", {})
    registry.add_providers([ReplayProvider([(0,)]), Raising()])
    assert "replay" in registry.all_providers()
    with Meter.open() as meter:
        refused = meter.probes[0]
    assert (refused.name, refused.status) == ("raising", "refused")
    assert "ZeroDivisionError: oops" in refused.reason
    with pytest.raises(ProviderError, match="oops"):
        Meter.open("raising")
    with pytest.raises(AssertionError, match="not available is a value"):
        check_provider(Raising())


def test_readings_are_plain_integers_in_the_order_of_time() -> None:
    with Meter.open("model") as meter:
        readings = [meter.read() for _ in range(100)]
    assert all(isinstance(value, int) for reading in readings for value in (reading.t_ns, reading.cpu_ns))
    assert readings == sorted(readings)
    assert isinstance(readings[0], Reading)


def burn(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_the_clock_counts_threads_from_before_and_after_and_children() -> None:
    code = """
import subprocess, sys, threading, time
from greenlint.profiler.clock import ProcessTreeClock

def burn(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end: pass

go = threading.Event()
early = threading.Thread(target=lambda: (go.wait(), burn(0.1)))
early.start()
clock = ProcessTreeClock()
start = clock.read()
go.set(); early.join()
late = threading.Thread(target=burn, args=(0.1,)); late.start(); late.join()
subprocess.run([sys.executable, "-I", "-S", "-c", "import time\\nwhile time.process_time() < 0.1: pass"])
burn(0.1)
print(clock.kind, (clock.read() - start) / 1e9, clock.missed_ns())
clock.close()
"""
    kind, seconds, missed = python(code).split()
    assert kind in ("perf-task-clock", "rusage")
    assert 0.4 <= float(seconds) < 0.47
    assert missed == "0"


def test_without_perf_the_clock_counts_what_was_waited_for() -> None:
    clock = ProcessTreeClock(allow_perf=False)
    start = clock.read()
    burn(0.05)
    subprocess.run([sys.executable, "-I", "-S", "-c", "import time\nwhile time.process_time() < 0.1: pass"], check=True)
    assert clock.kind != "perf-task-clock"
    assert 0.15e9 <= clock.read() - start < 0.25e9
    assert clock.missed_ns() == 0
    clock.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the fork server is read in /proc")
def test_without_perf_the_workers_of_a_fork_server_are_counted_although_nobody_waits_for_it(tmp_path: Path) -> None:
    """What `multiprocessing` does without being asked since Python 3.14."""
    program = tmp_path / "program.py"
    program.write_text(
        "import multiprocessing, time\n"
        "from greenlint.profiler.clock import ProcessTreeClock\n"
        "def burn(seconds):\n"
        "    end = time.process_time() + seconds\n"
        "    while time.process_time() < end: pass\n"
        "if __name__ == '__main__':\n"
        "    clock = ProcessTreeClock(allow_perf=False)\n"
        "    start = clock.read()\n"
        "    with multiprocessing.get_context('forkserver').Pool(2) as pool:\n"
        "        pool.map(burn, [0.2, 0.2], chunksize=1)\n"
        "        pool.close()\n"
        "        pool.join()\n"
        "    print((clock.read() - start) / 1e9, clock.missed_ns())\n"
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=True)
    seconds, missed = done.stdout.split()
    assert 0.4 <= float(seconds) < 1.5  # the workers import greenlint, too
    assert missed == "0"


def test_a_living_child_is_counted_while_it_runs() -> None:
    clock = ProcessTreeClock()
    if clock.kind != "perf-task-clock":
        pytest.skip("the kernel does not allow the perf task clock here")
    start = clock.read()
    child = subprocess.Popen([sys.executable, "-I", "-S", "-c", "while True: pass"])
    time.sleep(0.3)
    counted = clock.read() - start
    child.kill()
    child.wait()
    clock.close()
    assert counted > 0.05e9
