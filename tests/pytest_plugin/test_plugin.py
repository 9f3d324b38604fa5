"""What a user of `pytest --energy` sees, in real pytest runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from greenlint.ledger.store import Ledger

SUITE = """
import time, unittest, pytest

def test_passes(): pass
def test_fails(): assert 0
@pytest.mark.skip
def test_skipped(): pass
@pytest.mark.xfail
def test_xfails(): assert 0
@pytest.mark.xfail
def test_xpasses(): pass
@pytest.fixture
def broken(): raise KeyError
def test_setup_error(broken): pass
@pytest.fixture
def broken_later():
    yield
    raise KeyError
def test_teardown_error(broken_later): pass
@pytest.mark.parametrize("n", [1, 2])
def test_parametrised(n): pass
class TestOld(unittest.TestCase):
    def test_method(self): pass
"""
BURN = """
import time
def burn(s):
    end = time.process_time() + s
    while time.process_time() < end: pass
"""


def run(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A real pytest process in `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *options],
        cwd=folder,
        env={**os.environ, "COLUMNS": "120", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def outcomes(folder: Path, *options: str) -> tuple[dict[str, str], int]:
    """Outcome by test, and the exit code."""
    done = run(folder, "--junitxml=out.xml", *options)
    found = {}
    for case in ElementTree.parse(folder / "out.xml").iter("testcase"):
        kinds = sorted(child.tag for child in case if child.tag in ("failure", "error", "skipped"))
        found[f"{case.get('classname')}::{case.get('name')}"] = ",".join(kinds)
    return found, done.returncode


def recorded(folder: Path) -> dict[str, str]:
    """Outcome by test in the newest run of the ledger."""
    with Ledger.open(folder / ".greenlint" / "ledger.sqlite", create=False) as ledger:
        newest = ledger.latest_run("account")
        assert newest is not None
        return {m.name: m.outcome for m in ledger.measurements(newest.run_id) if m.phase == "call"}


def test_outcomes_are_the_same_with_and_without(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(SUITE)
    plain = outcomes(tmp_path)
    assert outcomes(tmp_path, "--energy") == plain
    assert outcomes(tmp_path, "--energy", "-n", "2") == plain
    rows = recorded(tmp_path)
    assert len(rows) == 10
    assert rows["test_a.py::test_fails"] == "failed"
    assert rows["test_a.py::test_xfails"] == "xfailed"
    assert rows["test_a.py::test_skipped"] == "skipped"


def test_without_the_option_nothing_of_ours_runs(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        "import sys\n"
        "def test_nothing(request):\n"
        "    ours = [m for m in sys.modules if m.startswith('greenlint.') and m != 'greenlint.pytest_plugin']\n"
        "    assert not ours\n"
        "    assert not request.config.pluginmanager.hasplugin('greenlint-energy')\n"
    )
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "energy" not in done.stdout
    assert not (tmp_path / ".greenlint").exists()


@pytest.mark.parametrize("option", ["--energy", "--energy=account"])
def test_the_option_leaves_the_path_after_it_alone(tmp_path: Path, option: str) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "test_a.py").write_text("def test_a(): pass\n")
    (tmp_path / "test_b.py").write_text("def test_b(): pass\n")
    done = run(tmp_path, option, "inner")
    assert "1 passed" in done.stdout
    assert "greenlint energy" in done.stdout


def test_off_and_unknown_modes(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text("def test_a(): pass\n")
    assert "greenlint energy" not in run(tmp_path, "--energy", "--energy=off").stdout
    assert run(tmp_path, "--energy=bogus").returncode == 4
    assert "--energy-provider" in run(tmp_path, "--help").stdout


def test_a_budget_that_is_certainly_exceeded_fails_its_test_in_one_clear_block(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        BURN
        + "import pytest\n@pytest.mark.energy_budget('1 mJ')\ndef test_burns(): burn(0.3)\n"
        + "@pytest.mark.energy_budget('5000 J', cpu='100 s')\ndef test_fine(): burn(0.1)\n"
        + "@pytest.mark.energy_budget(cpu='0.1 s')\ndef test_slow(): burn(0.3)\n"
    )
    for options in ((), ("-n", "2")):
        done = run(tmp_path, "--energy", *options)
        assert done.returncode == 1
        assert "2 failed, 1 passed" in done.stdout
        block = done.stdout[done.stdout.index("energy budget: test_a.py::test_burns") :]
        for part in ("used", "limit        1 mJ (written at test_a.py:", "certainly exceeds", "not counted", "next"):
            assert part in block
        assert "estimated by model" in block or "attributed" in block
    assert "3 passed" in run(tmp_path).stdout


def test_sleeping_costs_far_less_than_working(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        BURN + "def test_sleeps(): time.sleep(0.5)\ndef test_works(): burn(0.5)\ndef test_empty(): pass\n"
    )
    run(tmp_path, "--energy")
    with Ledger.open(tmp_path / ".greenlint" / "ledger.sqlite") as ledger:
        newest = ledger.latest_run()
        assert newest is not None
        rows = ledger.measurements(newest.run_id)
    joules = {m.name.rpartition("::")[2]: m.energy.energy_j for m in rows if m.energy}
    assert joules["test_works"] > 10 * joules["test_sleeps"]
    assert joules["test_empty"] < 0.1
    tests = sum(m.energy.energy_j for m in rows if m.phase == "call" and m.energy)
    (session,) = [m.energy for m in rows if m.phase == "session" and m.energy]
    (collect,) = [m.energy for m in rows if m.phase == "collect" and m.energy]
    assert tests + collect.energy_j <= session.energy_j + 1e-6


def test_a_read_only_project_is_measured_without_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text("def test_a(): pass\n")
    (tmp_path / ".greenlint").write_text("a file where the folder should be")
    done = run(tmp_path, "--energy")
    assert done.returncode == 0
    assert "1 passed" in done.stdout
    assert re.search(r"ledger: .*cannot be created.*not recorded", done.stdout)


def test_a_ledger_that_is_no_ledger_costs_one_line(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text("def test_a(): pass\n")
    (tmp_path / "l.txt").write_text("text" * 1000)
    done = run(tmp_path, "--energy", "--energy-ledger=l.txt")
    assert done.returncode == 0
    assert "file is not a database" in done.stdout
    assert (tmp_path / "l.txt").read_text() == "text" * 1000
    assert "ledger" not in run(tmp_path, "--energy", "--energy-ledger=off").stdout


def test_a_required_method_that_is_missing_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text("def test_a(): pass\n")
    done = run(tmp_path, "--energy", "--energy-require=measured", "--energy-provider=model")
    assert done.returncode == 4
    assert "gives estimated energy" in done.stderr
    missing = run(tmp_path, "--energy", "--energy-provider=nonsense")
    assert missing.returncode == 4
    assert "no energy provider 'nonsense'" in missing.stderr


def test_reruns_are_recorded_as_attempts(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text("n = []\ndef test_flaky():\n    n.append(1)\n    assert len(n) > 1\n")
    done = run(tmp_path, "--energy", "--reruns", "2")
    assert done.returncode == 0
    assert "of it reruns" in done.stdout
    with Ledger.open(tmp_path / ".greenlint" / "ledger.sqlite") as ledger:
        newest = ledger.latest_run()
        assert newest is not None
        attempts = [m.attempt for m in ledger.measurements(newest.run_id) if m.phase == "call"]
    assert attempts == [1, 2]


def test_the_raw_windows_of_workers_reach_no_report(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        "import pytest\n@pytest.mark.energy_budget('9 J')\ndef test_a(record_property): record_property('mine', 1)\n"
    )
    run(tmp_path, "--energy", "-n", "2", "--junitxml=out.xml")
    names = [node.get("name") for node in ElementTree.parse(tmp_path / "out.xml").iter("property")]
    ours = {"energy_j", "energy_u_j", "method", "provider", "cpu_s", "budget_j", "verdict", "fixture_j"}
    assert set(names) <= {"mine", *(f"greenlint.{name}" for name in ours)}
    assert "mine" in names


def test_a_killed_worker_loses_only_its_test(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        "import os, signal, pytest\n@pytest.mark.parametrize('n', range(6))\ndef test_n(n):\n"
        "    if n == 3: os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = run(tmp_path, "--energy", "-n", "2")
    assert done.returncode == 1
    assert "5 passed" in done.stdout
    assert len(recorded(tmp_path)) == 5


def test_other_options_still_work(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(SUITE)
    assert "1 passed" in run(tmp_path, "--energy", "-k", "passes and not x").stdout
    stopped = run(tmp_path, "--energy", "-x")
    assert "stopping after 1 failures" in stopped.stdout
    assert run(tmp_path, "--energy", "--collect-only").returncode == 0
    assert "unrecognized arguments: --energy" in run(tmp_path, "-p", "no:greenlint", "--energy").stderr
    assert run(tmp_path, PYTEST_ADDOPTS="--energy").stdout.count("greenlint energy") == 1
