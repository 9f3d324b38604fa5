"""The adapter on the real CodeCarbon: labelled by its mode, estimated with a wide interval, quiet, offline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from greenlint.errors import ProviderError
from greenlint.profiler.provider import Probe
from greenlint.profiler.providers.codecarbon import CodeCarbonProvider, CodeCarbonSource
from greenlint.profiler.selection import make_context

pytest.importorskip("codecarbon", reason="the extra codecarbon is not installed")

SESSION = """
import json, logging, os, signal, sys, threading, time

events = []

def audit(name, arguments):
    if name.startswith("socket.") or name in ("subprocess.Popen", "os.system", "os.posix_spawn", "os.exec"):
        events.append((name, str(arguments[0])))

sys.addaudithook(audit)  # sees every attempt, also those whose failure the library keeps to itself
logger = logging.getLogger()

def state():
    return list(logger.handlers), logger.level, signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

before, threads = state(), set(threading.enumerate())
from greenlint.profiler.meter import Meter

with Meter.open("codecarbon") as meter:
    start = meter.read()
    until = time.perf_counter() + 0.4
    while time.perf_counter() < until:
        pass
    middle = meter.read()
    for _ in range(50):
        end = meter.read()
    whole, part = meter.energy(start, end, idle="wall"), meter.energy(start, middle, idle="wall")
    summed = sum(middle.counters) - sum(start.counters) + sum(end.counters) - sum(middle.counters)
    exact = summed == sum(end.counters) - sum(start.counters)
    tasks = len(meter._account._source._tracker._tasks)
