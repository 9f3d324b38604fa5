"""doctor, measure and Meter.open where parts of the system are missing: one clear line, the right exit code, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from confined import needs_linux, needs_root, with_mounts

from greenlint.profiler.machine import describe_machine
from greenlint.profiler.meter import Meter
from greenlint.testing import CounterTree, ReplayProvider

STRICT = ("-W", "error", "-X", "dev")
GREENLINT = (*STRICT, "-m", "greenlint")
TRUE = (sys.executable, "-c", "")


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    settings: dict[str, object] = {"capture_output": True, "text": True, "timeout": 60, **options}
    done: subprocess.CompletedProcess[str] = subprocess.run(  # type: ignore[call-overload]
        [sys.executable, *arguments], **settings
    )
    return done


def well(done: subprocess.CompletedProcess[str]) -> str:
    """The output of a program that ended well without a word on stderr."""
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def measured(done: subprocess.CompletedProcess[str], code: int = 0) -> dict[str, object]:
    """The JSON of `measure`."""
    assert done.returncode == code and "Traceback" not in done.stderr, done.stderr
    report: dict[str, object] = json.loads(done.stdout)
    return report


@needs_linux
@needs_root
def test_without_proc_doctor_measure_and_the_meter_work(tmp_path: Path) -> None:
    mounts = ["empty /proc"]
    report = json.loads(well(with_mounts(mounts, [*GREENLINT, "doctor", "--json"], cwd=tmp_path)))
    assert report["chosen"] == "model"
    done = with_mounts(
        mounts, [*GREENLINT, "measure", "--json", "--no-ledger", "--", sys.executable, "-c", "exit(3)"], cwd=tmp_path
    )
    assert measured(done, 3)["provider"] == "model"


@needs_linux
@needs_root
def test_without_proc_a_virtual_machine_is_still_known_to_be_one(tmp_path: Path) -> None:
    without = json.loads(well(with_mounts(["empty /proc"], [*GREENLINT, "doctor", "--json"], cwd=tmp_path)))
    assert without["machine"]["virtualised"] == describe_machine().virtualised


@needs_linux
@needs_root
def test_without_proc_a_time_limit_still_ends_the_command(tmp_path: Path) -> None:
    sleep = (sys.executable, "-c", "import time; time.sleep(30)")
    done = with_mounts(["empty /proc"], [*GREENLINT, "measure", "--no-ledger", "--timeout", "0.3", "--", *sleep], cwd=tmp_path)
    assert done.returncode == 128 + 15 and "killed" in done.stderr


@needs_linux
@needs_root
def test_without_proc_a_counter_is_read_and_the_value_says_what_is_unknown(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree") as tree:
        arguments = [*GREENLINT, "measure", "--json", "--no-ledger", "--", sys.executable, "-c", "import time; time.sleep(0.3)"]
        done = with_mounts(["empty /proc"], arguments, cwd=tmp_path, env={**os.environ, "GREENLINT_POWERCAP_ROOT": tree.root})
    report = measured(done)
    assert report["provider"] == "rapl-powercap" and report["invalid"] is None
    assert any("busy time of this machine cannot be read" in text for text in report["warnings"])  # type: ignore[attr-defined]


@needs_linux
@needs_root
def test_on_a_read_only_file_system_everything_works_but_the_record(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    env = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_DATA_HOME": str(tmp_path)}
    mounts = [f"readonly {tmp_path}"]
    report = json.loads(well(with_mounts(mounts, [*GREENLINT, "doctor", "--json"], cwd=tmp_path, env=env)))
    assert "read-only" in report["ledger"]["problem"]
    done = with_mounts(mounts, [*GREENLINT, "measure", "--json", "--", *TRUE], cwd=tmp_path, env=env)
    assert measured(done)["invalid"] is None
    assert "not recorded" in done.stderr and done.stderr.count("\n") == 1
    assert os.listdir(tmp_path) == ["cache"] and not os.listdir(tmp_path / "cache")


def test_with_an_empty_environment_everything_works(tmp_path: Path) -> None:
    # The folder as home by name of the user is not written to either: the model needs no self-check.
    assert json.loads(well(run(*GREENLINT, "doctor", "--json", cwd=tmp_path, env={})))["chosen"]
    measured(run(*GREENLINT, "measure", "--json", "--no-ledger", "--", *TRUE, cwd=tmp_path, env={}))


@pytest.mark.parametrize("home", ["", "/dev/null", "/nonexistent/home", "relative"])
def test_a_home_that_is_none_costs_nothing(home: str, tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    with CounterTree(tmp_path / "tree") as tree:
        env |= {"HOME": home, "GREENLINT_POWERCAP_ROOT": tree.root}
        if home == "":
            env["XDG_CACHE_HOME"] = str(tmp_path / "cache")
        report = measured(run(*GREENLINT, "measure", "--json", "--no-ledger", "--", *TRUE, cwd=tmp_path, env=env))
    assert report["provider"] == "rapl-powercap"
    assert set(os.listdir(tmp_path)) <= {"tree", "cache"}


FOREIGN = """
import ctypes, json, os, platform, select, shutil, sqlite3, subprocess, sys, tempfile, time
import click, psutil
from click import _termui_impl
# Third parties are loaded before the system changes its name: they are not what is tested here.
wanted, missing, absent = sys.argv[1], set(sys.argv[2].split()), sys.argv[3].split()
del sys.argv[1:4]
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in missing:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
for name in missing:
    sys.modules.pop(name, None)
