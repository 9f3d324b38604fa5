"""A command is measured whole: with its orphans, without us, to its last descendant, however it ends."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from greenlint.profiler.command import CommandNotFound, CommandResult, run_command
from greenlint.profiler.meter import Meter
from greenlint.profiler.unsupervised import run_unsupervised

linux = pytest.mark.skipif(sys.platform != "linux", reason="needs the Linux supervisor")
BURN = "import time, sys\nend = time.process_time() + float(sys.argv[1])\nwhile time.process_time() < end: pass"


@pytest.fixture(scope="module")
def meter():  # type: ignore[no-untyped-def]
    with Meter.open("model") as opened:
        yield opened


def run(meter: Meter, *argv: str, **options: object) -> CommandResult:
    return run_command(argv, meter=meter, **options)  # type: ignore[arg-type]


def burn(seconds: float) -> str:
    return f"{sys.executable} -I -S -c '{BURN}' {seconds}"


def test_cpu_time_is_that_of_the_command(meter: Meter) -> None:
    result = run(meter, sys.executable, "-I", "-S", "-c", BURN, "0.3")
    assert result.returncode == 0
    assert 0.3e9 <= result.cpu_ns <= 0.36e9
    assert result.wall_ns >= result.cpu_ns * 0.95


@linux
def test_a_program_whose_parent_exits_early_is_counted_whole(meter: Meter) -> None:
    script = f"({burn(0.25)} & {burn(0.25)} &) ; exit 0"
    result = run(meter, "sh", "-c", script)
    assert result.returncode == 0
    assert result.cpu_ns == pytest.approx(0.5e9, rel=0.15)
    assert "outlived the command" in result.warnings[0]


@linux
def test_children_that_nobody_waits_for_are_counted(meter: Meter) -> None:
    program = """
import os, signal, sys, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel then reaps the child, and forgets what it used
child = os.fork()
if child == 0:
    end = time.process_time() + 0.3
    while time.process_time() < end: pass
    os._exit(0)
while os.path.exists(f"/proc/{child}"): time.sleep(0.01)
"""
    result = run(meter, sys.executable, "-I", "-S", "-c", program)
    assert result.cpu_ns >= 0.3e9
    assert any("never waited for" in warning for warning in result.warnings)


@linux
def test_a_daemon_that_starts_a_session_of_its_own_is_counted(meter: Meter) -> None:
    result = run(meter, "sh", "-c", f"setsid sh -c '{sys.executable} -I -S -c \"import time; time.sleep(0.3)\"' & exit 3")
    assert result.returncode == 3
    assert result.wall_ns >= 0.3e9


@linux
def test_our_own_children_are_left_to_us(meter: Meter) -> None:
    ours = subprocess.Popen(["sleep", "0.1"])
    run(meter, "sleep", "0.3")
    assert ours.wait(timeout=5) == 0


@linux
def test_a_large_harness_does_not_show_in_the_peak_of_a_small_command(tmp_path: Path) -> None:
    code = """
import sys
ballast = bytearray(300_000_000)
from greenlint.profiler.command import run_command
from greenlint.profiler.meter import Meter
with Meter.open("model") as meter:
    short = run_command(["true"], meter=meter)
    small = run_command(["sleep", "0.1"], meter=meter)
    large = run_command([sys.executable, "-c", "x = bytearray(60_000_000)"], meter=meter)
print(short.peak_bytes, short.peak_below, small.peak_bytes, large.peak_bytes, *short.warnings)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    short, below, small, large = done.stdout.split()
    assert 0 < int(below if short == "None" else short) < 20e6  # busy: `true` lives long enough
    assert 0.3e6 < int(small) < 20e6
    assert 60e6 < int(large) < 80e6


@linux
def test_memory_of_processes_that_live_together_is_added(meter: Meter) -> None:
    one = f"{sys.executable} -I -S -c 'x = bytearray(40_000_000); import time; time.sleep(0.4)'"
    result = run(meter, "sh", "-c", f"{one} & {one} & wait")
    assert result.peak_bytes is not None
    assert 80e6 < result.peak_bytes < 110e6


def test_exit_codes_and_signals_are_told_apart(meter: Meter) -> None:
    assert run(meter, "sh", "-c", "exit 7").returncode == 7
    killed = run(meter, "sh", "-c", "kill -SEGV $$")
    assert (killed.returncode, killed.signal) == (-signal.SIGSEGV, signal.SIGSEGV)
    assert killed.measurement.outcome == "crashed"


@linux
def test_at_the_time_limit_the_whole_tree_is_killed(meter: Meter, tmp_path: Path) -> None:
    marker = tmp_path / "survivor"
    script = f"(sleep 1; touch {marker}) & trap '' TERM; sleep 30 & wait; sleep 30"
    start = time.monotonic()
    result = run(meter, "sh", "-c", script, timeout_s=0.3)
    assert result.timed_out
    assert result.measurement.outcome == "timeout"
    assert time.monotonic() - start < 4
    time.sleep(1.0)
    assert not marker.exists()


@pytest.mark.parametrize("name", ["no-such-program", "./no-such-program", "/nowhere/program"])
def test_a_missing_command_is_named(meter: Meter, name: str) -> None:
    with pytest.raises(CommandNotFound, match="command not found"):
        run(meter, name)


