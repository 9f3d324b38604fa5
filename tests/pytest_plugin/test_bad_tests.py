"""Tests that misbehave: the others keep their verdicts, the ledger stays whole, and one line says what happened."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from energy_lab import BURN, of_phase, report, run, stored

from greenlint.ledger.store import Ledger

AROUND = BURN + "import os, sys, signal\ndef test_before(): burn(0.02)\n{}\ndef test_after(): burn(0.02)\n"
BOTH = pytest.mark.parametrize("options", [(), ("-n", "1")])
NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform cannot fork")


def calls(folder: Path) -> dict[str, str]:
    """Outcomes of the newest run; the ledger is checked first."""
    database = sqlite3.connect(folder / ".greenlint" / "ledger.sqlite")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    return {name: row.outcome for name, row in of_phase(folder, "call").items()}


@NEEDS_FORK
@BOTH
def test_a_test_that_never_reaps_its_child_is_named_in_one_line(tmp_path: Path, options: tuple[str, ...]) -> None:
    bad = "def test_forks():\n    if not os.fork():\n        time.sleep(1.2)\n        os._exit(0)\n"
    done = run(tmp_path, AROUND.format(bad), "--energy", *options)
    assert "3 passed" in done.stdout
    assert done.stdout.count("test_forks left a process running") == 1
    assert calls(tmp_path) == {"test_before": "passed", "test_forks": "passed", "test_after": "passed"}


@NEEDS_FORK
@pytest.mark.parametrize("when", ["{}\n    yield", "yield\n    {}"], ids=["set-up", "tear-down"])
def test_a_child_that_a_fixture_leaves_is_named_though_the_test_itself_took_no_time(tmp_path: Path, when: str) -> None:
    fork = "if not os.fork():\n        time.sleep(1.2)\n        os._exit(0)"
    fixture = f"import pytest\n@pytest.fixture\ndef server():\n    {when.format(fork)}\n"
    done = run(tmp_path, AROUND.format(fixture + "def test_quick(server): pass\n"), "--energy")
    assert "3 passed" in done.stdout
    assert done.stdout.count("test_quick left a process running") == 1


@NEEDS_FORK
def test_a_child_that_is_waited_for_is_not_named(tmp_path: Path) -> None:
    good = "def test_forks():\n    pid = os.fork()\n    if not pid: os._exit(0)\n    os.waitpid(pid, 0)\n"
    work = "import multiprocessing as m\n    with m.get_context({0!r}).Pool(1) as p: assert p.map(len, ['a']) == [1]"
    pools = "".join(f"def test_{way}():\n    {work.format(way)}\n" for way in ("fork", "forkserver", "spawn"))
    done = run(tmp_path, AROUND.format(good + pools), "--energy")
    assert "6 passed" in done.stdout
    assert "left a process" not in done.stdout


@NEEDS_FORK
def test_a_child_that_runs_on_as_a_second_pytest_writes_nothing(tmp_path: Path) -> None:
    bad = "def test_forks(): os.fork()\n"
    done = run(tmp_path, AROUND.format(bad), "--energy", "--energy-json=out.json")
    assert done.returncode == 0
    rows = [row.name for row in stored(tmp_path)[1] if row.phase in ("call", "session")]
    assert len(rows) == len(set(rows)) == 4
    with Ledger.open(tmp_path / ".greenlint" / "ledger.sqlite") as ledger:
        assert len(ledger.runs()) == 1
    assert len(report(tmp_path)["tests"]) == 3


@pytest.mark.parametrize("bad", ["os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_test_that_ends_its_process_costs_the_others_nothing_under_xdist(tmp_path: Path, bad: str) -> None:
    suite = AROUND.format(f"def test_ends(): {bad}\n")
    done = run(tmp_path, suite, "--energy", "-n", "2")
    assert done.returncode == 1
    assert "2 passed" in done.stdout and "1 failed" in done.stdout
    assert calls(tmp_path) == {"test_before": "passed", "test_after": "passed"}
    assert stored(tmp_path)[0].status == "complete"


def test_a_test_that_ends_the_only_process_leaves_what_was_written_and_an_open_run(tmp_path: Path) -> None:
    suite = BURN + "import os\ndef test_a(): burn(1.1)\ndef test_b(): pass\ndef test_ends(): os._exit(0)\n"
    run(tmp_path, suite, "--energy")
    assert calls(tmp_path) == {"test_a": "passed"}
    assert stored(tmp_path)[0].status == "open"


FREEZE = """
def freeze():
    real = {time.time, time.time_ns, time.monotonic, time.monotonic_ns, time.perf_counter, time.perf_counter_ns}
    for module in list(sys.modules.values()):
        if not getattr(module, "__name__", "").startswith(("_pytest", "threading", "queue", "execnet", "xdist")):
            for name, value in list(vars(module).items()):
                if getattr(value, "__module__", "") == "time" and value in real:
                    setattr(module, name, lambda: 0)
