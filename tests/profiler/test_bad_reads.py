"""Counters that fail while they are read: the file under a held descriptor is swapped for one that the kernel fails on."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from greenlint.errors import ProviderError
from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.selection import make_context
from greenlint.testing import CounterTree, ReplayProvider, Zone


def counter_descriptor(tree: CounterTree, zone: str = "intel-rapl:0") -> int:
    """The descriptor that the open provider holds on a counter file."""
    wanted = os.path.realpath(tree.path(zone))
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{name}") == wanted:
                return int(name)
        except OSError:
            continue
    raise AssertionError(f"nobody holds {wanted}")


def put_in_place(path: str, descriptor: int) -> None:
    """Let `descriptor` lead to another file from now on."""
    other = os.open(path, os.O_RDONLY)
    os.dup2(other, descriptor, inheritable=False)
    os.close(other)


def test_an_input_output_error_in_the_session_voids_it_and_names_the_file(tmp_path: Path) -> None:
    with CounterTree(tmp_path) as tree, Meter.open(RaplPowercap(str(tmp_path))) as meter:
        meter.read()
        put_in_place("/proc/self/mem", counter_descriptor(tree))  # nothing is mapped at 0: the kernel answers EIO
        meter.read()
        assert meter.invalid is not None
        assert "energy_uj: Input/output error" in meter.invalid and "hardware does not answer" in meter.invalid
        warnings = meter.close()
    assert any("no number of this session counts" in warning for warning in warnings)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOENT, errno.EINTR])
def test_any_error_number_in_the_session_is_a_reason_not_a_traceback(number: int) -> None:
    rows = [(place * 1000,) for place in range(8)]
    with Meter.open(ReplayProvider([*rows, OSError(number, os.strerror(number))]), self_check=False) as meter:
        readings = [meter.read() for _ in range(12)]
    assert meter.invalid is not None and os.strerror(number) in meter.invalid
    totals = [sum(reading.counters) for reading in readings]
    assert totals == sorted(totals)


def test_a_source_that_raises_something_else_voids_the_session_too() -> None:
    rows: list[tuple[int, ...] | Exception] = [(place * 1000,) for place in range(8)]
    with Meter.open(ReplayProvider([*rows, RuntimeError("two\nlines")]), self_check=False) as meter:
        for _ in range(12):
            meter.read()
    assert meter.invalid is not None and "two lines" in meter.invalid


@pytest.mark.parametrize("content", ["", "garbage\n", "12 34\n", "0x1f\n", "nan\n", "\x00\x00\n"])
def test_a_counter_that_turns_into_garbage_voids_the_session_and_says_what_it_held(tmp_path: Path, content: str) -> None:
    (tmp_path / "other").write_text(content)
    with CounterTree(tmp_path / "tree") as tree, Meter.open(RaplPowercap(str(tmp_path / "tree"))) as meter:
        put_in_place(str(tmp_path / "other"), counter_descriptor(tree))
        meter.read()
        assert meter.invalid is not None and f"energy_uj holds {content.encode()!r}" in meter.invalid


def test_a_read_that_is_torn_once_costs_nothing() -> None:
    raw, calls = [5_000_000], [0]

    def at() -> tuple[int, ...]:
        calls[0] += 1
        return (raw[0] // 1000 if calls[0] == 10 else raw[0],)

    with Meter.open(ReplayProvider(at=at), self_check=False) as meter:
        start = meter.read()
        while calls[0] < 12:
            raw[0] += 1000
            end = meter.read()
        assert meter.invalid is None
        assert sum(end.counters) - sum(start.counters) <= raw[0] - 5_000_000


def test_a_file_that_is_empty_while_it_is_written_is_read_again(tmp_path: Path) -> None:
    tree = CounterTree(tmp_path)
    tree.build()
    source = RaplPowercap(str(tmp_path)).open(make_context({}))
    path = tree.path("intel-rapl:0")
    os.truncate(path, 0)
    now = Event()

    def write() -> None:
        now.wait()
        Path(path).write_text("77\n")

    writer = Thread(target=write)
    writer.start()
    now.set()
    assert source.read() == (77,)
    writer.join()
    source.close()


def test_a_negative_counter_voids_the_session(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("-5\n")
    with CounterTree(tmp_path / "tree") as tree, Meter.open(RaplPowercap(str(tmp_path / "tree"))) as meter:
        put_in_place(str(tmp_path / "other"), counter_descriptor(tree))
        meter.read()
        assert meter.invalid is not None and "went back" in meter.invalid


def test_files_that_the_program_closed_are_opened_again_without_a_loss(tmp_path: Path) -> None:
    with CounterTree(tmp_path) as tree, Meter.open(RaplPowercap(str(tmp_path))) as meter:
        start = meter.read()
        os.close(counter_descriptor(tree))
        time.sleep(0.02)
        end = meter.read()
        assert meter.invalid is None
        assert sum(end.counters) > sum(start.counters)


def test_files_that_were_closed_and_are_gone_void_the_session(tmp_path: Path) -> None:
    with CounterTree(tmp_path) as tree, Meter.open(RaplPowercap(str(tmp_path))) as meter:
        os.close(counter_descriptor(tree))
        os.rename(tree.path("intel-rapl:0"), tmp_path / "away")
        meter.read()
        assert meter.invalid is not None and "the driver was unloaded" in meter.invalid


def test_our_descriptors_are_out_of_the_way_of_the_program(tmp_path: Path) -> None:
    with CounterTree(tmp_path) as tree, Meter.open(RaplPowercap(str(tmp_path))):
        held = counter_descriptor(tree)
        lowest = os.open(os.devnull, os.O_RDONLY)
        os.close(lowest)
    assert lowest < held


@pytest.mark.parametrize("content", [None, "", "0", "garbage", "-1", "1e9"])
def test_without_a_usable_range_counting_goes_on_and_the_doubt_is_told(tmp_path: Path, content: str | None) -> None:
    with CounterTree(tmp_path, [Zone(range_uj=0)]) as tree:
        if content is not None:
            Path(tree.path("intel-rapl:0", "max_energy_range_uj")).write_text(content)
        provider = RaplPowercap(str(tmp_path))
        assert "package-0" in provider.probe(make_context({})).facts["range unknown"]
        with Meter.open(provider) as meter:
            start = meter.read()
            end = meter.read()
            assert sum(end.counters) >= sum(start.counters)
            assert meter.invalid is None


def test_a_range_below_the_counter_is_refused(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(range_uj=0)]) as tree:
        Path(tree.path("intel-rapl:0", "max_energy_range_uj")).write_text("17")
        with pytest.raises(ProviderError, match="above its range of 17"):
            Meter.open(RaplPowercap(str(tmp_path)))


def test_a_counter_that_fails_in_the_self_check_is_refused_and_leaves_nothing_open() -> None:
    before = len(os.listdir("/proc/self/fd"))
    gone = OSError(errno.EIO, "Input/output error")
    with pytest.raises(ProviderError, match="Input/output error"):
        Meter.open(ReplayProvider([(1,), (2,), gone]))
    assert len(os.listdir("/proc/self/fd")) == before
