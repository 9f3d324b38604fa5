"""Two real processes that take turns: never at once, never stuck, whatever one of them does."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from greenlint.sampling.alternating import POSSIBLE, run_alternating
from greenlint.sampling.process import Done, Start
from greenlint.sampling.turns import VARIABLE, Turns

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="this system hands no pipes to a process")

HEADER = """
import os, sys, time
from greenlint.sampling.turns import turns_here
turns, side, log = turns_here(), sys.argv[1], os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def note(word):
    os.write(log, f"{side} {word}\\n".encode())
def bench(name, rounds=3):
    for number in range(rounds):
        turns.wait(name)
        note(f"{name} begin")
        time.sleep(0.002)
        note(f"{name} end")
"""


def run(
    folder: Path, base: str, head: str, *, timeout_s: float = 30, known: dict[str, set[str]] | None = None
) -> tuple[dict[str, Done], list[str]]:
    """Both programs, base first, and the lines they wrote."""
    log = folder / "log"
    starts = {
        side: Start([sys.executable, "-c", HEADER + code, side, str(log)], str(folder), dict(os.environ))
        for side, code in (("base", base), ("head", head))
    }
    done = run_alternating(starts, timeout_s, known or {})
    return done, log.read_text().splitlines() if log.exists() else []


def begins(lines: list[str]) -> list[tuple[str, ...]]:
    """Side and benchmark of every round."""
    return [tuple(line.split()[:2]) for line in lines if line.endswith("begin")]


def sides(lines: list[str], name: str) -> str:
    """First letters of the sides in the order of their rounds."""
    return "".join(side[0] for side, bench in begins(lines) if bench == name)


def test_the_sides_take_turns_as_abba_in_every_benchmark_and_never_run_at_once(tmp_path: Path) -> None:
    done, lines = run(tmp_path, *["note('start'); bench('a', 4); note('between'); bench('b', 2); note('last')"] * 2)
    assert {side: one.code for side, one in done.items()} == {"base": 0, "head": 0}
    assert (sides(lines, "a"), sides(lines, "b")) == ("bhhbbhhb", "bhhb")
    for number, line in enumerate(lines):
        if line.endswith("begin"):
            assert lines[number + 1] == line.replace("begin", "end")
    assert lines.index("base start") < lines.index("base a begin")
    assert lines.index("head start") < lines.index("base a begin")


def test_a_benchmark_that_only_one_side_has_holds_nobody_up(tmp_path: Path) -> None:
    base, head = "bench('a'); bench('gone'); bench('c')", "bench('a'); bench('c'); bench('new')"
    known = {"base": {"a", "gone", "c"}, "head": {"a", "c", "new"}}
    done, lines = run(tmp_path, base, head, known=known)
    assert [one.code for one in done.values()] == [0, 0]
    assert [sides(lines, name) for name in ("a", "gone", "c", "new")] == ["bhhbbh", "bbb", "bhhbbh", "hhh"]


def test_what_is_new_in_the_head_is_passed_over_before_anything_is_known_of_the_sides(tmp_path: Path) -> None:
    _, lines = run(tmp_path, "bench('a'); bench('b')", "bench('new'); bench('a'); bench('b')")
    assert [sides(lines, name) for name in ("new", "a", "b")] == ["hhh", "bhhbbh", "bhhbbh"]


def test_another_order_of_the_same_benchmarks_ends_as_well(tmp_path: Path) -> None:
    done, lines = run(tmp_path, "bench('a'); bench('b'); bench('c')", "bench('c'); bench('b'); bench('a')")
    assert [one.code for one in done.values()] == [0, 0]
    assert len(begins(lines)) == 18


def test_fewer_rounds_or_a_benchmark_that_ends_early_on_one_side_hold_nobody_up(tmp_path: Path) -> None:
    done, lines = run(tmp_path, "bench('a', 1); bench('b')", "bench('a', 5); bench('b')")
    assert [one.code for one in done.values()] == [0, 0]
    assert (sides(lines, "a"), sides(lines, "b")) == ("bhhhhh", "bhhbbh")


@pytest.mark.parametrize("victim", ["base", "head"])
def test_a_side_that_is_killed_does_not_block_the_other(tmp_path: Path, victim: str) -> None:
    killed, whole = "bench('a', 2); os.kill(os.getpid(), 9)", "bench('a', 6); bench('b')"
    done, lines = run(tmp_path, *((killed, whole) if victim == "base" else (whole, killed)))
    other = "head" if victim == "base" else "base"
    assert (done[victim].code, done[other].code) == (-9, 0)
    assert begins(lines).count((other, "a")) == 6
    assert begins(lines).count((other, "b")) == 3


def test_a_side_that_hangs_is_ended_by_its_own_time_limit_and_the_other_has_all_of_its_own(tmp_path: Path) -> None:
    began = time.monotonic()
    done, lines = run(tmp_path, "bench('a', 1); time.sleep(600)", "bench('a', 2); time.sleep(1)", timeout_s=2)
    assert (done["base"].timed_out, done["head"].timed_out, done["head"].code) == (True, False, 0)
    assert sides(lines, "a") == "bhh"
    assert time.monotonic() - began < 20


def test_what_a_side_has_left_running_does_not_block_the_other(tmp_path: Path) -> None:
    leaves = "bench('a', 1)\nif os.fork() == 0:\n    os.setsid(); time.sleep(60); os._exit(0)\nos._exit(3)"
    began = time.monotonic()
    done, lines = run(tmp_path, leaves, "bench('a')")
    assert (done["base"].code, done["head"].code) == (3, 0)
    assert sides(lines, "a") == "bhhh"
    assert time.monotonic() - began < 30


def test_a_side_that_knows_no_turns_runs_first_and_the_other_after_it(tmp_path: Path) -> None:
    done, lines = run(tmp_path, "note('plain')", "bench('a', 2)")
    assert [one.code for one in done.values()] == [0, 0]
    assert lines[0] == "base plain"
    assert sides(lines, "a") == "hh"


def test_pipes_that_a_test_closes_or_uses_for_a_file_of_its_own_are_left_alone(tmp_path: Path) -> None:
    closes = """
