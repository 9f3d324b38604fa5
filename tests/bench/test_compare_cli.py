"""`greenlint compare` with real programs: what is measured, what is excluded, and what it says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from greenlint.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.conftest import Done

    Compare = Callable[..., Done]
    Program = Callable[[str, str], str]

BURN = """
import time
def burn(seconds):
    while time.process_time() < seconds:
        pass
"""
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor signals to die of")


def test_a_program_that_burns_twice_the_cpu_is_found(compare: Compare, program: Program) -> None:
    one = program("one", BURN + "burn(0.05); print('done')")
    two = program("two", BURN + "burn(0.10); print('done')")
    done = compare(one, two, "--json", rounds=7)
    assert done.code == 0, done.err
    (pair,) = done.json["pairs"]
    assert pair["relation"] == "different"
    ratio = next(i for i in done.json["implementations"] if i["name"] == "two")["ratio_to_baseline"]["cpu"]
    assert 1.7 < ratio["value"] < 2.3
    assert done.json["order"] == ["one", "two"]


def test_the_same_program_under_two_names_shares_a_group(compare: Compare, program: Program) -> None:
    same = program("a", BURN + "burn(0.02); print('done')")
    for _ in range(3):  # five rounds give an interval of 93.75 %: one comparison in sixteen sees a difference by chance
        done = compare(same, same.replace("a=", "b=", 1))
        assert done.code == 0, done.err
        if "a and b are indistinguishable" in done.out or "b and a are indistinguishable" in done.out:
            return
    raise AssertionError(done.out)


def test_the_text_report_has_sentence_seed_host_and_caveat(compare: Compare, program: Program) -> None:
    done = compare(program("x", "print(1)"), program("y", "print(1)"), "--seed", "77")
    assert "5 rounds in random order (seed 77)" in done.out
    assert "y used " in done.out
    assert "times the CPU time of x." in done.out
    assert "93.75 % intervals" in done.out
    assert "Host: " in done.out
    assert done.out.endswith("Differences are between these programs on this host, not between languages.\n")


def test_estimated_energy_is_marked_and_not_ranked(compare: Compare, program: Program) -> None:
    done = compare(program("x", "print(1)"), program("y", "print(1)"), "--provider", "model")
    assert "energy (estimated)" in done.out
    assert "No energy ranking: energy is estimated from CPU and wall time (model)" in done.out
    assert "energy above idle" not in done.out


def test_one_wrong_byte_excludes_and_is_shown(compare: Compare, program: Program) -> None:
    done = compare(
        program("good", "print('a\\nb\\nc')"), program("bad", "print('a\\nb\\nd')"), program("too", "print('a\\nb\\nc')")
    )
    assert done.code == 1
    assert "bad: wrong-output: line 3: expected 'c', got 'd'" in done.out
    assert "too used" in done.out


def test_allow_failures_turns_the_exit_code_but_keeps_the_reason(compare: Compare, program: Program) -> None:
    good, bad = program("good", "print(1)"), program("bad", "print(2)")
    done = compare(good, bad, program("too", "print(1)"), "--allow-failures")
    assert done.code == 0
    assert "bad: wrong-output" in done.out


def test_empty_output_with_exit_0_is_wrong_output(compare: Compare, program: Program) -> None:
    done = compare(program("good", "print(1)"), program("mute", "pass"), "--json")
    assert done.code == 1
    assert done.status("mute") == ("wrong-output", f"printed nothing, {1 + len(os.linesep)} bytes expected")


def test_when_all_print_nothing_the_reader_is_told_that_nothing_was_proved(compare: Compare, program: Program) -> None:
    done = compare(program("a", "pass"), program("b", "pass"))
    assert done.code == 0
    assert "the expected output is empty" in done.out


def test_an_exit_code_is_a_crash_with_the_last_line_of_stderr(compare: Compare, program: Program) -> None:
    done = compare(program("good", "print(1)"), program("bad", "import sys; sys.exit('no more memory')"), "--json")
    assert done.status("bad") == ("crashed", "exit code 1: no more memory")
    assert done.code == 1


@unix
def test_a_signal_is_a_crash_with_its_name(compare: Compare, program: Program) -> None:
    killer = program("bad", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    done = compare(program("good", "print(1)"), killer, "--json")
    assert done.status("bad") == ("crashed", "killed by SIGKILL")


def test_a_hanging_program_is_stopped_and_called_timeout(compare: Compare, program: Program) -> None:
    start = time.monotonic()
    done = compare(program("good", "print(1)"), program("bad", "import time; time.sleep(600)"), "--timeout", "1", "--json")
    assert time.monotonic() - start < 20
    assert done.status("bad") == ("timeout", "not finished after 1 s")
    assert done.code == 1


@unix
def test_a_hanging_grandchild_is_stopped_too(compare: Compare, program: Program) -> None:
    hang = program("bad", "import subprocess; subprocess.run(['sleep', '600'])")
    start = time.monotonic()
    done = compare(program("good", "print(1)"), hang, "--timeout", "1", "--json")
    assert time.monotonic() - start < 20
    assert done.status("bad") == ("timeout", "not finished after 1 s")


@unix
def test_a_file_that_is_no_program_is_a_crash_with_its_reason(compare: Compare, program: Program, tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"\x00\x01 not a program")
    (tmp_path / "text").chmod(0o755)
    status, reason = compare(program("good", "print(1)"), "bad=./text", "--json").status("bad")
    assert status == "crashed"
    assert "Exec format error" in reason


def test_output_that_changes_from_run_to_run_is_nondeterministic(compare: Compare, program: Program) -> None:
    clock = "import time; print(time.perf_counter_ns())"
    done = compare(program("good", "print(1)"), program("bad", clock), "--json")
    status, reason = done.status("bad")
    assert status == "nondeterministic"
    assert "two runs printed different output" in reason


def test_a_nondeterministic_baseline_gives_its_place_to_the_next(compare: Compare, program: Program) -> None:
    clock = program("clock", "import time; print(time.perf_counter_ns())")
    done = compare(clock, program("a", "print(1)"), program("b", "print(1)"), "--json")
    assert done.status("clock")[0] == "nondeterministic"
    assert done.json["baseline"] == "a"
    assert "the baseline clock is excluded: ratios refer to a instead" in done.json["warnings"]
    assert done.code == 1


def test_output_that_goes_wrong_in_a_later_round_is_caught(compare: Compare, program: Program, tmp_path: Path) -> None:
    source = f"""
