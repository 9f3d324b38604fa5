"""Pairs of real pytest processes in step, and what happens where two that are alive at once do not stand each other."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from greenlint.pytest_plugin.rounds import Plan, read_plan
from greenlint.sampling.alternating import POSSIBLE
from greenlint.sampling.in_step import InStep
from greenlint.sampling.running import Runner
from greenlint.sampling.sample import Process, ProcessFailed, Setup, run_process
from greenlint.sampling.turns import VARIABLE, turns_here
from greenlint.sampling.worktrees import Side

needs_pipes = pytest.mark.skipif(not POSSIBLE, reason="this system hands no pipes to a process")

BENCH = """
import asyncio, os
LOG = os.environ["TURNS_LOG"]
SIDE = os.path.basename(os.getcwd())

def work():
    with open(LOG, "a") as file:
        file.write(SIDE[0])

async def later():
    work()

def test_plain(energy):
    energy.pedantic(work, rounds=4, iterations=1, warmup_rounds=0)

def test_later(energy):
    asyncio.run(energy.run(later))
"""


def sides(folder: Path, *, both: str, head: str = "") -> dict[str, Side]:
    """A folder for each side with one file of benchmarks."""
    found = {}
    for name in ("base", "head"):
        (folder / name).mkdir()
        (folder / name / "test_b.py").write_text(both + (head if name == "head" else ""))
        found[name] = Side(name, "", str(folder / name))
    return found


def pair(folder: Path, found: dict[str, Side], in_step: InStep | None = None, **variables: str) -> dict[str, Process]:
    setup = Setup(("test_b.py",), "", (), "model", 2, 60, variables={"TURNS_LOG": str(folder / "log"), **variables})
    runner = in_step or InStep(run_process)
    return runner.run({name: (side, setup, ()) for name, side in found.items()}, 1)


@needs_pipes
def test_rounds_of_tests_and_of_coroutines_alternate_between_the_two_processes(tmp_path: Path) -> None:
    done = pair(tmp_path, sides(tmp_path, both=BENCH.replace("asyncio.run(energy.run(later))", "pass")))
    assert (tmp_path / "log").read_text() == "bhhbbhhb"
    assert all(process.values["test_b.py::test_plain"].iterations == 4 for process in done.values())
    (tmp_path / "log").unlink()
    for name in ("base", "head"):
        (tmp_path / name / "test_b.py").write_text(BENCH.replace("energy.pedantic", "(lambda *a, **k: 0)"))
    done = pair(tmp_path, {name: Side(name, "", str(tmp_path / name)) for name in ("base", "head")})
    written = (tmp_path / "log").read_text()
    changes = sum(one != two for one, two in pairwise(written))
    assert changes >= 6, "calibration of both, then rounds b hh bb hh b"
    assert len(done["base"].values["test_b.py::test_later"].cpu_rounds) == 2 * 4


PORT = """
import os, time
import pytest

@pytest.fixture(scope="session")
def server():
    held = os.open(os.environ["TURNS_LOG"] + ".lock", os.O_CREAT | os.O_EXCL)
    yield
    os.unlink(os.environ["TURNS_LOG"] + ".lock")

def test_served(server, energy):
    energy(sum, range(1000))