bench('a', 1)
for number in list(turns._pipes):
    os.close(number)
files = [os.open(side + str(number), os.O_RDWR | os.O_CREAT) for number in range(8)]
bench('a', 2)
assert all(os.fstat(number).st_size == 0 for number in files)
"""
    done, lines = run(tmp_path, closes, "bench('a', 2)")
    assert (done["base"].code, done["base"].output, done["head"].code) == (0, "", 0)
    assert sides(lines, "a").count("b") == 3


def test_a_process_that_inherits_the_environment_is_not_taken_for_the_one_that_was_started(tmp_path: Path) -> None:
    asks = f"import subprocess\nos.environ[{VARIABLE!r}] = '3 4 1'\n"
    child = "subprocess.run([sys.executable, '-c', 'from greenlint.sampling.turns import turns_here; print(turns_here())'])"
    done, _ = run(tmp_path, asks + child, f"assert {VARIABLE!r} not in os.environ; bench('a')")
    assert (done["base"].output.strip(), done["head"].code) == ("None", 0)


def test_when_the_gate_itself_is_gone_every_turn_is_granted() -> None:
    asked, ask = os.pipe()
    wait, granted = os.pipe()
    try:
        turns = Turns(ask, wait)
        os.close(granted)
        turns.wait("a")
        turns.wait("a")
        assert json.loads(os.read(asked, 100)) == "a"
    finally:
        for number in (asked, ask, wait):
            os.close(number)


def test_what_is_no_request_is_taken_for_a_name_and_stops_nothing(tmp_path: Path) -> None:
    junk = "os.write(turns._ask, b'\\xff{\\n'); bench('a')"
    done, lines = run(tmp_path, junk, "bench('a')")
    assert [one.code for one in done.values()] == [0, 0]
    assert len(begins(lines)) == 6
