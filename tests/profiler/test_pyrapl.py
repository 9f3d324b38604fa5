"""The adapter on the real pyRAPL, over a simulated tree in a private mount namespace; and its refusals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from greenlint.profiler.providers.pyrapl import PyRaplProvider, PyRaplSource
from greenlint.profiler.unwrap import step
from greenlint.testing import CounterTree, Zone, check_provider

pytest.importorskip("greenlint")
if __import__("importlib.util").util.find_spec("pyRAPL") is None:
    pytest.skip("the extra pyrapl is not installed", allow_module_level=True)

IN_NAMESPACE = """
import ctypes, json, logging, os, sys, time
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, MS_REC, MS_PRIVATE, MS_BIND = 0x20000, 0x4000, 0x40000, 0x1000
tree, seconds, sockets = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])

def call(result):
    if result != 0:
        print(json.dumps({"namespace": os.strerror(ctypes.get_errno())}))
        sys.exit(0)

call(libc.unshare(CLONE_NEWNS))
call(libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None))
call(libc.mount(b"tmpfs", b"/sys/class", b"tmpfs", 0, b""))
os.makedirs("/sys/class/powercap")
call(libc.mount(tree.encode(), b"/sys/class/powercap", None, MS_BIND, None))
call(libc.mount(b"tmpfs", b"/sys/devices/system/cpu", b"tmpfs", 0, b""))
with open("/sys/devices/system/cpu/present", "w") as file:
    file.write(f"0-{sockets - 1}\\n" if sockets > 1 else "0\\n")
for cpu in range(sockets):
    os.makedirs(f"/sys/devices/system/cpu/cpu{cpu}/topology")
    with open(f"/sys/devices/system/cpu/cpu{cpu}/topology/physical_package_id", "w") as file:
        file.write(f"{cpu}\\n")

from greenlint.errors import ProviderError
from greenlint.profiler.meter import Meter

def root_logger():
    root = logging.getLogger()
    return list(root.handlers), root.level, root.manager.disable

def open_counters():
    files = [os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if os.path.islink(f"/proc/self/fd/{fd}")]
    return [name for name in files if name.endswith("energy_uj")]

before = root_logger()
try:
    with Meter.open("pyrapl") as meter:
        start, wall = meter.read(), time.perf_counter()
        time.sleep(seconds)
        end = meter.read()
        energy = meter.energy(start, end, idle="wall")
        held = len(open_counters())
    out = {**energy.to_json(), "invalid": meter.invalid, "wall_s": (end.t_ns - start.t_ns) / 1e9, "held": held}
    out["joules"] = (sum(end.counters) - sum(start.counters)) / 1e6
except ProviderError as error:
    out = {"refused": str(error)}
out["left_open"] = open_counters()
out["untouched"] = before == root_logger()
print(json.dumps(out))
"""


def measured(tree: CounterTree, seconds: float = 0.2, *, sockets: int = 1, **environment: str) -> dict[str, Any]:
    """What a session with pyRAPL reports when `tree` is the machine's powercap class. Nothing may reach the error stream."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IN_NAMESPACE, tree.root, str(seconds), str(sockets)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    if "namespace" in result:
        pytest.skip(f"no private mount namespace here: {result['namespace']}")
    assert done.stderr == ""
    assert result["left_open"] == []
    assert result["untouched"] is True
    return result


