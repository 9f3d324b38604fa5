"""The simulated machines and the judge keep what the torture table promises: true power, no leaks, and no lenience."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from greenlint.testing.simulated import TORN, Zone
from greenlint.testing.torture.cases import CASES, find_case
from greenlint.testing.torture.judge import problems
from greenlint.testing.torture.world import FORBIDDEN

READ_TWICE = """
import time
path = "/sys/class/powercap/intel-rapl:0/energy_uj"
with open(path) as file:
    first, began = int(file.read()), time.perf_counter()
    time.sleep(0.2)
    file.seek(0)
    last, ended = int(file.read()), time.perf_counter()
print((last - first) / 1e6 / (ended - began))
"""


def in_world(case: str, *code: str) -> dict[str, Any]:
    argv = [sys.executable, "-m", "greenlint.testing.torture.world", case, "--", sys.executable, "-c", *code]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode in (0, FORBIDDEN), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    if "forbidden" in report:
        pytest.skip(f"this system does not allow simulated machines: {report['forbidden']}")
    return report


@pytest.mark.skipif(sys.platform != "linux", reason="powercap is a part of Linux")
@pytest.mark.parametrize("case", ["one-socket", "computed"])
def test_any_program_sees_the_stated_power_below_sys(case: str) -> None:
    assert float(in_world(case, READ_TWICE)["stdout"]) == pytest.approx(40.0, rel=0.25)  # a busy machine delays the writer


@pytest.mark.skipif(sys.platform != "linux", reason="powercap is a part of Linux")
def test_nothing_of_the_simulated_machine_is_seen_outside() -> None:
    mounts = "/proc/self/mounts"
    with open(mounts, encoding="utf-8") as file:
        before = file.read()
    inside = in_world("computed", f"print(open({mounts!r}).read())")["stdout"]
    with open(mounts, encoding="utf-8") as file:
        assert file.read() == before
    assert "/sys/devices/virtual/powercap fuse" in inside


@pytest.mark.skipif(sys.platform != "linux", reason="powercap is a part of Linux")
def test_what_a_program_leaves_behind_is_reported_and_ended() -> None:
    report = in_world(
        "one-socket", "import os, time\nopen('litter', 'w').close()\nif os.fork() == 0:\n  os.setsid(); time.sleep(60)"
    )
    assert report["left_processes"] == 1
    assert report["left_files"] == ["litter"]
    assert report["wall_s"] < 30


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (Zone(start_uj=0), "40000000"),
        (Zone(start_uj=0, range_uj=29_999_999), "10000000"),
        (Zone(start_uj=7, dead=True), "7"),
        (Zone(start_uj=0, stalls_after_s=0.5), "20000000"),
        (Zone(start_uj=9_000_000, resets_after_s=0.75), "10000000"),
        (Zone(start_uj=0, update_s=0.4), "32000000"),
        (Zone(start_uj=0, update_s=1.0, back_uj=61), "39999939"),
    ],
)
def test_a_simulated_counter_follows_its_description(zone: Zone, expected: str) -> None:
    assert int(zone.content_at(1.0)) == int(expected)


def test_a_broken_counter_shows_what_it_is_told_to() -> None:
    assert Zone(breaks_after_s=1.0, broken="garbage").content_at(1.0).startswith(b"garbage ")
    assert len(Zone(breaks_after_s=1.0, broken=TORN).content_at(1.0075)) == 7
    with pytest.raises(OSError, match="No such device"):
        Zone(breaks_after_s=1.0, broken="ENODEV").content_at(1.0)


def answer(**fields: Any) -> dict[str, Any]:
    value = {"energy_j": 44.0, "interval": [40.0, 48.0], "below_limit": False}
    sound = {"error": "", "window_s": 1.0, "measured": True, "invalid": None, "said": ["DRAM"], "text": "44 J", "value": value}
    return {**sound, "effects": {"slept_s": 0.02, "processes_started": 0}, **fields}


REPORT = {"left_files": [".cache/greenlint/self-checks.json"], "left_processes": 0}


@pytest.mark.parametrize(
    ("key", "fields", "wrong"),
    [
        ("one-socket", {}, ""),
        ("one-socket", {"value": {"energy_j": 0.0, "interval": [0, 0], "below_limit": False}}, "outside"),
        ("one-socket", {"value": {"energy_j": 20.0, "interval": [1, 400], "below_limit": False}}, "far from"),
        ("one-socket", {"measured": False}, "nothing was measured"),
        ("one-socket", {"error": "OSError: no"}, "fails"),
        ("dead-zero", {}, "called measured"),
        ("dead-zero", {"measured": False, "said": ["it does not advance"]}, ""),
        ("dead-zero", {"measured": False, "said": ["no reason"]}, "nothing that it says"),
        ("host-updated", {"measured": False, "said": ["it does not advance"]}, ""),
        ("host-updated", {"value": {"energy_j": 30.0, "interval": [29, 31], "below_limit": False}}, "outside"),
        ("no-dram", {"value": {"energy_j": 40.0, "interval": [39, 41], "below_limit": False}}, "nothing that it says"),
        ("side-effects", {"effects": {"slept_s": 0.0, "processes_started": 6}}, "6 process"),
        ("side-effects", {"effects": {"slept_s": 1.0}}, "slept"),
    ],
)
def test_the_judge_lets_nothing_pass(key: str, fields: dict[str, Any], wrong: str) -> None:
    found = problems(find_case(key), REPORT, answer(**fields))
    assert bool(found) is bool(wrong)
    assert wrong in " ".join(found)


def test_litter_is_a_side_effect_and_a_cache_is_not() -> None:
    case = find_case("side-effects")
    assert problems(case, {**REPORT, "left_files": ["emissions.csv"]}, answer())
    assert problems(case, {**REPORT, "left_processes": 2}, answer())


def test_every_case_has_a_name_of_its_own_and_a_right_answer() -> None:
    assert len({case.key for case in CASES}) == len({case.title for case in CASES}) == len(CASES)
    for case in CASES:
        assert case.right
        assert (case.watts is None) == case.right.startswith("refuse")
        assert case.says or (case.watts is not None and not case.or_refuse)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="becoming another user needs root")
def test_a_program_becomes_an_ordinary_user_where_the_case_says_so() -> None:
    assert in_world("root-only", "import os; print(os.getuid())")["stdout"].strip() == "65534"
