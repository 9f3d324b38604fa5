"""The store of self-checks, damaged in every way: it is ignored, the check is done again, and nothing is left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from greenlint.profiler import trust
from greenlint.profiler.boot import boot_id
from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.selfcheck import Evidence
from greenlint.testing import CounterTree

needs_boot_id = pytest.mark.skipif(not boot_id(), reason="self-checks are stored where the kernel tells boots apart only")
GOOD = Evidence((0,), "", (), 0.001, 40.0, 50.0, 0.1, 0.05, 0.02)


def path() -> Path:
    found = Path(trust.default_path())
    found.parent.mkdir(parents=True, exist_ok=True)
    return found


def store(entry: Any, **top: Any) -> None:
    path().write_text(json.dumps({"version": 2, "boot": boot_id(), "checks": {"x": entry}, **top}))


def good(**changes: Any) -> dict[str, Any]:
    return {**GOOD._asdict(), "at": time.time(), **changes}


@needs_boot_id
def test_what_was_stored_in_this_boot_is_believed() -> None:
    store(good())
    assert trust.recall("x", 1) == GOOD


@needs_boot_id
@pytest.mark.parametrize(
    "changes",
    [
        {"keep": [3]},
        {"keep": [-1]},
        {"keep": [0, 0]},
        {"keep": []},
        {"keep": "0a"},
        {"keep": None},
        {"keep": [1e400]},
        {"rest_w": float("nan")},
        {"rest_w": float("inf")},
        {"rest_w": -40.0},
        {"burn_w": "much"},
        {"burn_w": None},
        {"watched_s": 0.0},
        {"rest_s": 0},
        {"period_s": []},
        {"notes": 5},
        {"quiet_w": -1},
    ],
)
def test_a_stored_check_that_cannot_be_true_is_not_believed(changes: dict[str, Any]) -> None:
    store(good(**changes))
    assert trust.recall("x", 1) is None


@needs_boot_id
@pytest.mark.parametrize("top", [{"version": 1}, {"version": "2"}, {"boot": "another"}, {"boot": None}, {"checks": []}])
def test_checks_of_another_version_or_boot_are_not_believed(top: dict[str, Any]) -> None:
    store(good(), **top)
    assert trust.recall("x", 1) is None


@needs_boot_id
@pytest.mark.parametrize("at", [0, time.time() - 3600, time.time() + 3600, "now"], ids=["epoch", "old", "future", "text"])
def test_an_old_refusal_and_one_from_the_future_are_tried_again(at: object) -> None:
    store(good(keep=[], problem="dead", at=at))
    assert trust.recall("x", 1) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\x00", b"[" * 200_000, b'{"version": 2, "boot": ' + b"1" * 5000 + b"}", b" " * (2 << 20)],
    ids=["empty", "cut", "binary", "deep", "long number", "large"],
)
def test_hostile_files_cost_a_fresh_check_and_nothing_else(tmp_path: Path, content: bytes) -> None:
    path().write_bytes(content)
    with CounterTree(tmp_path), Meter.open(RaplPowercap(str(tmp_path))) as meter:
        assert meter.invalid is None
    if boot_id():
        assert json.loads(path().read_text())["boot"] == boot_id()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_in_its_place_does_not_hang() -> None:
    os.mkfifo(path())
    assert trust.recall("x", 1) is None


def test_a_directory_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    path().mkdir()
    trust.remember("x", GOOD)
    assert os.listdir(path().parent) == ["self-checks.json"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the convention of free desktops")
@pytest.mark.parametrize("named", ["", "cache", "./cache"])
def test_a_relative_cache_directory_is_ignored(named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert trust.default_path() == str(tmp_path / ".cache" / "greenlint" / "self-checks.json")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="becoming a user without an account needs root")
def test_a_user_without_a_home_gets_no_cache_and_no_litter(tmp_path: Path) -> None:
    code = """
import json, os, pwd, sys
from greenlint.profiler import trust
from greenlint.profiler.selfcheck import Evidence
trust.boot_id()  # loads what it needs while this user may read the interpreter's files
os.chdir(sys.argv[1])
os.setgid(54321); os.setuid(54321)
trust.remember("x", Evidence((0,), "", (), 0.001, 40.0, 50.0, 0.1, 0.05))
print(repr(trust.default_path()), trust.recall("x"), os.listdir("."))
"""
    tmp_path.chmod(0o777)
    env = {key: value for key, value in os.environ.items() if key not in ("HOME", "XDG_CACHE_HOME")}
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, env=env)
    assert done.stdout == "'' None []\n", done.stderr


def test_a_counter_that_passed_earlier_and_fails_now_leads_to_the_next_provider(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENLINT_POWERCAP_ROOT", str(tmp_path))
    with CounterTree(tmp_path) as tree:
        Meter.open(RaplPowercap(str(tmp_path))).close()
        energy = tree.path("intel-rapl:0")
        os.rename(energy, f"{energy}.away")
        os.symlink("/proc/self/mem", energy)
        with Meter.open() as meter:
            reasons = {probe.name: probe.reason for probe in meter.probes}
        assert meter.provider == "model"
    assert "Input/output error" in reasons["rapl-powercap"]
