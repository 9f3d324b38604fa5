"""The perf reader, tested live without energy hardware: a software clock event stands in for the energy event."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from greenlint.errors import ProviderError
from greenlint.profiler import perf
from greenlint.profiler.meter import Meter
from greenlint.profiler.provider import Probe
from greenlint.profiler.providers.rapl_perf import RaplPerf
from greenlint.profiler.selection import make_context
from greenlint.testing import check_provider

WATTS = 40.0


def can_count_a_cpu() -> bool:
    try:
        os.close(perf.open_event(perf.TYPE_SOFTWARE, 0, pid=-1, cpu=0))
    except OSError:
        return False
    return True


needs_perf = pytest.mark.skipif(not can_count_a_cpu(), reason="the kernel does not let this user count a CPU's events")


def unit(
    folder: Path, *, events: dict[str, str], cpumask: str = "0", scale: float = WATTS * 1e-9, joules: str = "Joules"
) -> Path:
    """A `power` unit whose events are the software CPU clock: WATTS joules per second of every CPU in the mask."""
    (folder / "events").mkdir(parents=True)
    (folder / "type").write_text("1\n")
    (folder / "cpumask").write_text(f"{cpumask}\n")
    for name, config in events.items():
        (folder / "events" / name).write_text(f"{config}\n")
        (folder / "events" / f"{name}.scale").write_text(f"{scale!r}\n")
        (folder / "events" / f"{name}.unit").write_text(f"{joules}\n")
    return folder


def probe(folder: Path) -> Probe:
    return RaplPerf(str(folder)).probe(make_context({}))


@needs_perf
def test_a_live_event_gives_the_energy_of_a_window(tmp_path: Path) -> None:
    with Meter.open(RaplPerf(str(unit(tmp_path, events={"energy-pkg": "event=0x00"})))) as meter:
        start = meter.read()
        time.sleep(0.5)
        end = meter.read()
        energy = meter.energy(start, end, idle="wall")
    assert meter.invalid is None
    low, high = energy.interval
    assert low < WATTS * (end.t_ns - start.t_ns) / 1e9 < high
    assert energy.provider == "rapl-perf"


@needs_perf
def test_memory_is_added_and_the_platform_is_not(tmp_path: Path) -> None:
    folder = unit(tmp_path, events={"energy-pkg": "event=0x00", "energy-ram": "event=0x00", "energy-psys": "event=0x00"})
    assert probe(folder).domains == ("package-0", "dram-0")


@needs_perf
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two CPUs")
def test_every_cpu_of_the_mask_is_a_package_or_a_die(tmp_path: Path) -> None:
    folder = unit(tmp_path / "power", events={"energy-pkg": "event=0x00"}, cpumask="0-1")
    for cpu, package in ((0, "0"), (1, "1")):
        topology = tmp_path / "cpu" / f"cpu{cpu}" / "topology"
        topology.mkdir(parents=True)
        (topology / "physical_package_id").write_text(package)
    context = make_context({})
    assert RaplPerf(str(folder), str(tmp_path / "cpu")).probe(context).domains == ("package-0", "package-1")
    (tmp_path / "cpu" / "cpu1" / "topology" / "physical_package_id").write_text("0")
    assert RaplPerf(str(folder), str(tmp_path / "cpu")).probe(context).domains == ("package-0-die-0", "package-0-die-1")


def test_a_unit_that_has_only_the_platform_event_is_refused(tmp_path: Path) -> None:
    found = probe(unit(tmp_path, events={"energy-psys": "event=0x05"}))
    assert found.status == "refused"
    assert "energy-psys" in found.reason and "never counted as a package" in found.reason


@needs_perf
def test_an_event_that_does_not_advance_is_refused_by_the_self_check(tmp_path: Path) -> None:
    # Configuration 9 is the dummy event: it opens, and stays at zero for ever.
    folder = unit(tmp_path, events={"energy-pkg": "event=0x09"})
    with pytest.raises(ProviderError, match="does not advance"):
        Meter.open(RaplPerf(str(folder)))


def test_no_unit_is_said_to_be_missing(tmp_path: Path) -> None:
    assert probe(tmp_path / "none").status == "unavailable"


@needs_perf
@pytest.mark.parametrize(
    ("scale", "joules", "config"),
    [
        (1e-9, "Watts", "event=0x00"),
        (0.0, "Joules", "event=0x00"),
        (1e-9, "Joules", "umask=3"),
        (float("nan"), "Joules", "event=0"),
    ],
)
def test_a_description_that_is_not_understood_is_refused(tmp_path: Path, scale: float, joules: str, config: str) -> None:
    found = probe(unit(tmp_path, events={"energy-pkg": config}, scale=scale, joules=joules))
    assert found.status == "refused"
    assert found.reason


def test_an_event_that_the_kernel_lacks_is_refused_not_raised(tmp_path: Path) -> None:
    folder = unit(tmp_path, events={"energy-pkg": "event=0x02"})
    (folder / "type").write_text("999\n")
    assert probe(folder).status == "refused"


@needs_perf
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="becoming another user needs root")
def test_without_permission_the_remedy_is_a_capability(tmp_path: Path) -> None:
    if int(Path("/proc/sys/kernel/perf_event_paranoid").read_text()) < 1:
        pytest.skip("this kernel lets everybody count CPU events")
    unit(tmp_path, events={"energy-pkg": "event=0x00"})
    code = """
import ctypes, os, sys  # what says why it was refused
from greenlint.profiler.providers.rapl_perf import RaplPerf
from greenlint.profiler.selection import make_context
context, provider = make_context({}), RaplPerf(sys.argv[1])
source = provider.open(context).close()  # loads what it needs while it may
os.setgid(65534); os.setuid(65534)
probe = provider.probe(context)
print(probe.status, "|", probe.reason, "|", probe.remedy)
"""
    for folder in (tmp_path, *tmp_path.parents):
        if len(folder.parts) > 2:
            os.chmod(folder, 0o755)
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    status, reason, remedy = done.stdout.strip().split(" | ")
    assert status == "refused"
    assert "perf_event_paranoid" in reason
    assert "CAP_PERFMON" in remedy


@needs_perf
def test_the_provider_keeps_its_contract(tmp_path: Path) -> None:
    assert check_provider(RaplPerf(str(unit(tmp_path, events={"energy-pkg": "event=0x00"})))).found
    assert not check_provider(RaplPerf(str(tmp_path / "none"))).found