"""


@needs_pipes
def test_sides_that_fail_only_while_both_are_alive_run_one_after_the_other_from_then_on_and_it_is_said(tmp_path: Path) -> None:
    found, in_step = sides(tmp_path, both=PORT), InStep(run_process)
    for _ in range(2):
        done = pair(tmp_path, found, in_step)
        assert all(process.values and not process.failed for process in done.values())
    assert in_step.notice.startswith("both sides ran one after the other: with both alive, test_b.py::test_served: ")
    assert "\n" not in in_step.notice
    (tmp_path / "log.lock").touch()
    assert all(process.failed for process in pair(tmp_path, found, in_step).values())


@needs_pipes
def test_a_benchmark_that_fails_by_itself_is_no_reason_to_leave_the_step(tmp_path: Path) -> None:
    good = "def test_good(energy):\n    energy(sum, range(1000))\n"
    found, in_step = (
        sides(tmp_path, both=good, head="def test_bad(energy):\n    assert not 'on purpose'\n"),
        InStep(run_process),
    )
    for _ in range(2):
        done = pair(tmp_path, found, in_step)
        assert list(done["base"].values) == list(done["head"].values) == ["test_b.py::test_good"]
        assert "on purpose" in done["head"].failed["test_b.py::test_bad"]
    assert in_step.notice == ""


@needs_pipes
def test_a_side_that_cannot_run_at_all_is_told_with_pytests_own_words(tmp_path: Path) -> None:
    good = "def test_good(energy):\n    energy(sum, range(1000))\n"
    with pytest.raises(ProcessFailed, match="pytest ended with"):
        pair(tmp_path, sides(tmp_path, both=good, head="raise SystemExit('broken')\n"))


@needs_pipes
def test_a_process_that_is_killed_for_lack_of_memory_is_tried_again_alone(tmp_path: Path) -> None:
    hungry = """
import os
def test_hungry(energy):
    path = os.environ["TURNS_LOG"] + ".alive"
    alive = os.path.exists(path)
    open(path, "w").close()
    if alive:
        os.unlink(path)
        os.kill(os.getpid(), 9)
    energy(sum, range(1000))
    os.unlink(path)
"""
    in_step = InStep(run_process)
    done = pair(tmp_path, sides(tmp_path, both=hungry), in_step)
    assert all(process.values for process in done.values())
    assert "pytest ended with -9" in in_step.notice


def test_where_processes_cannot_take_turns_they_run_one_after_the_other_and_it_is_said(tmp_path: Path) -> None:
    in_step = InStep(run_process, possible=False)
    done = pair(tmp_path, sides(tmp_path, both=BENCH.replace("asyncio.run(energy.run(later))", "pass")), in_step)
    assert (tmp_path / "log").read_text() == "bbbbhhhh"
    assert all(process.values for process in done.values())
    assert "one after the other" in in_step.notice


def test_commands_of_both_sides_run_next_to_each_other_and_change_the_order(tmp_path: Path) -> None:
    found = sides(tmp_path, both="")
    write = "import os; open(os.environ['TURNS_LOG'], 'a').write(os.path.basename(os.getcwd())[0] + '{} ')"
    setup = Setup((), "", (), "model", 2, 60, variables={"TURNS_LOG": str(tmp_path / "log")})
    commands = {name: (setup.python, "-c", write.format(name)) for name in ("x", "y")}
    with Runner(found, setup, commands, {}) as run:
        done = run.both(("head", "base"), 1)
        only = run.both(("base", "head"), 1, ["y"])
    assert (tmp_path / "log").read_text() == "hx bx by hy by hy "
    assert [sorted(process.values) for process in (*done.values(), *only.values())] == [["x", "y"]] * 2 + [["y"]] * 2


@needs_pipes
def test_rounds_in_step_are_divided_unless_their_length_or_number_of_iterations_was_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options: dict[str, object] = {"energy_rounds": 10, "energy_iterations": None, "energy_min_window": None}
    assert read_plan(options.get, measured=False).parts == 1
    ask, wait = os.pipe()
    monkeypatch.setenv(VARIABLE, f"{ask} {wait} {os.getppid()}")
    turns_here.cache_clear()
    try:
        assert read_plan(options.get, measured=False).divided(100) == (25, 40)
        assert VARIABLE not in os.environ
        assert read_plan(options.get, measured=True).divided(100) == (100, 10)
        assert read_plan({**options, "energy_min_window": 50.0}.get, measured=False).divided(100) == (100, 10)
    finally:
        turns_here.cache_clear()
        os.close(ask)
        os.close(wait)
    assert [Plan(rounds=10, parts=4).divided(found) for found in (1, 2, 3, 4, 5, 8)] == [
        *((1, 10), (1, 20), (1, 30), (1, 40), (1, 40), (2, 40)),
    ]