def test_a_file_that_may_not_be_run_and_a_missing_folder_are_named(meter: Meter, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("text")
    with pytest.raises(CommandNotFound, match=r"data: cannot be run: Permission denied"):
        run(meter, str(tmp_path / "data"))
    with pytest.raises(CommandNotFound, match="no such directory"):
        run(meter, "true", cwd=str(tmp_path / "none"))


@linux
def test_a_script_without_an_interpreter_line_is_explained(meter: Meter, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text("echo hello\n")
    script.chmod(0o755)
    with pytest.raises(CommandNotFound, match="no #! line"):
        run(meter, str(script))


def test_programs_are_found_on_the_path_of_the_given_environment(meter: Meter, tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "greet"
    program.write_text('#!/bin/sh\nprintf "%s" "$WORD" > "$OUT"\n')
    program.chmod(0o755)
    env = {"PATH": f"{tmp_path / 'none'}:{folder}", "WORD": "hëllo\n=x", "OUT": str(tmp_path / "out"), "EMPTY": ""}
    assert run(meter, "greet", env=env).returncode == 0
    assert (tmp_path / "out").read_text() == "hëllo\n=x"


@linux
def test_the_command_gets_exactly_the_environment_arguments_and_folder_that_were_given(meter: Meter, tmp_path: Path) -> None:
    code = """
import json, os, sys
seen = [sys.argv[1:], dict(os.environ), os.getcwd(), os.listdir("/proc/self/fd")]
json.dump(seen, open("out", "w"))
"""
    env = {"A": "1", "B": "", "LC_ALL": "C.UTF-8"}
    run(meter, sys.executable, "-I", "-S", "-c", code, "", "a b", "ü", env=env, cwd=str(tmp_path), stdin=subprocess.DEVNULL)
    argv, seen, folder, descriptors = json.loads((tmp_path / "out").read_text())
    assert (argv, seen, folder) == (["", "a b", "ü"], env, str(tmp_path))
    assert len(descriptors) <= 5  # 0, 1, 2, the open file and the listing: none of ours


@linux
def test_signals_are_as_without_us(meter: Meter, tmp_path: Path) -> None:
    script = "grep -h -e SigIgn -e SigBlk /proc/self/status > ${0}"
    subprocess.run(["sh", "-c", script, "without"], cwd=tmp_path, check=True)
    run(meter, "sh", "-c", script, "with", cwd=str(tmp_path))
    assert (tmp_path / "with").read_text() == (tmp_path / "without").read_text()


def test_output_passes_through_untouched(meter: Meter, tmp_path: Path) -> None:
    with open(tmp_path / "out", "wb") as out, open(tmp_path / "err", "wb") as err:
        run(meter, sys.executable, "-c", "import os; os.write(1, bytes(range(256))); os.write(2, b'e')", stdout=out, stderr=err)
    assert (tmp_path / "out").read_bytes() == bytes(range(256))
    assert (tmp_path / "err").read_bytes() == b"e"


def test_input_passes_through(meter: Meter, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"some text")
    with open(tmp_path / "in", "rb") as source, open(tmp_path / "out", "wb") as out:
        run(meter, "cat", stdin=source, stdout=out)
    assert (tmp_path / "out").read_bytes() == b"some text"


@linux
def test_a_file_size_limit_of_ours_holds_for_the_command(meter: Meter, tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        result = run(meter, "dd", "if=/dev/zero", f"of={tmp_path / 'big'}", "bs=8192", "count=1", stderr=subprocess.DEVNULL)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert result.signal == signal.SIGXFSZ


@linux
def test_the_command_dies_with_us(tmp_path: Path) -> None:
    marker = tmp_path / "survivor"
    code = f"""
from greenlint.profiler.command import run_command
from greenlint.profiler.meter import Meter
with Meter.open("model") as meter:
    run_command(["sh", "-c", "echo started; sleep 1; touch {marker}"], meter=meter)
"""
    harness = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert harness.stdout is not None
    assert harness.stdout.readline() == b"started\n"
    harness.kill()
    harness.communicate()
    time.sleep(1.3)
    assert not marker.exists()


@linux
def test_an_interrupt_ends_the_command_and_is_passed_on(tmp_path: Path) -> None:
    code = """
import sys
from greenlint.profiler.command import run_command
from greenlint.profiler.meter import Meter
with Meter.open("model") as meter:
    try:
        run_command(["sh", "-c", "echo started; exec sleep 30"], meter=meter)
    except KeyboardInterrupt:
        sys.exit(99)
"""
    harness = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert harness.stdout is not None
    harness.stdout.readline()
    harness.send_signal(signal.SIGINT)
    harness.communicate(timeout=10)
    assert harness.returncode == 99


@linux
def test_nothing_is_left_behind(meter: Meter) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        run(meter, "true")
        with pytest.raises(CommandNotFound):
            run(meter, "no-such-program")
    assert len(os.listdir("/proc/self/fd")) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_energy_follows_the_cpu_time_of_the_command(meter: Meter) -> None:
    result = run(meter, sys.executable, "-I", "-S", "-c", BURN, "0.2")
    energy = result.measurement.energy
    assert energy is not None
    assert energy.idle_j > 0
    assert energy.dynamic_j == pytest.approx(meter.energy_of(0, 1, result.cpu_ns).energy_j, rel=0.01)
    assert result.devices == ()


def test_where_there_is_no_supervisor_the_basics_hold(meter: Meter, tmp_path: Path) -> None:
    from greenlint.profiler.command import Order

    def order(*argv: str, timeout_s: float | None = None) -> Order:
        return Order(argv, None, None, None, None, None, timeout_s)

    burnt = run_unsupervised(order(sys.executable, "-I", "-S", "-c", BURN, "0.2"), meter)
    assert burnt.returncode == 0
    assert burnt.cpu_ns == pytest.approx(0.2e9, rel=0.3)
    assert run_unsupervised(order("sleep", "30", timeout_s=0.1), meter).timed_out
    with pytest.raises(CommandNotFound):
        run_unsupervised(order("no-such-program"), meter)
