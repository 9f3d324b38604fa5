"""The adapter on the real pyRAPL, over a simulated tree in a private mount namespace; and its refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.profiler.providers.pyrapl import PyRaplProvider
from greenlint.testing import CounterTree, Zone, check_provider

pytest.importorskip("greenlint")
if __import__("importlib.util").util.find_spec("pyRAPL") is None:
    pytest.skip("the extra pyrapl is not installed", allow_module_level=True)

IN_NAMESPACE = """
import ctypes, json, logging, os, sys, time
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, MS_REC, MS_PRIVATE, MS_BIND = 0x20000, 0x4000, 0x40000, 0x1000

def call(result):
    if result != 0:
        print(json.dumps({"namespace": os.strerror(ctypes.get_errno())}))
        sys.exit(0)

call(libc.unshare(CLONE_NEWNS))
call(libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None))
call(libc.mount(b"tmpfs", b"/sys/class", b"tmpfs", 0, b""))
os.makedirs("/sys/class/powercap")
call(libc.mount(sys.argv[1].encode(), b"/sys/class/powercap", None, MS_BIND, None))

from greenlint.errors import ProviderError
from greenlint.profiler.meter import Meter

handlers = list(logging.getLogger().handlers)
try:
    with Meter.open("pyrapl") as meter:
        start = meter.read()
        time.sleep(float(sys.argv[2]))
        end = meter.read()
        energy = meter.energy(start, end, idle="wall")
    out = {**energy.to_json(), "invalid": meter.invalid, "wall_s": (end.t_ns - start.t_ns) / 1e9}
    out["joules"] = (sum(end.counters) - sum(start.counters)) / 1e6
    out["untouched"] = handlers == logging.getLogger().handlers
except ProviderError as error:
    out = {"refused": str(error)}
print(json.dumps(out))
"""


def measured(tree: CounterTree, seconds: float = 0.4) -> dict[str, object]:
    """What a session with pyRAPL reports when `tree` is the machine's powercap class."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IN_NAMESPACE, tree.root, str(seconds)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    if "namespace" in result:
        pytest.skip(f"no private mount namespace here: {result['namespace']}")
    assert "Traceback" not in done.stderr
    return result


def test_one_socket_with_memory_is_measured(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", 40, zones=(Zone("dram", 4),))]) as tree:
        result = measured(tree)
    assert result["provider"] == "pyrapl"
    assert result["domains"] == ["package-0", "dram-0"]
    assert result["joules"] == pytest.approx(44 * float(str(result["wall_s"])), rel=0.15)
    assert result["untouched"] is True


def test_a_machine_without_memory_counter_is_measured_too(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", 40)]) as tree:
        result = measured(tree)
    assert result["domains"] == ["package-0"]
    assert result["boundary"] == "CPU package without DRAM (RAPL), idle included"


def test_its_dead_counter_is_refused_where_it_would_report_zero(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", dead=True)]) as tree:
        assert "does not advance" in str(measured(tree)["refused"])


def test_a_wrap_that_it_cannot_handle_voids_the_session(tmp_path: Path) -> None:
    range_uj = 262_143_328_850
    with CounterTree(tmp_path, [Zone("package-0", 40, start_uj=range_uj - 60_000_000)]) as tree:
        result = measured(tree, 2.0)
    assert result["invalid"] is not None and "wrap" in str(result["invalid"])


def test_die_names_are_refused_with_a_reason_of_our_own(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0-die-0"), Zone("package-0-die-1")]) as tree:
        assert "package zone per socket" in str(measured(tree)["refused"])


def test_without_the_tree_it_is_refused_before_it_is_imported() -> None:
    if Path("/sys/class/powercap/intel-rapl").is_dir():
        pytest.skip("this machine has the tree")
    found = check_provider(PyRaplProvider())
    assert found.status == "refused"
    assert "/sys/class/powercap/intel-rapl" in found.reason
