"""The perf_event_open system call: the short way to it and the documented one do the same, and an error says which."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time

import pytest

from greenlint.profiler import perf

pytestmark = pytest.mark.skipif(not perf.available(), reason="this system has no perf events")


def opened(config: int) -> list[int]:
    """What both ways answer: a descriptor, or the number of the error as a negative one; the short way says -1 alone."""
    attributes = perf._ATTRIBUTES.pack(perf.TYPE_SOFTWARE, perf._SIZE, config, 0, 0, 0, perf.EXCLUDE_KERNEL, 0, 0)
    arguments = (perf._SYSCALL[perf.architecture()], attributes.ljust(perf._SIZE, b"\0"), 0, -1, -1, perf._CLOSE_ON_EXEC)
    found = [perf._call_quickly(arguments)]
    try:
        found.append(perf._call(arguments))
    except OSError as error:
        found.append(-int(error.errno or 0))
    return found


def test_both_ways_count_the_same_time() -> None:
    quick, documented = opened(perf.TASK_CLOCK)
    assert (quick < 0) == (documented < 0)
    if quick < 0:  # this kernel refuses it to us: then both say so
        return
    before = [perf.read_count(quick), perf.read_count(documented)]
    end = time.process_time() + 0.05
    while time.process_time() < end:
        pass
    used = [perf.read_count(quick) - before[0], perf.read_count(documented) - before[1]]
    assert used[0] == pytest.approx(used[1], rel=0.02)
    assert used[0] > 0.04e9
    for descriptor in (quick, documented):
        assert not os.get_inheritable(descriptor)
        os.close(descriptor)


def test_an_event_that_does_not_exist_says_so() -> None:
    quick, documented = opened(4711)
    assert quick == -1
    assert documented in (-errno.ENOENT, -errno.EINVAL, -errno.EACCES, -errno.EPERM)
    with pytest.raises(OSError, match=r"\[Errno \d+\]") as caught:
        perf.open_event(perf.TYPE_SOFTWARE, 4711)
    assert caught.value.errno == -documented


def test_an_interpreter_without_the_core_of_ctypes_goes_the_documented_way() -> None:
    code = (
        "import _ctypes\ndel _ctypes.call_cdeclfunction\n"
        "from greenlint.profiler import perf\n"
        "try: print(perf.open_event(perf.TYPE_SOFTWARE, perf.TASK_CLOCK, flags=perf.EXCLUDE_KERNEL) >= 0)\n"
        "except OSError as error: print(error.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    documented = opened(perf.TASK_CLOCK)[1]
    assert (done.stdout.strip(), done.stderr) == (("True", "") if documented >= 0 else (str(-documented), ""))


def test_it_is_opened_without_importing_ctypes() -> None:
    code = (
        "import sys\nfrom greenlint.profiler.clock import ProcessTreeClock\nclock = ProcessTreeClock()\n"
        "print(clock.kind != 'perf-task-clock' or 'ctypes' not in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("True", "")