def test_freezes(): freeze()
"""


@BOTH
def test_time_that_is_frozen_in_every_module_and_never_thawed(tmp_path: Path, options: tuple[str, ...]) -> None:
    suite = AROUND.replace("def burn", "import time\nprocess_time = time.process_time\ndef burn").format(FREEZE)
    done = run(tmp_path, suite, "--energy", *options)
    assert "3 passed" in done.stdout, done.stdout
    rows = of_phase(tmp_path, "call")
    assert 15_000_000 < rows["test_after"].wall_ns < 5_000_000_000
    assert rows["test_after"].cpu_ns > 15_000_000


def test_a_benchmark_in_frozen_time_ends(tmp_path: Path) -> None:
    suite = "import sys, time\n" + FREEZE + "def test_call(energy):\n    freeze()\n    energy(sum, range(100))\n"
    done = run(tmp_path, suite, "--energy=bench", "--energy-json=out.json")
    assert "1 passed" in done.stdout, done.stdout
    assert 0 < report(tmp_path)["benchmarks"][0]["wall_s"] < 0.01


UPSETTING = """
def test_moves(tmp_path): os.chdir(tmp_path)
def test_deletes(tmp_path):
    os.chdir(tmp_path)
    tmp_path.rmdir()
def test_time(): time.time = time.perf_counter_ns = time.monotonic = lambda: -1
def test_prints():
    sys.stdout.write("x" * 5_000_000)
    sys.stderr.write("y" * 5_000_000)
"""


@BOTH
def test_tests_that_upset_their_process_change_nothing_for_the_others(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = run(tmp_path, AROUND.format(UPSETTING), "--energy", "--energy-json=out.json", *options)
    assert "6 passed" in done.stdout, done.stdout
    assert len(calls(tmp_path)) == 6
    assert len(report(tmp_path)["tests"]) == 6
    assert stored(tmp_path)[0].status == "complete"


@BOTH
def test_a_full_disk_costs_one_line_and_no_verdict(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "test_it.py").write_text(AROUND.format("def test_fails(): assert 0\n"))
    (tmp_path / "conftest.py").write_text(
        "import resource, signal\ndef pytest_configure(config):\n"
        "    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
    )
    suite = "import pytest\n@pytest.mark.parametrize('n', range(300))\ndef test_n(n): pass\n" + AROUND.format(
        "def test_fails(): assert 0\n"
    )
    done = run(tmp_path, suite, "--energy", *options)
    assert "1 failed, 302 passed" in done.stdout
    assert done.stdout.count("ledger: ") == 1
    assert "rows are missing" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_locked_ledger_costs_one_line_and_no_verdict(tmp_path: Path) -> None:
    run(tmp_path, "def test_a(): pass\n", "--energy")
    (tmp_path / "conftest.py").write_text("import greenlint.ledger.opening as opening\nopening.BUSY_TIMEOUT_S = 0.1\n")
    holder = sqlite3.connect(tmp_path / ".greenlint" / "ledger.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = run(tmp_path, AROUND.format("def test_fails(): assert 0\n"), "--energy")
    holder.execute("COMMIT")
    holder.close()
    assert "1 failed, 2 passed" in done.stdout
    assert done.stdout.count("ledger: ") == 1
    assert "locked" in done.stdout
    assert list(calls(tmp_path)) == ["test_a"]


def test_a_ledger_that_is_free_again_before_the_end_gets_every_row(tmp_path: Path) -> None:
    run(tmp_path, "def test_a(): pass\n", "--energy")
    (tmp_path / "conftest.py").write_text(
        "import sqlite3, pytest\nimport greenlint.ledger.opening as opening\nopening.BUSY_TIMEOUT_S = 0.1\n"
        "holder = sqlite3.connect('.greenlint/ledger.sqlite', isolation_level=None)\nholder.execute('BEGIN IMMEDIATE')\n"
        "def pytest_runtest_logfinish(nodeid):\n    if 'after' in nodeid: holder.execute('COMMIT')\n"
    )
    done = run(tmp_path, AROUND.format("def test_waits(): burn(1.1)\n"), "--energy")
    assert "3 passed" in done.stdout
    assert "not recorded" not in done.stdout
    assert list(calls(tmp_path)) == ["test_before", "test_waits", "test_after"]


@pytest.mark.parametrize("victim", ["worker", "controller"])
def test_kill_never_loses_a_row_that_was_committed(tmp_path: Path, victim: str) -> None:
    suite = BURN + (
        "import os, pytest\nwith open('pid', 'w') as file: file.write(str(os.getpid()))\n"
        "@pytest.mark.parametrize('n', range(400))\ndef test_n(n): burn(0.01)\n"
    )
    (tmp_path / "test_it.py").write_text(suite)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--energy", "--energy-provider=model", "-n", "1"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ledger = tmp_path / ".greenlint" / "ledger.sqlite"
    seen = 0
    while process.poll() is None and not seen:
        time.sleep(0.05)
        seen = _committed(ledger)
    os.kill(process.pid if victim == "controller" else int((tmp_path / "pid").read_text()), signal.SIGKILL)
    if victim == "worker":
        time.sleep(0.3)
        process.kill()
    process.wait()
    assert seen and _committed(ledger) >= seen
    calls(tmp_path)


def _committed(ledger: Path) -> int:
    """Rows that another process sees."""
    if not ledger.exists():
        return 0
    database = sqlite3.connect(ledger)
    try:
        return int(database.execute("SELECT COUNT(*) FROM sample WHERE phase = 'call'").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # the tables are not there yet
    finally:
        database.close()
