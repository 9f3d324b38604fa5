"""`greenlint doctor --calibrate`: what a counter says of a machine class is kept, and the model takes it up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.errors import ConfigError, ProviderError
from greenlint.profiler.calibrating import Level, calibrate, load_cpus, summarise
from greenlint.profiler.calibration import Calibration, find_calibration, load, save
from greenlint.profiler.machine import calibration_path
from greenlint.profiler.meter import Meter
from greenlint.profiler.selection import make_context
from greenlint.testing import FakeClock, ReplayProvider

CALIBRATION = Calibration(
    "intel-6-85-8cpu", "rapl-powercap", "CPU package (RAPL)", 20.0, 1.0, 6.0, 0.06, 10.0, 3.0, "2026.1", "2026-11-21"
)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "data" / "calibration.json")


def greenlint(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "greenlint", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "XDG_DATA_HOME": str(folder / "data"), **variables},
        timeout=60,
    )


def test_what_is_saved_reads_back_and_other_classes_stay(path: str) -> None:
    other = CALIBRATION._replace(machine_class="amd-25-1-16cpu")
    for calibration in (CALIBRATION, other, CALIBRATION._replace(busy_w=7.0)):
        save(calibration, path)
    assert load(path) == {"intel-6-85-8cpu": CALIBRATION._replace(busy_w=7.0), "amd-25-1-16cpu": other}
    assert CALIBRATION.ratio == 2.0
    assert os.listdir(os.path.dirname(path)) == ["calibration.json"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "cannot be read"),
        ("[]", "not a calibration file"),
        ('{"version": 9}', "not a calibration file of version 1"),
        ('{"version": 1, "calibrations": [{"busy_w": 3}]}', "needs the fields"),
        ("[" * 100_000, "cannot be read"),
        (json.dumps({"version": 1, "calibrations": [{**CALIBRATION._asdict(), "busy_w": -1}]}), "busy_w = -1 is not a power"),
        (json.dumps({"version": 1, "calibrations": [{**CALIBRATION._asdict(), "busy_w": 0}]}), "must be above 0"),
        (json.dumps({"version": 1, "calibrations": [{**CALIBRATION._asdict(), "date": 7}]}), "date = 7 is not a text"),
        (json.dumps({"version": 1, "calibrations": [{**CALIBRATION._asdict(), "idle_w": float("nan")}]}), "not a power"),
    ],
)
def test_a_broken_file_is_named_with_the_reason(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(content)
    with pytest.raises(ConfigError, match=reason) as raised:
        load(str(path))
    assert str(path) in raised.value.message
    with pytest.raises(ConfigError):
        find_calibration("any", {"calibration": str(path)})


def test_the_users_own_broken_file_is_left_out_and_a_missing_one_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert find_calibration("any", {}) is None
    os.makedirs(os.path.dirname(calibration_path()))
    Path(calibration_path()).write_text("broken")
    assert find_calibration("any", {}) is None


def test_a_file_that_is_named_must_exist() -> None:
    with pytest.raises(ConfigError, match="there is no file nowhere"):
        find_calibration("any", {"calibration": "nowhere.json"})
    with pytest.raises(ConfigError, match="is not a path"):
        find_calibration("any", {"calibration": 3})


def test_the_watts_of_a_busy_cpu_are_the_slope_above_idle() -> None:
    context = make_context({})
    with Meter.open(ReplayProvider(gain=0.05), self_check=False) as meter:
        calibration = summarise(meter, context, Level(10.0, 0.0), [Level(16.0, 1.0), Level(58.0, 8.0)])
        assert calibration.busy_w == pytest.approx(6.0)
        assert calibration.spread == pytest.approx(0.05)
        uneven = summarise(meter, context, Level(10.0, 0.0), [Level(20.0, 1.0), Level(42.0, 8.0)])
        assert 4.0 < uneven.busy_w < 10.0
        assert uneven.spread > 0.25, "one CPU and all CPUs disagree, and the interval says so"
        with pytest.raises(ProviderError, match="did not rise under load"):
            summarise(meter, context, Level(10.0, 0.0), [Level(9.0, 1.0)])


def test_without_a_counter_there_is_nothing_to_calibrate_with(tmp_path: Path) -> None:
    done = greenlint(tmp_path, "doctor", "--calibrate", GREENLINT_PROVIDER="model")
    assert done.returncode == 4
    assert "model is no counter" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the convention of free desktops")
@pytest.mark.parametrize("option", ["--calibrate", "--aa"])
def test_without_a_home_directory_a_file_must_be_named_and_nothing_is_left_in_this_one(tmp_path: Path, option: str) -> None:
    done = greenlint(tmp_path, "doctor", option, HOME="nowhere", XDG_DATA_HOME="data", XDG_CACHE_HOME="cache")
    assert done.returncode == 2
    assert "no home directory" in done.stderr and "-file" in done.stderr
    assert os.listdir(tmp_path) == []


def test_a_calibration_file_without_calibrating_is_a_usage_error(tmp_path: Path) -> None:
    done = greenlint(tmp_path, "doctor", "--calibration-file", "x.json")
    assert done.returncode == 2
    assert "--calibrate" in done.stderr


class Machine:
    """A machine of 20 W, and 12 W for each busy CPU, whose clock goes on only when it rests or works."""

    def __init__(self, others: float = 0.0) -> None:
        self.clock, self.others, self.energy_j = FakeClock(), others, 100.0

    def counter(self) -> tuple[int, ...]:
        return (int(self.energy_j * 1e6),)

    def spend(self, seconds: float, cpus: float) -> None:
        self.clock.advance(seconds, cpu_s=cpus * seconds, others_s=self.others * seconds)
        self.energy_j += seconds * (20 + 12 * (cpus + self.others))

    def rest(self) -> None:
        for _ in range(30):
            self.spend(0.1, 0)

    def load(self, cpus: int) -> None:
        for _ in range(30):
            self.spend(0.1, cpus)

    def meter(self) -> Meter:
        return Meter.open(ReplayProvider(at=self.counter), self_check=False, clock=self.clock)


def test_a_calibrated_model_says_what_the_counter_said(path: str) -> None:
    machine, context = Machine(), make_context({})
    with machine.meter() as meter:
        save(calibrate(meter, context, rest=machine.rest, load=machine.load), path)
    (calibration,) = load(path).values()
    assert (calibration.idle_w, calibration.busy_w) == (pytest.approx(20), pytest.approx(12))
    with Meter.open("model", settings={"calibration": path}) as meter:
        assert "calibrated" in meter.boundary
        start = meter.read()
        end = start._replace(t_ns=start.t_ns + 10**9, cpu_ns=start.cpu_ns + 10**9)
        busy, whole = meter.energy(start, end, idle="apart"), meter.energy(start, end, idle="wall")
    assert busy.energy_j == pytest.approx(12)
    assert whole.energy_j == pytest.approx(32)
    assert busy.method.mark == "estimated", "a calibrated estimate stays an estimate"
    assert busy.boundary.startswith(calibration.boundary)
    assert 0.05 < busy.u / busy.energy_j < 0.25


def test_another_machine_class_is_not_calibrated_by_it(path: str) -> None:
    save(CALIBRATION, path)
    with Meter.open("model", settings={"calibration": path}) as meter:
        assert "calibrated" not in meter.boundary


def test_a_busy_machine_is_not_calibrated() -> None:
    machine = Machine(others=0.5)
    with machine.meter() as meter, pytest.raises(ProviderError, match="keep 0.5 CPUs busy"):
        calibrate(meter, make_context({}), rest=machine.rest, load=machine.load)


def test_a_load_keeps_processes_busy() -> None:
    def used_s(seconds: float) -> float:
        before = os.times()
        load_cpus(2, seconds)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    # On a machine that others keep busy the processes get a small part of the time.
    assert any(used_s(seconds) > 0.5 * 0.3 for seconds in (0.3, 1.0, 3.0))