time.sleep(0.2)
left = [thread.name for thread in threading.enumerate() if thread not in threads]
facts = {"session": meter.provider, "exact": exact, "invalid": meter.invalid, "untouched": before == state()}
facts |= {"tasks": tasks, "threads": left, "warnings": meter.close(), "reason": meter.probes[0].reason}
facts["programs"] = [os.path.basename(what) for name, what in events if name == "subprocess.Popen"]
facts["network"] = [event for event in events if event[0] in NETWORK]
print(json.dumps({**whole.to_json(), **facts}))
"""
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")
TALKATIVE = {
    "CODECARBON_ELECTRICITYMAPS_API_TOKEN": "token",
    "CODECARBON_CO2_SIGNAL_API_TOKEN": "token",
    "CODECARBON_EMISSIONS_ENDPOINT": "http://127.0.0.1:9/emissions",
    "CODECARBON_API_ENDPOINT": "http://127.0.0.1:9/api",
    "CODECARBON_SAVE_TO_API": "true",
    "CODECARBON_SAVE_TO_FILE": "true",
    "CODECARBON_OUTPUT_METHODS": "csv,api,prometheus",
    "CODECARBON_PROMETHEUS_URL": "http://127.0.0.1:9/push",
    "CODECARBON_ALLOW_MULTIPLE_RUNS": "false",
}
"""A user's own configuration of CodeCarbon that sends everything everywhere."""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("session")
    session = SESSION.replace("NETWORK", repr(NETWORK))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", session],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=120,
        env={**os.environ, **TALKATIVE, "TMPDIR": str(folder)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert list(folder.iterdir()) == []
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_the_value_says_which_mode_it_comes_from(session: dict[str, Any]) -> None:
    assert str(session["provider"]).startswith("codecarbon:")
    assert session["session"] == session["provider"]
    assert "CodeCarbon" in str(session["boundary"])


def test_an_estimate_never_looks_like_a_measurement(session: dict[str, Any]) -> None:
    if session["provider"] == "codecarbon:intel_rapl":
        pytest.skip("this machine has counters: CodeCarbon measures here")
    assert session["method"] == "default"
    low, high = session["interval"]
    assert high > 3 * max(float(session["energy_j"]), 1e-9) or session["below_limit"]
    assert low < float(session["energy_j"])


def test_windows_telescope_and_the_session_stays_valid(session: dict[str, Any]) -> None:
    assert session["exact"] is True
    assert session["invalid"] is None


def test_no_connection_is_tried_whatever_its_own_configuration_says(session: dict[str, Any]) -> None:
    assert session["network"] == []


def test_the_programs_that_it_starts_are_those_that_the_probe_names(session: dict[str, Any]) -> None:
    named = session["reason"].replace("a second Python", os.path.basename(sys.executable))
    assert session["programs"]
    assert [program for program in session["programs"] if program not in named] == []


def test_it_is_ended_cleanly(session: dict[str, Any]) -> None:
    """No thread, no lock file (the folder is empty, see the fixture), and no tasks heaped up meanwhile."""
    assert session["threads"] == [] and session["warnings"] == []
    assert session["tasks"] == 1


def test_logging_and_signals_are_left_alone(session: dict[str, Any]) -> None:
    assert session["untouched"] is True


def test_probing_does_not_import_it() -> None:
    code = """
import sys
from greenlint.profiler.providers.codecarbon import CodeCarbonProvider, CodeCarbonSource
from greenlint.profiler.selection import make_context
assert CodeCarbonProvider().probe(make_context({})).found
print("codecarbon" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", ["codecarbon", "pyRAPL"])
def test_a_missing_extra_names_the_command_that_installs_it(name: str, tmp_path: Path) -> None:
    code = f"""
import sys
sys.modules[{name!r}] = None
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda module, *rest: None if module == {name!r} else real(module, *rest)
from greenlint.errors import ProviderError
from greenlint.profiler.meter import Meter
try:
    Meter.open({name.lower()!r})
except ProviderError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert f"{name} is not installed" in done.stdout
    assert f"pip install 'greenlint[{name.lower()}]'" in done.stdout


class BrokenTracker:
    def start_task(self) -> None:
        return None

    def stop_task(self) -> None:
        return None


def test_a_tracker_without_results_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import codecarbon

    monkeypatch.setattr(codecarbon, "OfflineEmissionsTracker", lambda **_: BrokenTracker())
    with pytest.raises(ProviderError, match="does not start"):
        CodeCarbonProvider().open(make_context({}))


def test_it_is_taken_by_name_only() -> None:
    assert CodeCarbonProvider.order is None
    assert isinstance(CodeCarbonProvider().probe(make_context({})), Probe)


class Tracker:
    """Hands out what tasks used, as the library does: energies in kWh beside powers that are not to be believed."""

    def __init__(self, mode: str, *data: Any, gpu: bool = False) -> None:
        cpu = type("CPU", (), {"_mode": mode})()
        self._hardware = [cpu, type("RAM", (), {})(), *([type("GPU", (), {})()] if gpu else [])]
        self._data, self._tasks = iter(data), {"old": object()}
        self.running, self.stopped = 0, False

    def start_task(self) -> None:
        self.running += 1

    def stop_task(self) -> Any:
        self.running -= 1
        return next(self._data)

    def stop(self) -> None:
        self.stopped = True


def used(cpu_j: Any, *, ram_j: float = 0.0, gpu_j: float = 0.0) -> SimpleNamespace:
    cpu = cpu_j / 3.6e6 if isinstance(cpu_j, float) else cpu_j
    return SimpleNamespace(
        cpu_energy=cpu, ram_energy=ram_j / 3.6e6, gpu_energy=gpu_j / 3.6e6, cpu_power=71.9, ram_power=20.0, gpu_power=-1.0
    )


def test_energies_are_read_and_never_powers() -> None:
    """Tasks of 10, 30 and 60 ms at 40 W, whose powers the library gets wrong."""
    tracker = Tracker("intel_rapl", used(0.4), used(1.2), used(2.4), used(0.0))
    source = CodeCarbonSource(tracker, virtualised=False)
    assert [source.read()[0] for _ in range(3)] == pytest.approx([400_000, 1_600_000, 4_000_000], abs=2)
    assert (source.name, source.method.value) == ("codecarbon:intel_rapl", "counter")


def test_memory_is_refused_in_virtual_machines() -> None:
    """20 W for memory modules that a virtual machine does not have, more than its CPU draws."""
    data = used(1.0, ram_j=20.0, gpu_j=5.0)
    virtual = CodeCarbonSource(Tracker("cpu_load", data, gpu=True), virtualised=True)
    bare = CodeCarbonSource(Tracker("cpu_load", data, gpu=True), virtualised=False)
    assert [domain.name for domain in virtual.domains] == ["cpu", "gpu"]
    assert sum(virtual.read()) == pytest.approx(6_000_000, abs=3)
    assert [domain.name for domain in bare.domains] == ["cpu", "gpu", "ram"]
    assert sum(bare.read()) == pytest.approx(26_000_000, abs=3)


@pytest.mark.parametrize("energy", [None, float("nan"), float("inf"), -1.0, "1"], ids=str)
def test_what_is_no_energy_is_not_counted(energy: Any) -> None:
    source = CodeCarbonSource(Tracker("cpu_load", used(energy)), virtualised=True)
    with pytest.raises(ValueError, match="cpu_energy is .*, no energy"):
        source.read()


def test_a_mode_that_it_hides_is_unknown_and_estimated() -> None:
    tracker = Tracker("cpu_load", used(1.0))
    tracker._hardware = []
    source = CodeCarbonSource(tracker, virtualised=False)
    assert (source.name, source.method.value) == ("codecarbon:unknown", "default")


def test_closing_ends_task_and_tracker_once() -> None:
    tracker = Tracker("cpu_load", used(1.0))
    source = CodeCarbonSource(tracker, virtualised=True)
    source.close()
    source.close()
    assert tracker.stopped and tracker.running == 0
    with pytest.raises(ValueError, match="has ended"):
        source.read()
