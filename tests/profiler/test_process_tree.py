"""The CPU time of a process tree is whole: threads, children, grandchildren, orphans and daemons, within 2 % of the kernel's
own account (a control group where one can be made, else what each process says of itself)."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenlint.profiler.command import run_command
from greenlint.profiler.meter import Meter

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="fork and the task clock of Linux")

CGROUP = "/sys/fs/cgroup/cpuacct"

TREE = """
import os, resource, subprocess, sys, threading, time

def burn(seconds, clock=time.process_time):
    end = clock() + seconds
    while clock() < end: pass

def used_ns():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return round((usage.ru_utime + usage.ru_stime) * 1e9)

def branch(action):
    if os.fork() == 0:
        action()
        os.write(report, b"%d\\n" % used_ns())
        os._exit(0)

def child():
    burn(0.1)
    branch(grandchild)
    os.wait()

def grandchild():
    burn(0.1)

def leave_an_orphan():
    branch(lambda: burn(0.15))  # its parent ends at once

def leave_a_daemon():
    def daemon():
        os.setsid()
        branch(lambda: (time.sleep(0.05), burn(0.15)))
    branch(daemon)

def thread():
    worker = threading.Thread(target=burn, args=(0.1, time.thread_time))
    worker.start()
    return worker

def whole_tree():
    workers = [thread()]
    burn(0.05)
    for action in (child, leave_an_orphan, leave_a_daemon):
        branch(action)
    subprocess.run([sys.executable, "-I", "-S", "-c", "import sys; exec(sys.argv[1])", SPAWNED])
    for worker in workers:
        worker.join()

SPAWNED = '''
import os, resource, time
while time.process_time() < 0.1: pass
usage = resource.getrusage(resource.RUSAGE_SELF)
os.write(%d, b"%%d\\\\n" %% round((usage.ru_utime + usage.ru_stime) * 1e9))
os._exit(0)
'''
"""

COMMAND = (
    TREE
    + """
report = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
os.set_inheritable(report, True)
SPAWNED = SPAWNED % report
subprocess_run, subprocess.run = subprocess.run, lambda *words: subprocess_run(*words, pass_fds=[report])
whole_tree()
os.write(report, b"%d\\n" % used_ns())
"""
)

WITHIN = (
    TREE
    + """
from greenlint.profiler.clock import ProcessTreeClock
early_go, early = threading.Event(), None

def wait_then_burn():
    early_go.wait()
    burn(0.1, time.thread_time)

early = threading.Thread(target=wait_then_burn)
early.start()
read, report = os.pipe()
os.set_inheritable(report, True)
SPAWNED = SPAWNED % report
subprocess_run, subprocess.run = subprocess.run, lambda *words: subprocess_run(*words, pass_fds=[report])
def group_ns():
    with open(sys.argv[1] + "/cpuacct.usage") as usage:
        return int(usage.read())

truth_ns = group_ns if len(sys.argv) > 1 else used_ns  # of a control group, what the end of a process costs is known too
clock = ProcessTreeClock()
before, truth_before = clock.read(), truth_ns()
early_go.set()
whole_tree()
early.join()
os.close(report)
with open(read, "rb") as reports:
    others = sum(int(line) for line in reports)  # the end of file comes when the last descendant has gone
counted, truth = clock.read() - before, truth_ns() - truth_before
print(clock.kind, counted, truth if truth_ns is group_ns else truth + others)
"""
)


@pytest.fixture
def cgroup() -> Iterator[str | None]:
    """A new control group with CPU accounting, or None where there is none or we may not make one."""
    path = f"{CGROUP}/greenlint-test-{os.getpid()}"
    try:
        os.mkdir(path)
    except OSError:
        yield None
        return
    yield path
    for attempt in range(100):  # the last descendant may still be on its way out
        with contextlib.suppress(OSError):
            os.rmdir(path)
            break
        time.sleep(0.01 * attempt)


def test_the_cpu_time_of_a_command_is_that_of_all_its_descendants(tmp_path: Path, cgroup: str | None) -> None:
    program, said = tmp_path / "tree.py", tmp_path / "said"
    program.write_text(COMMAND)
    said.touch()
    enter = f"echo $$ > {cgroup}/cgroup.procs; " if cgroup else ""
    with Meter.open("model") as meter:
        result = run_command(["sh", "-c", f"{enter}exec {sys.executable} -I -S {program} {said}"], meter=meter)
    assert result.returncode == 0
    truth = sum(int(line) for line in said.read_text().split())
    if cgroup:
        truth = int(Path(f"{cgroup}/cpuacct.usage").read_text())
    assert truth > 0.75e9
    assert result.cpu_ns == pytest.approx(truth, rel=0.02)


def test_the_clock_of_a_process_counts_threads_from_before_and_after_and_all_descendants(cgroup: str | None) -> None:
    command = [sys.executable, "-c", WITHIN]
    if cgroup:
        command = ["sh", "-c", f'echo $$ > {cgroup}/cgroup.procs; exec "$@"', "sh", *command, cgroup]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    kind, counted, truth = done.stdout.split()
    assert int(truth) > 0.8e9
    tolerance = 0.02 if kind == "perf-task-clock" else 0.25  # without perf, orphans that nobody waits for are not seen
    assert int(counted) == pytest.approx(int(truth), rel=tolerance)


def test_the_clock_of_a_process_leaves_out_its_siblings() -> None:
    program = "import json, sys, time\nfrom greenlint.profiler.clock import ProcessTreeClock\nclock = ProcessTreeClock()\n" + (
        "start = clock.read()\ntime.sleep(0.3)\nprint(json.dumps(clock.read() - start))"
    )
    burner = subprocess.Popen([sys.executable, "-I", "-S", "-c", "while True: pass"])
    try:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    finally:
        burner.kill()
        burner.wait()
    assert json.loads(done.stdout) < 0.05e9