for name in absent:
    if hasattr(os, name):
        delattr(os, name)
del time.CLOCK_BOOTTIME
sys.platform = wanted
if sys.argv[1] == "open":
    from greenlint.profiler.meter import Meter
    with Meter.open() as meter:
        start = meter.read()
        print(meter.energy(start, meter.read()).provider)
    sys.exit(0)
from greenlint.__main__ import main
main()
"""
UNIX_MODULES = "resource fcntl pwd grp termios"
UNIX_NAMES = "uname getloadavg geteuid getuid sysconf register_at_fork pread O_CLOEXEC sched_getaffinity mkfifo getpgid killpg"
SYSTEMS = pytest.mark.parametrize(
    ("system", "modules", "names"), [("win32", UNIX_MODULES, UNIX_NAMES), ("darwin", "", "sched_getaffinity")]
)


def foreign(system: str, modules: str, names: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Our code as on another system: its modules and functions, and neither /proc nor /sys."""
    words = [*STRICT, "-c", FOREIGN, system, modules, names, *arguments]
    return with_mounts(["empty /proc", "empty /sys"], words, cwd=cwd)


@needs_linux
@needs_root
@SYSTEMS
def test_on_other_systems_doctor_names_the_model(system: str, modules: str, names: str, tmp_path: Path) -> None:
    report = json.loads(well(foreign(system, modules, names, "doctor", "--json", cwd=tmp_path)))
    assert report["chosen"] == "model" and report["machine"]["os"] == system
    assert {one["status"] for one in report["providers"] if one["name"].startswith("rapl")} == {"unavailable"}


@needs_linux
@needs_root
@SYSTEMS
def test_on_other_systems_commands_are_measured(system: str, modules: str, names: str, tmp_path: Path) -> None:
    arguments = ("measure", "--json", "--no-ledger", "--", sys.executable, "-c", "exit(3)")
    assert measured(foreign(system, modules, names, *arguments, cwd=tmp_path), 3)["provider"] == "model"


@needs_linux
@needs_root
@SYSTEMS
def test_on_other_systems_a_meter_opens(system: str, modules: str, names: str, tmp_path: Path) -> None:
    assert well(foreign(system, modules, names, "open", cwd=tmp_path)) == "model\n"


def test_an_unknown_provider_by_name_is_one_line_and_exit_code_four(tmp_path: Path) -> None:
    done = run(*GREENLINT, "measure", "--provider", "rapl-msr", "--", *TRUE, cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr.startswith("greenlint: error: ") and done.stderr.count("\n") == 1 and "rapl-powercap" in done.stderr


def test_a_counter_that_dies_while_idle_power_is_measured_is_no_traceback() -> None:
    rows: list[tuple[int, ...] | Exception] = [(place * 1000,) for place in range(6)]
    with Meter.open(ReplayProvider([*rows, OSError(5, "Input/output error")]), self_check=False) as meter:
        while meter.invalid is None:
            idle = meter.measure_idle(0.001)
    assert "Input/output error" in meter.invalid
    assert idle.origin.startswith("not measured") and not idle.quiet
