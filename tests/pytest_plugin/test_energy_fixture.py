"""The `energy` fixture and benchmark mode, in real pytest runs: one call, rounds, coroutines, blocks, workers, JSON, ledger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.ledger.store import Ledger
from greenlint.pytest_plugin.rounds import MOST_ITERATIONS, more_iterations

SUITE = """
import asyncio
calls = []
def work(n):
    calls.append(n)
    return sum(i * i for i in range(n))
def test_plain(): pass
def test_call(energy):
    assert energy(work, 100) == 328350
    assert len(calls) >= 1
def test_blocks(energy):
    with energy.window("parse"): work(10_000)
    with energy.window("write"): work(20_000)
def test_coroutine(energy):
    async def wait(): await asyncio.sleep(0); return 7
    assert asyncio.run(energy.run(wait)) == 7
"""


def run(folder: Path, *options: str, suite: str = SUITE) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(suite)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--energy-provider", "model", *options],
        cwd=folder,
        env={**os.environ, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def rows(folder: Path, phase: str) -> list[tuple[str, str]]:
    with Ledger.open(str(folder / ".greenlint" / "ledger.sqlite")) as ledger:
        (stored,) = ledger.runs()
        found = ledger.measurements(stored.run_id)
    return [(one.name, one.extra.get("iterations", "")) for one in found if one.phase == phase]


def test_without_energy_the_fixture_only_runs_the_code(tmp_path: Path) -> None:
    suite = (
        SUITE
        + "\ndef test_once(energy):\n    calls.clear(); energy(work, 5); assert calls == [5]; assert energy.stats is None\n"
    )
    done = run(tmp_path, suite=suite)
    assert done.returncode == 0, done.stdout
    assert "5 passed" in done.stdout
    assert not (tmp_path / ".greenlint").exists()


def test_accounting_runs_the_call_once_and_records_its_blocks(tmp_path: Path) -> None:
    suite = (
        SUITE
        + "\ndef test_once(energy):\n    calls.clear(); energy(work, 5)\n"
        + "    assert calls == [5] and energy.stats.energy_j >= 0\n"
    )
    done = run(tmp_path, "--energy", suite=suite)
    assert done.returncode == 0, done.stdout
    names = [name for name, _ in rows(tmp_path, "window")]
    assert {"test_it.py::test_blocks::parse", "test_it.py::test_blocks::write", "test_it.py::test_call::call"} <= set(names)
    assert len(rows(tmp_path, "call")) == 5


def test_blocks_are_recorded_from_workers_as_well(tmp_path: Path) -> None:
    done = run(tmp_path, "--energy", "-n", "2")
    assert done.returncode == 0, done.stdout
    names = [name for name, _ in rows(tmp_path, "window")]
    assert "test_it.py::test_blocks::write" in names
    assert len(rows(tmp_path, "call")) == 4


def test_benchmark_mode_leaves_only_benchmarks_and_records_each_round(tmp_path: Path) -> None:
    done = run(tmp_path, "--energy=bench")
    assert done.returncode == 0, done.stdout
    assert "3 passed, 1 deselected" in done.stdout
    of_call = [iterations for name, iterations in rows(tmp_path, "bench") if name == "test_it.py::test_call"]
    assert len(of_call) == 5
    assert len(set(of_call)) == 1 and int(of_call[0]) > 100, "a call of some microseconds needs many iterations for 10 ms"
    assert "each" in done.stdout and "5 rounds of" in done.stdout
    assert "estimated" in done.stdout


def test_options_set_rounds_iterations_and_the_least_window(tmp_path: Path) -> None:
    suite = "def test_call(energy):\n    energy(sum, range(100))\n"
    run(tmp_path, "--energy=bench", "--energy-rounds=3", "--energy-iterations=7", suite=suite)
    assert rows(tmp_path, "bench") == [("test_it.py::test_call", "7")] * 3


def test_pedantic_controls_everything_and_set_up_is_not_measured(tmp_path: Path) -> None:
    suite = """
import time
log = []
def setup():
    time.sleep(0.02)
    log.append("setup")
    return (3,), {}
def target(n): log.append(n); return n
def teardown(n): log.append("teardown")
def test_call(energy):
    energy.group, energy.extra_info["size"] = "g", 3
    assert energy.pedantic(target, setup=setup, teardown=teardown, rounds=4, warmup_rounds=1) == 3
    assert log == ["setup", 3, "teardown"] * 5
    assert len(energy.stats.rounds) == 4 and energy.stats.iterations == 4
    assert energy.stats.wall_s < 0.01
