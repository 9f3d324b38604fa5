"""The proxy counts work and claims no joules: nothing that it gives can be taken for an energy."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.model.energy import Method
from greenlint.profiler import perf
from greenlint.profiler.command import run_command
from greenlint.profiler.instructions import INSTRUCTIONS, InstructionCounter
from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.proxy import Proxy
from greenlint.testing import check_provider

PAGE_FAULTS = (perf.TYPE_SOFTWARE, 2)
"""An event that virtual machines count too: it takes the same way through the kernel as the instructions."""

TOUCH_64_MIB = "import mmap; m = mmap.mmap(-1, 64 << 20); [m.__setitem__(i, 1) for i in range(0, 64 << 20, 4096)]"
FAULTS = (64 << 20) // 4096

needs_perf = pytest.mark.skipif(not perf.available(), reason="this system has no perf events")


def measured(*options: str, code: str = "sum(range(10**6))") -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "greenlint", "measure", "--provider", "proxy", "--no-ledger", *options]
    return subprocess.run([*argv, "--", sys.executable, "-c", code], capture_output=True, text=True)


def test_the_contract_holds() -> None:
    probe = check_provider(Proxy())
    assert probe.found and probe.method is Method.PROXY
    assert "CPU time of the process tree" in probe.reason


def test_it_is_taken_by_name_only() -> None:
    assert Proxy.order is None


def test_no_joules_are_printed() -> None:
    done = measured()
    assert done.returncode == 0
    assert "no joules are claimed by proxy" in done.stderr
    assert "CPU time" in done.stderr and "instructions" in done.stderr
    assert not any(word.endswith("J") and word[:-1].replace(".", "").isdigit() for word in done.stderr.split())
    assert " J " not in done.stderr


def test_no_joules_are_in_the_json_but_cpu_time_is() -> None:
    run = json.loads(measured("--json").stdout)["runs"][0]
    assert run["energy"] is None
    assert run["cpu_s"] > 0.01
    assert {"instructions_missing"} == set(run["extra"]) or int(run["extra"]["instructions"]) > 1e6


def test_energy_that_is_required_is_not_given() -> None:
    done = measured("--require", "estimated")
    assert done.returncode == 4
    assert "proxy gives proxy energy" in done.stderr


def test_a_window_has_cpu_time_and_no_energy() -> None:
    with Meter.open("proxy") as meter:
        start = meter.read()
        sum(range(10**6))
        end = meter.read()
        assert meter.energy(start, end) is None and meter.energy(start, end, idle="wall") is None
        assert meter.energy_of(start.t_ns, end.t_ns, 1) is None
        assert end.cpu_ns - start.cpu_ns > 1_000_000
        assert (meter.method, meter.invalid, meter.devices(start, end)) == (Method.PROXY, None, ())
        with pytest.raises(ValueError, match="idle policy 'never'"):
            meter.energy(start, end, idle="never")
    assert meter.close() == ()


def test_where_there_are_no_counters_it_says_so_plainly() -> None:
    try:
        InstructionCounter().close()
    except OSError as error:
        assert error.strerror in Proxy().probe(None).reason  # type: ignore[arg-type, operator]
        with Meter.open("proxy") as meter:
            reading = meter.read()
            assert meter.counted(reading, meter.read()) == {"instructions_missing": error.strerror}
    else:
        with Meter.open("proxy") as meter:
            start = meter.read()
            sum(range(10**6))
            assert int(meter.counted(start, meter.read())["instructions"]) > 10**6


@needs_perf
def test_the_count_of_a_command_holds_its_whole_tree() -> None:
    """Page faults in place of instructions: a grandchild touches 64 MiB after its parent has left."""
    grandchild = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {TOUCH_64_MIB!r}])"
    try:
        meter = Meter.open(Proxy(PAGE_FAULTS))
    except OSError as error:  # a seccomp filter
        pytest.skip(f"perf is forbidden here: {error}")
    with meter:
        if not meter.read().counters:
            pytest.skip(f"perf is forbidden here: {meter.probes[0].facts['instructions']}")
        result = run_command([sys.executable, "-c", grandchild], meter=meter)
    facts = result.measurement.extra
    assert result.measurement.energy is None
    assert FAULTS < int(facts["instructions"]) < 1.5 * FAULTS + 20_000
    assert "whole process tree" in facts["instructions_kind"]


@needs_perf
def test_what_is_done_in_threads_that_exist_already_counts_too() -> None:
    from threading import Event, Thread

    go = Event()

    def work() -> None:
        go.wait()
        exec(TOUCH_64_MIB, {})  # in a thread that is older than the counter

    thread = Thread(target=work)
    thread.start()
    try:
        counter = InstructionCounter(PAGE_FAULTS)
    except OSError as error:
        go.set()
        thread.join()
        pytest.skip(f"perf is forbidden here: {error}")
    before = counter.read()
    go.set()
    thread.join()
    assert counter.read() - before > FAULTS
    counter.close()


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "kernel.perf_event_paranoid"),
        (errno.ENOENT, "no performance counters here (usual in virtual machines)"),
        (errno.ENOSYS, "no perf events"),
    ],
)
def test_each_refusal_of_the_kernel_has_its_reason(number: int, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(perf, "open_event", refuse)
    probe = Proxy(INSTRUCTIONS).probe(None)  # type: ignore[arg-type]
    assert probe.found and reason in probe.reason


@needs_perf
def test_a_counter_that_is_lost_leaves_cpu_time(tmp_path: Path) -> None:
    """The kernel ends a pinned event with an end of file."""
    with Meter.open(Proxy(PAGE_FAULTS)) as meter:
        start = meter.read()
        if not start.counters:
            pytest.skip("perf is forbidden here")
        descriptor = meter._account._source._counter._descriptors[0]  # type: ignore[attr-defined]
        empty = os.open(tmp_path, os.O_RDONLY) if not hasattr(os, "memfd_create") else os.memfd_create("lost")
        os.dup2(empty, descriptor)
        os.close(empty)
        end = meter.read()
        assert end.counters == () and end.cpu_ns >= start.cpu_ns
        assert "the counter was lost" in meter.counted(start, end)["instructions_missing"]
        assert meter.invalid is None
