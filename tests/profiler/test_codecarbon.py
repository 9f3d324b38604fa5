"""The adapter on the real CodeCarbon: labelled by its mode, estimated with a wide interval, quiet, offline."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.errors import ProviderError
from greenlint.profiler.provider import Probe
from greenlint.profiler.providers.codecarbon import CodeCarbonProvider
from greenlint.profiler.selection import make_context

pytest.importorskip("codecarbon", reason="the extra codecarbon is not installed")

SESSION = """
import json, logging, signal, socket, sys, time

def refuse(*_, **__):
    raise AssertionError("a connection was opened")

socket.socket.connect = refuse
socket.create_connection = refuse
before = (list(logging.getLogger().handlers), logging.getLogger().level, signal.getsignal(signal.SIGTERM))
from greenlint.profiler.meter import Meter

with Meter.open("codecarbon") as meter:
    start = meter.read()
    until = time.perf_counter() + 0.4
    while time.perf_counter() < until:
        pass
    middle = meter.read()
    end = meter.read()
    whole, part = meter.energy(start, end, idle="wall"), meter.energy(start, middle, idle="wall")
    summed = sum(middle.counters) - sum(start.counters) + sum(end.counters) - sum(middle.counters)
    exact = summed == sum(end.counters) - sum(start.counters)
after = (list(logging.getLogger().handlers), logging.getLogger().level, signal.getsignal(signal.SIGTERM))
facts = {"session": meter.provider, "exact": exact, "invalid": meter.invalid, "untouched": before == after}
print(json.dumps({**whole.to_json(), **facts}))
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("session")
    done = subprocess.run([sys.executable, "-c", SESSION], capture_output=True, text=True, cwd=folder, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert list(folder.iterdir()) == []
    result: dict[str, object] = json.loads(done.stdout)
    return result


def test_the_value_says_which_mode_it_comes_from(session: dict[str, object]) -> None:
    assert str(session["provider"]).startswith("codecarbon:")
    assert session["session"] == session["provider"]
    assert "CodeCarbon" in str(session["boundary"])


def test_an_estimate_never_looks_like_a_measurement(session: dict[str, object]) -> None:
    if session["provider"] == "codecarbon:intel_rapl":
        pytest.skip("this machine has counters: CodeCarbon measures here")
    assert session["method"] == "default"
    low, high = session["interval"]  # type: ignore[misc]
    assert high > 3 * max(float(session["energy_j"]), 1e-9) or session["below_limit"]  # type: ignore[arg-type]
    assert low < float(session["energy_j"])  # type: ignore[arg-type]


def test_windows_telescope_and_the_session_stays_valid(session: dict[str, object]) -> None:
    assert session["exact"] is True
    assert session["invalid"] is None


def test_logging_and_signals_are_left_alone(session: dict[str, object]) -> None:
    assert session["untouched"] is True


def test_probing_does_not_import_it() -> None:
    code = """
import sys
from greenlint.profiler.providers.codecarbon import CodeCarbonProvider
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
