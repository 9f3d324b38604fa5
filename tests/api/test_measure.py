"""`greenlint.measure` as its users write it: blocks, functions, coroutines, nested, at the same time, failing, recorded."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import greenlint
from greenlint import api
from greenlint.errors import ConfigError, GreenlintError, IncompatibleError, ProviderError
from greenlint.ledger.store import Ledger
from greenlint.testing import CounterTree, Zone


@pytest.fixture(autouse=True)
def fresh_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test opens a meter of its own, in a project of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GREENLINT_PROVIDER", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(api, "_sessions", {})
    yield
    for session in api._sessions.values():
        session.close()


def burn(seconds: float) -> int:
    until, turns = time.process_time() + seconds, 0
    while time.process_time() < until:
        turns += 1
    return turns


def test_a_block_gives_energy_with_its_provenance_and_its_times() -> None:
    with greenlint.measure("work", provider="model") as window:
        burn(0.05)
    energy = window.energy
    assert energy is not None
    assert energy.energy_j > 0
    assert energy.provider == "model"
    assert energy.method.mark == "estimated"
    assert 0.045 <= window.cpu_s <= window.wall_s + 0.05
    assert "work: " in str(window)
    assert "(estimated · model)" in str(window)
    assert energy.interval[0] < energy.energy_j < energy.interval[1]


def test_busy_time_costs_more_above_idle_than_sleeping() -> None:
    with greenlint.measure("busy", provider="model", idle="apart") as busy:
        burn(0.2)
    with greenlint.measure("asleep", provider="model", idle="apart") as asleep:
        time.sleep(0.2)
    assert busy.energy is not None and asleep.energy is not None
    assert busy.energy.dynamic_j > 10 * asleep.energy.dynamic_j


def test_a_window_cannot_be_read_before_its_block_has_ended() -> None:
    with greenlint.measure("open", provider="model") as window:
        with pytest.raises(RuntimeError, match="has not ended yet"):
            window.energy
        assert str(window) == "open: not ended yet"


def test_an_exception_passes_through_and_its_window_is_marked_as_failed() -> None:
    with pytest.raises(ZeroDivisionError), greenlint.measure("fails", provider="model") as window:
        1 / 0
    assert window.measurement.outcome == "failed"
    assert window.energy is not None


def test_the_bare_decorator_keeps_name_result_and_windows_of_a_function() -> None:
    @greenlint.measure
    def double(number: int) -> int:
        "Twice."
        return 2 * number

    assert [double(1), double(number=2)] == [2, 4]
    assert double.__doc__ == "Twice."
    names = [window.name for window in double.windows]  # type: ignore[attr-defined]
    assert names == [f"{__name__}.{double.__qualname__}"] * 2


def test_a_function_that_calls_itself_has_a_window_for_each_call_and_none_overlaps() -> None:
    @greenlint.measure("factorial", provider="model")
    def factorial(number: int) -> int:
        return 1 if number < 2 else number * factorial(number - 1)

    assert factorial(5) == 120
    windows = factorial.windows  # type: ignore[attr-defined]
    assert len(windows) == 5
    assert [window.warnings for window in windows] == [()] * 5
    times = [window.wall_s for window in windows]
    assert times == sorted(times, reverse=True)


def test_a_decorated_function_keeps_only_its_last_windows() -> None:
    @greenlint.measure("small", provider="model")
    def nothing() -> None:
        return None

    for _ in range(api.KEPT_WINDOWS + 5):
        nothing()
    assert len(nothing.windows) == api.KEPT_WINDOWS  # type: ignore[attr-defined]


def test_coroutines_are_measured_until_they_have_finished() -> None:
    @greenlint.measure(provider="model")
    async def wait() -> str:
        await asyncio.sleep(0.05)
        return "done"

    async def main() -> greenlint.Window:
        async with greenlint.measure("all", provider="model") as window:
            assert await wait() == "done"
        return window

    window = asyncio.run(main())
    (inner,) = wait.windows  # type: ignore[attr-defined]
    assert 0.05 <= inner.wall_s <= window.wall_s
    assert window.warnings == inner.warnings == ()


def test_tasks_at_the_same_time_say_that_each_contains_the_other() -> None:
    async def task(name: str) -> greenlint.Window:
        async with greenlint.measure(name, provider="model") as window:
            await asyncio.sleep(0.02)
        return window

    async def main() -> list[greenlint.Window]:
        return await asyncio.gather(task("a"), task("b"))

    for window, other in zip(asyncio.run(main()), "ba"):
        assert window.warnings == (f"ran at the same time as {other}: each contains the other's energy",)
        assert window.measurement.excluded, "it must not be ranked or judged"


def test_threads_at_the_same_time_say_so_and_none_is_lost() -> None:
    barrier, windows = threading.Barrier(4), []

    def work(number: int) -> None:
        barrier.wait()
        with greenlint.measure(f"thread-{number}", provider="model") as window:
            barrier.wait()
            burn(0.01)
        windows.append(window)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(windows) == 4
    assert all("at the same time" in window.warnings[0] for window in windows)


@pytest.mark.parametrize("kind", ["generator", "asynchronous generator"])
def test_generator_functions_are_refused_for_their_call_does_no_work(kind: str) -> None:
    def generator() -> Iterator[int]:
        yield 1

    async def asynchronous():  # type: ignore[no-untyped-def]
        yield 1

    with pytest.raises(TypeError, match="is a generator function"):
        greenlint.measure(generator if kind == "generator" else asynchronous)


def test_an_unknown_provider_and_an_unknown_idle_policy_are_clear_errors() -> None:
    with pytest.raises(ProviderError, match="there is no energy provider 'nothing'"):
        with greenlint.measure(provider="nothing"):
            pass
    with pytest.raises(ValueError, match="idle policy 'never'"):
        greenlint.measure(idle="never")


def test_the_configuration_of_the_project_holds(tmp_path: Path) -> None:
    (tmp_path / "greenlint.toml").write_text('[energy]\nprovider = "nothing"\n')
    with pytest.raises(ProviderError, match="nothing"):
        with greenlint.measure():
            pass
    (tmp_path / "greenlint.toml").write_text("[energy]\nprovdier = 1\n")
    with pytest.raises(ConfigError, match="greenlint.toml:2"):
        with greenlint.measure():
            pass


def test_a_call_back_gets_each_window_when_it_ends() -> None:
    seen: list[greenlint.Window] = []
    with greenlint.measure("told", provider="model", on_result=seen.append) as window:
        assert not seen
    assert seen == [window]


def test_json_has_the_fields_of_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "greenlint", "measure", "--json", "--no-ledger", "--", sys.executable, "-c", ""]
    of_command = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout)
    with greenlint.measure("block") as window:
        burn(0.01)
    of_window = json.loads(json.dumps(window.to_json()))
    assert of_window.keys() == of_command.keys()
    assert of_window["runs"][0].keys() == of_command["runs"][0].keys()
    assert of_window["runs"][0]["energy"].keys() == of_command["runs"][0]["energy"].keys()


def test_carbon_and_score_follow_the_settings_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.greenlint.carbon]\nzone = "DEU"\npue = 1.5\n')
    with greenlint.measure("requests", provider="model") as window:
        burn(0.05)
    energy, carbon, score = window.energy, window.carbon(), window.sci(100, "request")
    assert energy is not None
    assert carbon.grams == pytest.approx(energy.energy_j / 3.6e6 * 1.5 * carbon.factor.value_g_per_kwh)
    assert carbon.low < carbon.grams < carbon.high
    assert (carbon.factor.zone, carbon.pue) == ("DEU", 1.5)
    assert score.operational.grams == pytest.approx(carbon.grams / 100)
    assert score.total.grams == score.operational.grams + score.embodied.grams
    assert score.share.seconds == window.wall_s
    assert (score.unit_name, score.functional_units) == ("request", 100)
    (run,) = window.to_json()["runs"]
    assert run["carbon"]["g"] == carbon.grams
    assert run["sci"] is None


def test_without_a_place_carbon_is_of_the_world_when_asked_and_the_json_has_none() -> None:
    with greenlint.measure("anywhere", provider="model") as window:
        burn(0.01)
    assert window.carbon().factor.zone == "WORLD"
    assert window.carbon().factor.note
    assert window.to_json()["runs"][0]["carbon"] is None


def test_without_energy_there_is_no_carbon_and_the_error_says_why() -> None:
    with greenlint.measure("counted", provider="proxy") as window:
        pass
    for ask in (window.carbon, lambda: window.sci(1, "run")):
        with pytest.raises(GreenlintError, match="no carbon of 'counted': proxy claims no joules"):
            ask()
    assert window.to_json()["runs"][0]["carbon"] is None


def test_a_score_of_no_units_is_refused() -> None:
    with greenlint.measure("units", provider="model") as window:
        burn(0.01)
    with pytest.raises(ConfigError, match="functional units must be above 0"):
        window.sci(0, "run")


def test_a_contract_gives_carbon_and_no_score(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.greenlint.carbon]\nbasis = "market"\nfactor-g-per-kwh = 20\n')
    with greenlint.measure("contract", provider="model") as window:
        burn(0.01)
    assert window.carbon().factor.basis == "market"
    with pytest.raises(IncompatibleError, match="market-based"):
        window.sci(1, "run")


def test_carbon_of_a_running_block_cannot_be_read() -> None:
    with greenlint.measure("open", provider="model") as window:
        with pytest.raises(RuntimeError, match="has not ended yet"):
            window.carbon()


def test_measuring_does_not_load_what_only_carbon_needs() -> None:
    script = """