count = {str(tmp_path / "count")!r}
with open(count, "a+") as file:
    file.write("x")
    file.seek(0)
    print(len(file.read()) // 4)
"""
    done = compare(program("good", "print(0)"), program("bad", source), program("too", "print(0)"), "--json")
    assert done.status("bad")[0] == "nondeterministic"
    assert done.status("too") == ("ok", "")
    assert len(next(i for i in done.json["implementations"] if i["name"] == "bad")["rounds"]) == 3
    assert done.json["rounds"] == 5


def test_a_program_that_is_not_installed_is_counted_and_no_failure(compare: Compare, program: Program) -> None:
    done = compare(program("a", "print(1)"), program("b", "print(1)"), "c=no-such-compiler-here x")
    assert done.code == 0
    assert "Excluded (1 not installed here):" in done.out
    assert "c: not-found: no-such-compiler-here, which is not on PATH" in done.out


def test_exit_4_when_no_two_could_be_measured(compare: Compare, program: Program) -> None:
    done = compare(program("a", "print(1)"), "b=no-such-compiler-here", "--json")
    assert done.code == 4
    assert done.json["exit_code"] == 4
    assert "nothing measured: no two implementations could be run" in done.err


@unix
def test_cpu_time_of_children_that_nobody_waited_for_is_counted(compare: Compare, program: Program) -> None:
    alone = program("alone", BURN + "burn(0.15); print('done', flush=True)")
    forked = program(
        "forked",
        BURN
        + """
import os
print('done', flush=True)
if os.fork() == 0:
    burn(0.15)
    os._exit(0)
""",
    )
    done = compare(alone, forked, "--json")
    assert done.code == 0, done.err
    ratio = next(i for i in done.json["implementations"] if i["name"] == "forked")["ratio_to_baseline"]["cpu"]
    assert 0.8 < ratio["value"] < 1.35


def test_ten_megabytes_of_output_are_hashed_in_every_round(compare: Compare, program: Program) -> None:
    source = "import sys; sys.stdout.buffer.write(b'0123456789' * 1_000_000)"
    done = compare(program("a", source), program("b", source + "; sys.stdout.buffer.write(b'x')"), "--json")
    assert done.status("b") == ("wrong-output", "output goes on after the 10000000 bytes expected (10000001 bytes)")


@unix
def test_a_program_that_prints_for_ever_is_stopped_before_the_disk_is_full(program: Program, tmp_path: Path) -> None:
    inner = [sys.executable, "-m", "greenlint", "compare", program("good", "print(1)"), "bad=yes", "--rounds", "5"]
    argv = ["sh", "-c", 'ulimit -f 8000; exec "$@"', "sh", *inner]  # the limit of a disk with little free space
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 1, done.stderr
    assert "bad: crashed: killed by SIGXFSZ, its output grew too large for the disk" in done.stdout


def test_standard_input_is_empty(compare: Compare, program: Program) -> None:
    reader = "import sys; print(len(sys.stdin.read()))"
    done = compare(program("a", reader), program("b", "print(0)"))
    assert done.code == 0, done.out + done.err


def test_a_seed_repeats_the_order(compare: Compare, program: Program) -> None:
    programs = [program(name, "print(1)") for name in "ab"]

    def order(seed: str) -> list[list[int]]:
        done = compare(*programs, "--seed", seed, "--json")
        assert done.json["plan"]["seed"] == int(seed)
        return [[trial["position"] for trial in i["rounds"]] for i in done.json["implementations"]]

    first = order("42")
    assert first == order("42")
    assert first != order("43")


def test_numeric_mode_accepts_rounding_and_refuses_more(compare: Compare, program: Program) -> None:
    pi, rounded, wrong = (
        program("pi", "print(3.14159265358979)"),
        program("r", "print(3.1415926536)"),
        program("w", "print(3.15)"),
    )
    done = compare(pi, rounded, wrong, "--mode", "numeric", "--json")
    assert done.status("r") == ("ok", "")
    assert done.status("w") == ("wrong-output", "line 1: expected '3.14159265358979', got '3.15'")


def test_an_expected_file_stands_above_the_baseline(compare: Compare, program: Program, tmp_path: Path) -> None:
    (tmp_path / "right.txt").write_bytes(f"2{os.linesep}".encode())
    done = compare(
        program("a", "print(1)"), program("b", "print(2)"), program("c", "print(2)"), "--expect", "right.txt", "--json"
    )
    assert done.status("a")[0] == "wrong-output"
    assert done.json["baseline"] == "b"
    assert done.json["reference"] == "right.txt"


def test_the_odd_baseline_is_suspected_when_the_others_agree(compare: Compare, program: Program) -> None:
    done = compare(program("a", "print(1)"), program("b", "print(2)"), program("c", "print(2)"))
    assert "b, c printed the same as each other: is a wrong?" in done.out


def test_every_counted_run_is_in_the_ledger_under_its_language(compare: Compare, program: Program, tmp_path: Path) -> None:
    done = compare(
        program("a", "print(1)"), program("b", "print(2)"), program("c", "print(1)"), "--language", "c=rust", "--json"
    )
    with Ledger.open(tmp_path / ".greenlint" / "ledger.sqlite", create=False) as ledger:
        (run,) = ledger.runs(kind="compare")
        found = ledger.measurements(run.run_id)
    assert run.run_id == done.json["run_id"]
    assert run.status == "complete"
    assert run.facts["excluded"]["b"].startswith("wrong-output")
    assert [(m.name, m.language, m.attempt) for m in found if m.name == "c"] == [("c", "rust", n) for n in range(1, 6)]
    assert {m.language for m in found if m.name == "a"} == {"python"}
    assert [(m.outcome, m.excluded.split(":")[0]) for m in found if m.name == "b"] == [("wrong-output", "line 1")]
    assert all(m.energy is not None and m.wall_ns > 0 for m in found)


def test_no_ledger_writes_nothing(compare: Compare, program: Program, tmp_path: Path) -> None:
    done = compare(program("a", "print(1)"), program("b", "print(1)"), "--no-ledger", "--json")
    assert done.json["run_id"] is None
    assert not (tmp_path / ".greenlint").exists()


def test_a_ledger_that_cannot_be_written_costs_a_note_not_the_result(
    compare: Compare, program: Program, tmp_path: Path
) -> None:
    (tmp_path / ".greenlint").write_text("a file in the way")
    done = compare(program("a", "print(1)"), program("b", "print(1)"))
    assert done.code == 0
    assert "times the CPU time of a." in done.out
    assert "note: the comparison is not recorded" in done.err


def test_the_report_can_go_to_a_file(compare: Compare, program: Program, tmp_path: Path) -> None:
    done = compare(program("a", "print(1)"), program("b", "print(1)"), "--output-file", "report.txt")
    assert done.out == ""
    assert "times the CPU time of a." in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_nothing_but_the_report_is_printed_in_a_pipe(compare: Compare, program: Program) -> None:
    assert compare(program("a", "print(1)"), program("b", "print(1)")).err == ""


@unix
def test_ctrl_c_keeps_the_rounds_that_were_made_and_a_terminal_saw_the_progress(program: Program, tmp_path: Path) -> None:
    sleeper = program("a", "import time; time.sleep(0.05); print(1)")
    argv = [sys.executable, "-m", "greenlint", "compare", sleeper, sleeper.replace("a=", "b=", 1), "--rounds", "500"]
    terminal, side = os.openpty()
    with subprocess.Popen(argv, cwd=tmp_path, stdout=subprocess.PIPE, stderr=side, text=True) as process:
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=20)
    os.close(side)
    err = os.read(terminal, 1 << 16).decode()
    os.close(terminal)
    assert process.returncode == 130, err
    assert "interrupted" in out
    assert "/500: " in err
    assert "Traceback" not in err
    with Ledger.open(tmp_path / ".greenlint" / "ledger.sqlite", create=False) as ledger:
        (run,) = ledger.runs(kind="compare")
        assert run.status == "interrupted"
        assert len(ledger.measurements(run.run_id)) > 4


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["sort.py"], "'sort.py' is neither NAME=CMD nor a SPEC.toml"),
        (["a=echo 1"], "a comparison needs two implementations, 1 given (`greenlint measure -- CMD` measures one)"),
        (["a=echo 1", "a=echo 2"], "two implementations are named 'a'"),
        (["a=echo '1", "b=echo 1"], "the command cannot be split: No closing quotation (check the quotes)"),
        (["a=", "b=echo 1"], "'a=': the command is empty"),
        (["a=echo 1", "b=echo 1", "--baseline", "aa"], "the baseline 'aa' is no implementation (did you mean 'a'?)"),
        (["a={pyton} x", "b=echo 1"], "unknown placeholder '{pyton}' (did you mean 'python'?)"),
        (["a=echo 1", "b=echo 1", "--language", "c=rust"], "--language: 'c' is no implementation"),
        (["a=echo 1", "b=echo 1", "--language", "rust"], "--language 'rust' is not NAME=VALUE"),
        (["a=echo 1", "b=echo 1", "--rtol", "1e-6"], "--rtol has no meaning for exact output (add --mode numeric)"),
        (["a=echo 1", "b=echo 1", "--expect", "gone.txt"], "--expect gone.txt: there is no such file"),
        (["a=echo 1", "b=echo 1", "--output-file", "no/such/report.txt"], "no/such/report.txt: the folder"),
        (["gone.toml"], "gone.toml: there is no such file"),
        (["a=echo 1", "b.toml"], "'b.toml': one SPEC.toml stands alone"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(compare: Compare, args: list[str], words: str) -> None:
    done = compare(*args)
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""


def test_fewer_than_five_rounds_are_refused(compare: Compare) -> None:
    done = compare("a=echo 1", "b=echo 1", rounds=4)
    assert done.code == 2
    assert "x>=5" in done.err


def test_a_provider_that_is_not_there_is_exit_4(compare: Compare) -> None:
    done = compare("a=echo 1", "b=echo 1", "--provider", "no-such-provider")
    assert done.code == 4
    assert "no energy provider 'no-such-provider'" in done.err


def test_a_required_mark_that_is_not_reached_is_exit_4(compare: Compare) -> None:
    done = compare("a=echo 1", "b=echo 1", "--provider", "model", env={"GREENLINT_REQUIRE": "measured"})
    assert done.code == 4
    assert "energy must be measured (energy.require), but model gives estimated values" in done.err


def test_shell_signs_are_handed_over_with_a_note(compare: Compare) -> None:
    done = compare("a=echo 1 | cat", "b=echo 1 | cat")
    assert "a: | is handed over as it is, no shell runs" in done.err
