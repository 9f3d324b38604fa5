"""The powercap reader on trees of real files: what is counted, what never is, and what it says when nothing can be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.errors import ProviderError
from greenlint.profiler.provider import Probe
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.selection import make_context, try_provider
from greenlint.testing import CounterTree, Zone, check_provider

DRAM = Zone("dram", watts=4.0, range_uj=65_712_999_613)
INSIDE = (Zone("core", 20.0), Zone("uncore", 2.0))


def domains(root: Path) -> tuple[str, ...]:
    return RaplPowercap(str(root)).probe(make_context({})).domains


def probe(root: Path) -> Probe:
    return RaplPowercap(str(root)).probe(make_context({}))


def test_packages_and_their_memory_are_counted_and_nothing_else(tmp_path: Path) -> None:
    CounterTree(
        tmp_path, [Zone("package-0", zones=(*INSIDE, DRAM)), Zone("package-1", zones=(DRAM,)), Zone("psys", 90.0)]
    ).build()
    assert domains(tmp_path) == ("package-0", "dram-0", "package-1", "dram-1")


def test_a_machine_without_memory_counter_says_so(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("package-0", zones=INSIDE)]).build()
    source = RaplPowercap(str(tmp_path)).open(make_context({}))
    assert source.boundary == "CPU package without DRAM (RAPL)"
    source.close()


def test_dies_are_packages_of_their_own(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("package-0-die-0", zones=(DRAM,)), Zone("package-0-die-1")]).build()
    assert domains(tmp_path) == ("package-0-die-0", "dram-0-die-0", "package-0-die-1")


def test_the_memory_mapped_duplicate_is_not_counted_twice(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("package-0"), Zone("package-0", control="intel-rapl-mmio")]).build()
    assert domains(tmp_path) == ("package-0",)


def test_the_memory_mapped_tree_is_taken_where_it_is_the_only_one(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("package-0", control="intel-rapl-mmio")]).build()
    assert domains(tmp_path) == ("package-0",)


def test_more_than_ten_packages_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone(f"package-{number}") for number in range(12)]).build()
    assert domains(tmp_path) == tuple(f"package-{number}" for number in range(12))


def test_a_platform_counter_alone_is_no_package(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("psys", 90.0)]).build()
    found = probe(tmp_path)
    assert found.status == "unavailable"
    assert "psys" in found.reason


def test_a_missing_tree_is_said_to_be_missing(tmp_path: Path) -> None:
    found = probe(tmp_path / "none")
    assert found.status == "unavailable"
    assert str(tmp_path / "none") in found.reason


def test_a_tree_of_dangling_links_is_absent_not_an_error(tmp_path: Path) -> None:
    os.symlink(tmp_path / "masked", tmp_path / "intel-rapl:0")
    os.symlink(tmp_path / "masked", tmp_path / "intel-rapl")
    assert probe(tmp_path).status == "unavailable"


@pytest.mark.parametrize("content", ["garbage", "", "-5", "12 34", "nan"])
def test_a_counter_that_holds_no_number_is_refused_with_its_path(tmp_path: Path, content: str) -> None:
    CounterTree(tmp_path, [Zone("package-0", content=content)]).build()
    found = probe(tmp_path)
    assert found.status == "refused"
    assert "intel-rapl:0/energy_uj" in found.reason
    with pytest.raises(ProviderError):
        RaplPowercap(str(tmp_path)).open(make_context({}))


def test_one_broken_socket_leaves_the_other_and_is_named(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("package-0"), Zone("package-1", content="?")]).build()
    found = probe(tmp_path)
    assert found.domains == ("package-0",)
    assert "intel-rapl:1/energy_uj" in found.facts["left out"]


def test_a_stated_maximum_bounds_what_is_plausible(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("package-0")]).build()
    (tmp_path / "intel-rapl:0" / "constraint_0_max_power_uw").write_text("150000000\n")
    source = RaplPowercap(str(tmp_path)).open(make_context({}))
    assert source.domains[0].max_w == 300.0
    source.close()


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="becoming another user needs root")
def test_a_counter_for_root_only_is_refused_with_a_remedy(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("package-0")]).build()
    os.chmod(tmp_path / "intel-rapl:0" / "energy_uj", 0o400)
    for folder in (tmp_path, *tmp_path.parents):
        if folder == Path("/tmp") or folder == Path("/"):
            break
        os.chmod(folder, 0o755)
    code = """
import os, sys
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.selection import make_context
context = make_context({})
RaplPowercap(sys.argv[1]).probe(context)  # loads what it needs, which the other user may not be allowed to read
os.setgid(65534); os.setuid(65534)
probe = RaplPowercap(sys.argv[1]).probe(context)
print(probe.status, "|", probe.reason, "|", probe.remedy)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    status, reason, remedy = done.stdout.strip().split(" | ")
    assert status == "refused"
    assert "permission denied" in reason
    assert "CAP_DAC_READ_SEARCH" in remedy
    assert "chmod" not in remedy


def test_the_provider_keeps_its_contract_on_a_live_tree(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", zones=(DRAM,))]):
        assert check_provider(RaplPowercap(str(tmp_path))).found


def test_the_provider_keeps_its_contract_where_there_is_nothing(tmp_path: Path) -> None:
    assert not check_provider(RaplPowercap(str(tmp_path / "none"))).found


def test_closing_releases_every_descriptor(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(f"package-{number}") for number in range(4)]):
        before = len(os.listdir("/proc/self/fd"))
        opened = try_provider(RaplPowercap(str(tmp_path)), make_context({}), self_check=True)
        assert opened.source is not None
        opened.source.close()
        assert len(os.listdir("/proc/self/fd")) == before