import sys, greenlint
with greenlint.measure(provider="model") as window:
    pass
window.to_json()
print(sorted(name for name in sys.modules if name.startswith("greenlint.carbon")))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['greenlint.carbon', 'greenlint.carbon.place']"


def test_windows_are_recorded_in_one_run_of_the_ledger(tmp_path: Path) -> None:
    script = """
import greenlint
for name in ("first", "second"):
    with greenlint.measure(name, provider="model", ledger=True):
        sum(range(1000))
"""
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
    with Ledger.open(str(tmp_path / ".greenlint" / "ledger.sqlite")) as ledger:
        (run,) = ledger.runs()
        assert run.status == "complete"
        assert [measurement.name for measurement in ledger.measurements(run.run_id)] == ["first", "second"]


def test_a_killed_process_keeps_the_windows_that_had_ended(tmp_path: Path) -> None:
    script = """
import greenlint, os, signal
with greenlint.measure("kept", provider="model", ledger=True):
    sum(range(1000))
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=False).returncode != 0
    with Ledger.open(str(tmp_path / ".greenlint" / "ledger.sqlite")) as ledger:
        (run,) = ledger.runs()
        assert [measurement.name for measurement in ledger.measurements(run.run_id)] == ["kept"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_measures_with_a_meter_of_its_own(tmp_path: Path) -> None:
    script = """
import greenlint, os
with greenlint.measure("parent", provider="model") as before:
    pass
child = os.fork()
with greenlint.measure("either", provider="model") as window:
    sum(range(100000))
assert window.energy.energy_j > 0
if child:
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="powercap is Linux's")
def test_a_live_counter_is_measured_and_a_stalled_one_is_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with CounterTree(tmp_path / "live", [Zone(watts=40.0)]) as tree:
        monkeypatch.setenv("GREENLINT_POWERCAP_ROOT", tree.root)
        with greenlint.measure("live", provider="rapl-powercap") as window:
            time.sleep(0.3)
        assert window.energy is not None
        assert window.energy.method.mark in ("measured", "attributed")
        tree.stop()
        with greenlint.measure("stalled", provider="rapl-powercap") as window:
            time.sleep(0.4)
        assert window.energy is None
        assert "no valid measurement" in str(window)
        assert window.to_json()["runs"][0]["energy"] is None


def test_importing_greenlint_loads_neither_the_profiler_nor_the_linter() -> None:
    script = "import sys, greenlint; print(sorted(name for name in sys.modules if name.startswith('greenlint')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['greenlint']"


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'mesure'"):
        greenlint.mesure  # type: ignore[attr-defined]
