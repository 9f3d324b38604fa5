"""What may not be read: every refusal names the remedy, changes no exit code, and leads to the next best provider."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path

import pytest
from confined import lock_away, needs_filter, needs_linux, needs_root, with_mounts, without_capabilities, without_perf

from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.selection import make_context
from greenlint.testing import CounterTree, Zone, check_provider

pytestmark = needs_linux
GREENLINT = ("-W", "error", "-m", "greenlint")
REFUSALS = pytest.mark.parametrize("error", [errno.EPERM, errno.ENOSYS])


def provider_of(report: str, name: str) -> dict[str, str]:
    found: dict[str, str] = next(one for one in json.loads(report)["providers"] if one["name"] == name)
    return found


def environment(tree: CounterTree) -> dict[str, str]:
    return {**os.environ, "GREENLINT_POWERCAP_ROOT": tree.root}


def test_a_counter_for_root_only_is_refused_with_a_remedy_and_the_model_is_taken(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree") as tree:
        lock_away(Path(tree.path("intel-rapl:0")))
        options = {"env": environment(tree), "cwd": tmp_path}
        doctor = without_capabilities([*GREENLINT, "doctor", "--json"], **options)
        measure = without_capabilities(
            [*GREENLINT, "measure", "--no-ledger", "--json", "--", sys.executable, "-c", ""], **options
        )
    assert doctor.returncode == 0, doctor.stderr
    seen = provider_of(doctor.stdout, "rapl-powercap")
    assert seen["status"] == "refused" and "permission denied" in seen["reason"]
    assert "CAP_DAC_READ_SEARCH" in seen["remedy"] and "chmod" not in seen["remedy"]
    assert measure.returncode == 0 and "Traceback" not in measure.stderr
    assert json.loads(measure.stdout)["provider"] == "model"


def test_asked_for_by_name_it_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree") as tree:
        lock_away(Path(tree.path("intel-rapl:0")))
        done = without_capabilities(
            [*GREENLINT, "measure", "--provider", "rapl-powercap", "--", "true"], env=environment(tree), cwd=tmp_path
        )
    assert done.returncode == 4
    assert done.stderr.startswith("greenlint: error: rapl-powercap: ") and done.stderr.count("\n") == 1
    assert "permission denied" in done.stderr and "CAP_DAC_READ_SEARCH" in done.stderr


def test_a_permission_that_is_withdrawn_while_the_counter_is_held_changes_nothing(tmp_path: Path) -> None:
    """As with the kernel's own files: permission is looked at when a file is opened."""
    with CounterTree(tmp_path) as tree, Meter.open(RaplPowercap(str(tmp_path))) as meter:
        start = meter.read()
        os.chmod(tree.path("intel-rapl:0"), 0)
        assert meter.read().counters >= start.counters and meter.invalid is None


def test_memory_without_its_package_is_refused_by_probe_and_open_alike(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(content="?", zones=(Zone("dram", 4.0),))]):
        probe = check_provider(RaplPowercap(str(tmp_path)))
    assert probe.status == "refused" and "intel-rapl:0/energy_uj" in probe.reason


def test_the_dangling_links_of_a_masked_container_are_explained(tmp_path: Path) -> None:
    for zone in ("intel-rapl", "intel-rapl:0", "intel-rapl:0:0", "intel-rapl:1"):
        (tmp_path / zone).symlink_to(tmp_path / "devices" / "virtual" / "powercap" / zone)
    probe = check_provider(RaplPowercap(str(tmp_path)))
    assert probe.status == "unavailable"
    assert "intel-rapl:0" in probe.reason and "lead nowhere" in probe.reason
    assert "container" in probe.remedy and "GREENLINT_POWERCAP_ROOT" in probe.remedy


def test_a_masked_directory_below_good_links_is_refused_with_the_remedy(tmp_path: Path) -> None:
    CounterTree(tmp_path).build()
    os.remove(tmp_path / "intel-rapl:0" / "energy_uj")
    probe = check_provider(RaplPowercap(str(tmp_path)))
    assert probe.status == "refused" and "GREENLINT_POWERCAP_ROOT" in probe.remedy


def test_the_remedy_for_a_masked_container_works(tmp_path: Path) -> None:
    """The kernel's own directory, mounted elsewhere: zones lie inside each other, and there are no links."""
    with CounterTree(tmp_path, [Zone("package-0", zones=(Zone("dram", 4.0),)), Zone("package-1")]) as tree:
        control = Path(tree.path("intel-rapl:0")).resolve().parent.parent
        domains = RaplPowercap(str(control)).probe(make_context({})).domains
    assert domains == ("package-0", "dram-0", "package-1")


def test_a_file_in_place_of_the_tree_is_no_tree(tmp_path: Path) -> None:
    (tmp_path / "powercap").write_text("")
    assert check_provider(RaplPowercap(str(tmp_path / "powercap"))).status == "unavailable"


@needs_root
def test_an_empty_mount_over_the_class_directory_is_nothing_found(tmp_path: Path) -> None:
    done = with_mounts(["empty /sys/class"], [*GREENLINT, "doctor", "--json"], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert provider_of(done.stdout, "rapl-powercap")["status"] == "unavailable"
    assert json.loads(done.stdout)["chosen"] == "model"


@needs_filter
@REFUSALS
def test_where_perf_is_blocked_the_cpu_clock_falls_back_and_doctor_says_so(error: int, tmp_path: Path) -> None:
    done = without_perf(error, [*GREENLINT, "doctor", "--json"], cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["clock"] == "rusage"


@needs_filter
@REFUSALS
def test_where_perf_is_blocked_commands_are_measured_and_keep_their_exit_code(error: int, tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < 0.2: pass\nraise SystemExit(5)"
    done = without_perf(error, [*GREENLINT, "measure", "--no-ledger", "--json", "--", sys.executable, "-c", burn], cwd=tmp_path)
    assert done.returncode == 5 and "Traceback" not in done.stderr
    assert 0.15 < json.loads(done.stdout)["runs"][0]["cpu_s"] < 0.6


@needs_filter
@REFUSALS
def test_where_perf_is_blocked_the_energy_events_are_refused_with_a_remedy(error: int, tmp_path: Path) -> None:
    unit = tmp_path / "power"
    (unit / "events").mkdir(parents=True)
    texts = {"type": "1", "cpumask": "0", "events/energy-pkg": "event=0x00"}
    texts |= {"events/energy-pkg.scale": "4e-8", "events/energy-pkg.unit": "Joules"}
    for name, text in texts.items():
        (unit / name).write_text(f"{text}\n")
    code = """
import sys
from greenlint.profiler.providers.rapl_perf import RaplPerf
from greenlint.testing import check_provider
probe = check_provider(RaplPerf(sys.argv[1]))
print(probe.status, "|", probe.reason, "|", probe.remedy)
"""
    done = without_perf(error, ["-c", code, str(unit)])
    status, reason, remedy = done.stdout.strip().split(" | ")
    assert status == "refused" and reason
    assert "seccomp" in remedy