"""
    done = run(tmp_path, "--energy=bench", "--energy-json=out.json", suite=suite)
    assert done.returncode == 0, done.stdout
    (benchmark,) = json.loads((tmp_path / "out.json").read_text())["benchmarks"]
    assert (benchmark["group"], benchmark["extra_info"]) == ("g", {"size": "3"})


def test_the_json_file_has_tests_benchmarks_and_provenance(tmp_path: Path) -> None:
    run(tmp_path, "--energy", "--energy-json=account.json")
    account = json.loads((tmp_path / "account.json").read_text())
    assert {test["name"] for test in account["tests"]} >= {"test_it.py::test_plain"}
    assert account["tests"][0]["energy"]["method"] in ("model", "default")
    run(tmp_path, "--energy=bench", "--energy-json=bench.json")
    bench = json.loads((tmp_path / "bench.json").read_text())
    assert bench["tests"] == []
    call = next(one for one in bench["benchmarks"] if one["name"] == "test_it.py::test_call")
    assert call["energy"]["provider"] == "model"
    assert call["energy_j"] * call["iterations"] == pytest.approx(call["energy"]["energy_j"], rel=0.5)
    assert 0 < call["cpu_s"] < 0.01
    assert bench["session"]["method"] == account["session"]["method"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--energy=bench", "-n", "2"), "measures one process at a time"),
        (("--energy=bench", "--energy-rounds=0"), "--energy-rounds=0"),
        (("--energy=bench", "--energy-iterations=-1"), "--energy-iterations=-1"),
        (("--energy=bench", "--energy-min-window=nan"), "--energy-min-window=nan"),
    ],
)
def test_options_that_make_no_sense_end_the_run_with_one_line(tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    done = run(tmp_path, *options)
    assert done.returncode == 4
    assert message in done.stderr + done.stdout
    assert "Traceback" not in done.stderr + done.stdout


def test_two_calls_in_one_test_are_an_error_that_says_what_to_use(tmp_path: Path) -> None:
    done = run(tmp_path, "--energy", suite="def test_twice(energy):\n    energy(sum, [1])\n    energy(sum, [2])\n")
    assert done.returncode == 1
    assert "use energy.window for more" in done.stdout


@pytest.mark.parametrize("arguments", ["rounds=0", "iterations='3'", "warmup_rounds=-1", "setup=list, iterations=2"])
def test_contradictory_arguments_fail_their_test_alone(tmp_path: Path, arguments: str) -> None:
    suite = f"def test_wrong(energy):\n    energy.pedantic(sum, ([1],), {arguments})\ndef test_other(): pass\n"
    done = run(tmp_path, "--energy", suite=suite)
    assert "1 failed, 1 passed" in done.stdout
    assert "ValueError" in done.stdout


def test_a_failing_benchmark_is_not_recorded_as_one(tmp_path: Path) -> None:
    suite = "def test_fails(energy):\n    energy(sum, [1])\n    assert 0\ndef test_holds(energy):\n    energy(sum, [1])\n"
    done = run(tmp_path, "--energy=bench", suite=suite)
    assert "1 failed, 1 passed" in done.stdout
    assert {name for name, _ in rows(tmp_path, "bench")} == {"test_it.py::test_holds"}


def test_a_benchmark_that_only_breaks_its_budget_is_recorded(tmp_path: Path) -> None:
    suite = (
        "import pytest\n@pytest.mark.energy_budget(cpu='1 ns', per='op')\ndef test_dear(energy):\n    energy(sum, range(999))\n"
        "@pytest.mark.energy_budget(cpu='1 ns', per='op')\ndef test_wrong(energy):\n    energy(sum, [1])\n    assert 0\n"
    )
    done = run(tmp_path, "--energy=bench", suite=suite)
    assert "2 failed" in done.stdout
    assert {name for name, _ in rows(tmp_path, "bench")} == {"test_it.py::test_dear"}


def test_an_exception_of_the_code_reaches_the_test(tmp_path: Path) -> None:
    suite = """
import pytest
def test_raises(energy):
    with pytest.raises(ZeroDivisionError):
        energy(lambda: 1 / 0)
"""
    assert run(tmp_path, "--energy=bench", suite=suite).returncode == 0


def test_a_json_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, "--energy", "--energy-json=missing/out.json")
    assert done.returncode == 0
    assert "missing/out.json was not written" in done.stdout


@given(st.integers(1, MOST_ITERATIONS), st.integers(0, 10**12), st.integers(1, 10**10))
def test_iterations_grow_until_a_round_is_long_enough(iterations: int, elapsed_ns: int, least_ns: int) -> None:
    more = more_iterations(iterations, elapsed_ns, least_ns)
    if more is None:
        assert elapsed_ns >= least_ns or iterations == MOST_ITERATIONS
    else:
        assert iterations < more <= min(MOST_ITERATIONS, max(10 * iterations, iterations + 1))
