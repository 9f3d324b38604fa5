"""Counted instructions: equal programs count equal, so one run a side and a repeat decide."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from greenlint.errors import ProviderError
from greenlint.gate.counting import Callgrind, Counter, counter_here
from greenlint.gate.counts import compare_counts
from greenlint.gate.paired import Settings
from greenlint.sampling.process import run_whole
from greenlint.sampling.sample import Process, Setup, Value
from greenlint.sampling.worktrees import Side

SETTINGS = Settings(8, None, 0.005, 1, "instructions")
needs_valgrind = pytest.mark.skipif(not shutil.which("valgrind"), reason="valgrind is not installed")


def verdict(base: list[float], head: list[float]) -> tuple[str, str]:
    counts = {"base": iter(base), "head": iter(head)}

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        return Process({"a": Value(0.0, None, "", 1, instructions=next(counts[side]))}, seed=seed)

    done = compare_counts(run, SETTINGS)
    assert done.metric == "instructions"
    return done.results[0].verdict.value, done.results[0].reason


def test_more_than_half_a_per_cent_is_certain_in_either_direction_and_less_is_not_reported() -> None:
    assert verdict([1000, 1000], [1006, 1006])[0] == "worse"
    assert verdict([1006, 1006], [1000, 1000])[0] == "better"
    assert verdict([1000, 1000], [1004, 1004]) == ("unchanged", "")
    assert verdict([1000, 1000], [2000, 2000])[1] == "the repeat counted the same to the last instruction"


def test_counts_that_do_not_repeat_confirm_only_what_lies_beyond_them() -> None:
    assert verdict([1000, 1010], [1008, 1012])[0] == "unconfirmed"
    assert "not deterministic enough" in verdict([1000, 1010], [1008, 1012])[1]
    assert verdict([1000, 1010], [1100, 1101])[0] == "worse"
    assert "two runs of one commit differ by 1.000%" in verdict([1000, 1010], [1100, 1101])[1]


def test_a_benchmark_of_one_side_is_new_and_one_that_fails_is_unmeasured() -> None:
    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        there = Process({"young": Value(0.0, None, "", 1, instructions=5.0)}, {"bad": "exit code 1"})
        return there if side == "head" else Process({})

    found = {one.name: one.verdict.value for one in compare_counts(run, SETTINGS).results}
    assert found == {"bad": "unmeasured", "young": "new"}


def test_the_hash_seed_is_the_same_in_every_run() -> None:
    seeds = []

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        seeds.append(seed)
        return Process({"a": Value(0.0, None, "", 1, instructions=5.0)})

    compare_counts(run, SETTINGS)
    assert seeds == [0, 0, 0, 0]


def test_without_a_counter_and_without_valgrind_the_reason_and_the_remedy_are_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(*_: object) -> None:
        raise OSError(2, "the processor shows no performance counters here")

    monkeypatch.setattr("greenlint.profiler.instructions.InstructionCounter.__init__", refused)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProviderError) as caught:
        counter_here()
    assert caught.value.exit_code == 4
    assert "shows no performance counters here, and valgrind is not installed" in str(caught.value)
    assert "install valgrind" in str(caught.value)


MARKED = """
import ctypes, gc
mark, state = ctypes.CDLL(None).lcong48, (ctypes.c_ushort * 7)()
def work(n):
    return sum(i * i for i in range(n))
work(10)
gc.collect()
gc.freeze()
for n in (0, 20_000, 21_000):
    mark(state)
    work(n)
mark(state)
"""


@needs_valgrind
def test_three_runs_count_the_same_to_the_last_instruction_and_five_per_cent_are_five_per_cent(tmp_path: Path) -> None:
    counter, found = Callgrind(), []
    for number in range(3):
        profile = str(tmp_path / f"profile-{number}")
        command = [*counter.prefix(profile), sys.executable, "-S", "-c", MARKED]
        done = run_whole(command, cwd=str(tmp_path), env={**os.environ, "PYTHONHASHSEED": "0"}, timeout_s=120)
        assert done.code == 0, done.output
        total = counter.totals(profile, 4)
        zero, work, more = (total(mark + 1) - total(mark) for mark in (1, 2, 3))
        assert zero < work / 100
        found.append((work - zero, more - zero))
    assert found[0] == found[1] == found[2]
    work, more = found[0]
    assert more / work == pytest.approx(1.05, abs=0.003)


@needs_valgrind
@pytest.mark.long
def test_the_benchmarks_of_pytest_are_counted_without_their_start_up(tmp_path: Path) -> None:
    (tmp_path / "test_bench.py").write_text(
        "import pytest\ndef work(n):\n    return sum(i * i for i in range(n))\n"
        "@pytest.mark.parametrize('n', [4000, 4200])\ndef test_work(energy, n):\n    assert energy(work, n)\n"
        "def test_bad(energy):\n    assert 1 == 2\ndef test_other():\n    pass\n"
    )
    setup = Setup(("test_bench.py",), "", (".",), "auto", 5, 60.0)
    done = Callgrind()(Side("head", "0" * 40, str(tmp_path)), setup, {}, 0)
    counts = {name: value.instructions for name, value in done.values.items()}
    assert set(counts) == {"test_bench.py::test_work[4000]", "test_bench.py::test_work[4200]"}
    less, more = (counts[f"test_bench.py::test_work[{n}]"] for n in (4000, 4200))
    assert less is not None and more is not None
    assert more / less == pytest.approx(1.05, abs=0.003)
    assert less < 10_000_000, "the start-up of pytest, over a thousand million, is not in it"
    assert done.failed == {"test_bench.py::test_bad": "assert 1 == 2"}


@needs_valgrind
def test_a_command_is_counted_with_its_children_and_behind_a_shim(tmp_path: Path) -> None:
    (tmp_path / "shim").write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    (tmp_path / "shim").chmod(0o755)
    setup = Setup((), "", (".",), "auto", 5, 60.0)
    side = Side("head", "0" * 40, str(tmp_path))
    commands = {f"n{n}": (str(tmp_path / "shim"), "-c", f"sum(i * i for i in range({n}))") for n in (100_000, 200_000)}
    values = Callgrind()(side, setup, {**commands, "bad": (sys.executable, "-c", "raise SystemExit('no')")}, 0)
    counts = {name: value.instructions for name, value in values.values.items()}
    assert values.failed == {"bad": "exit code 1: no"}
    less, more = counts["n100000"], counts["n200000"]
    assert less is not None and more is not None
    assert 50e6 < more - less < 100e6, "100,000 more turns of some 600 instructions"


def test_marks_that_callgrind_does_not_see_are_an_error_and_no_wrong_count(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    profile.write_bytes(b"part: 1\ntotals: 100\n")
    with pytest.raises(ProviderError, match="saw 0 of 3 marks"):
        Callgrind().totals(str(profile), 3)


def test_perf_counts_are_differences_less_what_a_mark_costs() -> None:
    total = Counter().totals("", 0)
    assert total(12345) == 12345