def test_one_socket_with_memory_is_measured(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", 40, zones=(Zone("dram", 4),))]) as tree:
        result = measured(tree)
    assert result["provider"] == "pyrapl"
    assert result["domains"] == ["package-0", "dram-0"]
    assert result["joules"] == pytest.approx(44 * float(str(result["wall_s"])), rel=0.15)
    assert result["held"] == 2 and result["left_open"] == []


def test_it_is_imported_under_errors_for_warnings_without_cached_bytecode(tmp_path: Path) -> None:
    """Its source has invalid escapes: a SyntaxError when it is first compiled under -W error. No DRAM here, as on AMD."""
    with CounterTree(tmp_path / "tree", [Zone("package-0", 40)]) as tree:
        result = measured(tree, 0.1, PYTHONPYCACHEPREFIX=str(tmp_path / "empty"))
    assert result["domains"] == ["package-0"]
    assert result["boundary"] == "CPU package without DRAM (RAPL), idle included"


def test_its_dead_counter_is_refused_where_it_would_report_zero(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", dead=True)]) as tree:
        assert "does not advance" in str(measured(tree)["refused"])


RANGE = 262_143_328_850


def test_a_wrap_is_repaired_by_the_range_that_the_kernel_states(tmp_path: Path) -> None:
    """The library itself gives None here."""
    with CounterTree(tmp_path, [Zone("package-0", 40, start_uj=RANGE - 40_000_000)]) as tree:
        result = measured(tree, 1.0)
    assert result["invalid"] is None
    assert result["joules"] == pytest.approx(40 * result["wall_s"], rel=0.15)


def test_a_wrap_of_one_of_two_sockets_is_repaired_too(tmp_path: Path) -> None:
    """The library itself gives a huge negative number here."""
    zones = [Zone("package-0", 40, start_uj=RANGE - 40_000_000), Zone("package-1", 20)]
    with CounterTree(tmp_path, zones) as tree:
        result = measured(tree, 1.0, sockets=2)
    assert result["invalid"] is None and result["domains"] == ["package-0", "package-1"]
    assert result["joules"] == pytest.approx(60 * result["wall_s"], rel=0.15)


def test_a_wrap_without_a_range_file_voids_the_session(tmp_path: Path) -> None:
    provider = PyRaplSource(Library([[50e6], None], [[50.1e6], None], [[0.2e6], None]), str(tmp_path))
    assert provider.domains[0].range_uj == 0
    assert step(*(provider.read()[0] for _ in range(2)), range_uj=0, elapsed_s=0.1, max_w=1500).delta_uj is None


def test_a_second_socket_that_is_missing_is_refused(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", 40)]) as tree:
        assert "package zone per socket" in measured(tree, sockets=2)["refused"]


class Library:
    """What pyRAPL gives, without its files: results in the order of reads, None where it says None."""

    def __init__(self, *results: list[Any]) -> None:
        self._results = iter(results)
        self._energy_begin: list[float] = []
        self._sensor: Any = self
        self.begun = 0

    def Measurement(self, label: str) -> Library:
        return self

    def begin(self) -> None:
        self.begun += 1

    def end(self) -> None:
        packages, memories = next(self._results)
        self.result = SimpleNamespace(pkg=packages, dram=memories, duration=-1.0)


def test_none_is_unknown_and_never_zero() -> None:
    source = PyRaplSource(Library([[40e6, 30e6], None], [[41e6, 31e6], None], [None, None]))
    assert [domain.name for domain in source.domains] == ["package-0", "package-1"]
    assert source.read() == (41_000_000, 31_000_000)
    with pytest.raises(ValueError, match="knows 0 counters, not 2"):
        source.read()


def test_a_socket_that_it_does_not_know_is_left_out() -> None:
    source = PyRaplSource(Library([[40e6, -1, 30e6], [1e6, -1, -1]], [[41e6, -1, 31e6], [2e6, -1, -1]]))
    assert [domain.name for domain in source.domains] == ["package-0", "package-2", "dram-0"]
    assert source.read() == (41_000_000, 31_000_000, 2_000_000)
    assert source.boundary == "CPU package + DRAM (RAPL)"


def test_a_library_without_a_package_is_refused() -> None:
    with pytest.raises(ValueError, match="shows no package"):
        PyRaplSource(Library([None, [1e6]]))


def test_only_one_measurement_is_begun_and_it_is_labelled() -> None:
    library = Library(*[[[float(n)], None] for n in range(5)])
    source = PyRaplSource(library)
    assert [source.read() for _ in range(4)] == [(1,), (2,), (3,), (4,)]
    assert (library.begun, source.name) == (1, "pyrapl")


def test_die_names_are_refused_with_a_reason_of_our_own(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0-die-0"), Zone("package-0-die-1")]) as tree:
        assert "package zone per socket" in str(measured(tree)["refused"])


def test_without_the_tree_it_is_refused_before_it_is_imported() -> None:
    if Path("/sys/class/powercap/intel-rapl").is_dir():
        pytest.skip("this machine has the tree")
    found = check_provider(PyRaplProvider())
    assert found.status == "refused"
    assert "/sys/class/powercap/intel-rapl" in found.reason
