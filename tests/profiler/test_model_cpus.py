"""Which processor it is: names as they really look, masks, names that are not true, and no name at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.profiler.cpu import CpuIdentity, read_cpu
from greenlint.profiler.machine import describe_machine
from greenlint.profiler.power_model import PowerModel
from greenlint.profiler.power_model_cpu import recognise
from greenlint.profiler.power_model_names import name_key
from greenlint.profiler.provider import Context
from greenlint.profiler.providers.model import fit_machine, load_data

TABLE, NAMES = load_data("power_model.json"), load_data("cpus.json")


def guest(cpu: CpuIdentity) -> PowerModel:
    return fit_machine(Context(describe_machine(cpu)._replace(virtualised=True), cpu, {}))


def numbers_of(arch: str) -> tuple[str, int, int, int]:
    row = next(row for row in TABLE["arch"] if row["arch"] == arch)
    vendor, family, model, first, _ = row["cpuid"][0]
    return vendor, family, model, first


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Intel(R) Xeon(R) Platinum 8280 CPU @ 2.70GHz", "xeon platinum 8280"),
        ("Intel Xeon Platinum 8280 @ 2.70GHz (Intel Turbo Boost Technology up to 4.00 GHz)", "xeon platinum 8280"),
        ("INTEL(R) XEON(R) PLATINUM 8592+", "xeon platinum 8592+"),
        ("Intel(R) Xeon(R) Platinum 8581V", "xeon platinum 8581v"),
        ("Intel(R) Xeon(R) Gold 6438Y+", "xeon gold 6438y+"),
        ("Intel(R) Xeon(R) CPU E5-2699 v4 @ 2.20GHz", "xeon e5-2699 v4"),
        ("Intel(R) Xeon(R) CPU E5-2680 0 @ 2.70GHz", "xeon e5-2680"),
        ("Intel Xeon E3-1265LV2", "xeon e3-1265l v2"),
        ("Intel(R) Xeon(R) E-2288G CPU @ 3.70GHz", "xeon e-2288g"),
        ("Intel Xeon E E-2488", "xeon e-2488"),
        ("Intel(R) Xeon(R) D-2775TE CPU @ 2.00GHz", "xeon d-2775te"),
        ("Intel(R) Xeon(R) Gold 6780E", "xeon 6780e"),
        ("Intel(R) Xeon(R) 6980P", "xeon 6980p"),
        ("Intel(R) Xeon(R) CPU           X5670  @ 2.93GHz", "xeon x5670"),
        ("AMD EPYC 7763 64-Core Processor", "epyc 7763"),
        ("AMD EPYC 9654P 96-Core Processor", "epyc 9654p"),
        ("AMD EPYC 9V74 80-Core Processor", "epyc 9v74"),
        ("AMD EPYC 7R13 Processor", "epyc 7r13"),
        ("AMD EPYC", ""),
        ("AMD EPYC-Rome Processor", ""),
        ("Intel Xeon Processor (Skylake, IBRS)", ""),
        ("Intel(R) Xeon(R) CPU @ 2.20GHz", ""),
        ("Intel(R) Xeon(R) Processor @ 2.60GHz", ""),
        ("Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz", ""),
        ("QEMU Virtual CPU version 2.5+", ""),
        ("Common KVM processor", ""),
        ("", ""),
    ],
)
def test_names_are_read_as_they_are_really_written(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("vendor", "family", "model", "stepping", "name", "tier", "architecture"),
    [
        ("GenuineIntel", 6, 85, 4, "", "B", "skylake-sp"),
        ("GenuineIntel", 6, 85, 4, "Intel(R) Xeon(R) Platinum 8171M CPU @ 2.60GHz", "B", "skylake-sp"),
        ("GenuineIntel", 6, 85, 7, "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz", "B", "cascadelake/cooperlake"),
        ("GenuineIntel", 6, 85, 7, "Intel(R) Xeon(R) CPU @ 2.80GHz", "B", "cascadelake/cooperlake"),
        ("GenuineIntel", 6, 85, 11, "", "B", "cascadelake/cooperlake"),
        ("GenuineIntel", 6, 79, 1, "Intel(R) Xeon(R) CPU E5-2673 v4 @ 2.30GHz", "B", "broadwell"),
        ("GenuineIntel", 6, 106, 6, "Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "B", "icelake"),
        ("GenuineIntel", 6, 106, 6, "Intel(R) Xeon(R) Platinum 8380 CPU @ 2.30GHz", "A", "icelake"),
        ("GenuineIntel", 6, 143, 8, "Intel(R) Xeon(R) Platinum 8488C", "B", "sapphirerapids"),
        ("GenuineIntel", 6, 207, 2, "Intel(R) Xeon(R) Processor", "B", "emeraldrapids"),
        ("AuthenticAMD", 25, 1, 1, "AMD EPYC 7763 64-Core Processor", "A", "epyc3-milan"),
        ("AuthenticAMD", 25, 17, 1, "AMD EPYC 9V74 80-Core Processor", "B", "epyc4-genoa"),
        ("AuthenticAMD", 25, 160, 1, "AMD EPYC 8324P 32-Core Processor", "A", "epyc4-siena"),
        ("AuthenticAMD", 25, 160, 1, "AMD EPYC 9754 128-Core Processor", "A", "epyc4-genoa"),
        ("AuthenticAMD", 26, 2, 1, "AMD EPYC", "B", "epyc5-turin"),
        ("AuthenticAMD", 23, 49, 0, "AMD EPYC 7R32", "B", "epyc2-rome"),
        # names that an emulator made up: the host is that generation or a newer one
        ("GenuineIntel", 6, 85, 4, "Intel Xeon Processor (Skylake, IBRS)", "C", "unknown"),
        ("AuthenticAMD", 23, 1, 2, "AMD EPYC Processor (with IBPB)", "C", "unknown"),
        ("AuthenticAMD", 23, 49, 0, "AMD EPYC-Rome Processor", "C", "unknown"),
        ("GenuineIntel", 6, 61, 2, "Intel Core Processor (Broadwell, IBRS)", "C", "unknown"),
        ("AuthenticAMD", 15, 107, 1, "QEMU Virtual CPU version 2.5+", "C", "unknown"),
        ("GenuineIntel", 15, 6, 1, "Common KVM processor", "C", "unknown"),
        ("GenuineIntel", 6, 42, 1, "Intel Xeon E312xx (Sandy Bridge)", "C", "unknown"),
        ("GenuineIntel", 6, 85, 4, "Intel Xeon Platinum 8160 CPU on KVM", "C", "unknown"),
        ("GenuineIntel", 6, 44, 1, "Westmere E56xx/L56xx/X56xx (Nehalem-C)", "C", "unknown"),
        ("AuthenticAMD", 25, 1, 1, "AMD EPYC-Milan-v2 Processor", "C", "unknown"),
        # server processors that the table lacks
        ("AuthenticAMD", 26, 80, 0, "AMD EPYC 9V85 256-Core Processor", "C", "unknown"),
        ("GenuineIntel", 6, 250, 0, "", "C", "unknown"),
        ("HygonGenuine", 24, 1, 1, "Hygon C86 7285 32-core Processor", "C", "unknown"),
        # outside the data
        ("GenuineIntel", 6, 158, 10, "Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz", "D", "unknown"),
        ("GenuineIntel", 6, 85, 4, "Intel(R) Core(TM) i9-7900X CPU @ 3.30GHz", "D", "unknown"),
        ("AuthenticAMD", 25, 97, 2, "AMD Ryzen 9 7950X 16-Core Processor", "D", "unknown"),
        ("GenuineIntel", 6, 190, 0, "Intel(R) N100", "D", "unknown"),
        ("", -1, -1, -1, "", "D", "unknown"),
    ],
)
def test_the_tier_follows_from_what_the_machine_reveals(
    vendor: str, family: int, model: int, stepping: int, name: str, tier: str, architecture: str
) -> None:
    found = guest(CpuIdentity("x86_64", vendor, family, model, stepping, name, 2))
    assert (found.tier, found.architecture) == (tier, architecture)


@pytest.mark.parametrize("name", ["", "Neoverse-N1", "Apple M2", "ARMv8 Processor rev 1 (v8l)"])
def test_processors_that_are_not_x86_are_outside_the_data(name: str) -> None:
    found = guest(CpuIdentity("aarch64", "0x41", -1, -1, -1, name, 4))
    assert found.tier == "D"
    assert found.dynamic_sd == pytest.approx(0.732, abs=0.001)  # x0.3 to x3.3


def test_a_name_that_contradicts_the_numbers_is_not_believed() -> None:
    turin = CpuIdentity("x86_64", "AuthenticAMD", 26, 2, 1, "AMD EPYC 7763 64-Core Processor", 4)
    assert (guest(turin).tier, guest(turin).architecture) == ("B", "epyc5-turin")
    intel = turin._replace(vendor="GenuineIntel", family=6, model=85, stepping=4)
    assert guest(intel).architecture == "skylake-sp"
    assert guest(turin._replace(model=99)).tier == "C"


def test_a_name_without_numbers_is_all_there_is() -> None:
    found = guest(CpuIdentity("amd64", "", -1, -1, -1, "AMD EPYC 7763 64-Core Processor", 4))
    assert (found.tier, found.architecture) == ("A", "epyc3-milan")


def test_nothing_matches_an_empty_name_or_an_empty_entry() -> None:
    cpu = CpuIdentity("x86_64", "AuthenticAMD", 25, 1, 1, "AMD EPYC", 4)
    assert recognise(cpu, TABLE, {"": [10, 1, "epyc3-milan"]}).known is None
    assert all(name_key(key) == key for key in NAMES)
    table = {"arch": [{**row, "name_contains": ""} for row in TABLE["arch"]]}
    assert recognise(cpu, table, NAMES).row is None


USUAL_NAMES = [
    ("AMD EPYC", "epyc5-turin"),
    ("AMD EPYC 7R13 Processor", "epyc3-milan"),
    ("AMD EPYC 7R32", "epyc2-rome"),
    ("AMD EPYC 7571", "epyc1-naples"),
    ("AMD EPYC 7452 32-Core Processor", "epyc2-rome"),
    ("AMD EPYC 7B13", "epyc3-milan"),
    ("AMD EPYC 9R14", "epyc4-genoa"),
    ("AMD EPYC 9V74 80-Core Processor", "epyc4-genoa"),
    ("AMD EPYC-Rome Processor", "epyc2-rome"),
    ("AMD EPYC-Milan Processor", "epyc3-milan"),
    ("DO-Premium-AMD", "epyc3-milan"),
    ("DO-Regular", "broadwell"),
    ("Intel(R) Xeon(R) CPU @ 2.00GHz", "skylake-sp"),
    ("Intel(R) Xeon(R) CPU @ 2.20GHz", "broadwell"),
    ("Intel(R) Xeon(R) CPU @ 2.30GHz", "haswell"),
    ("Intel(R) Xeon(R) CPU @ 2.80GHz", "cascadelake/cooperlake"),
    ("Intel(R) Xeon(R) CPU E5-2673 v3 @ 2.40GHz", "haswell"),
    ("Intel(R) Xeon(R) CPU E5-2673 v4 @ 2.30GHz", "broadwell"),
    ("Intel(R) Xeon(R) CPU E5-2676 v3 @ 2.40GHz", "haswell"),
    ("Intel(R) Xeon(R) CPU E5-2686 v4 @ 2.30GHz", "broadwell"),
    ("Intel(R) Xeon(R) CPU E5-2670 v2 @ 2.50GHz", "ivybridge"),
    ("Intel(R) Xeon(R) CPU E5-2650 0 @ 2.00GHz", "sandybridge"),
    ("Intel(R) Xeon(R) Platinum 8124M CPU @ 3.00GHz", "skylake-sp"),
    ("Intel(R) Xeon(R) Platinum 8171M CPU @ 2.60GHz", "skylake-sp"),
    ("Intel(R) Xeon(R) Platinum 8175M CPU @ 2.50GHz", "skylake-sp"),
    ("Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz", "cascadelake/cooperlake"),
    ("Intel(R) Xeon(R) Platinum 8269CY CPU @ 2.50GHz", "cascadelake/cooperlake"),
    ("Intel(R) Xeon(R) Platinum 8272CL CPU @ 2.60GHz", "cascadelake/cooperlake"),
    ("Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "icelake"),
    ("Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz", "icelake"),
    ("Intel(R) Xeon(R) Platinum 8473C", "sapphirerapids"),
    ("Intel(R) Xeon(R) Platinum 8488C", "sapphirerapids"),
    ("INTEL(R) XEON(R) PLATINUM 8573C", "emeraldrapids"),
    ("Intel(R) Xeon(R) 6975P-C", "xeon6-granite/sierra"),
    ("Intel(R) Xeon(R) Processor", "emeraldrapids"),
    ("Intel Xeon Processor (Skylake, IBRS)", "skylake-sp"),
    ("Intel Xeon Processor (Cascadelake)", "cascadelake/cooperlake"),
    ("Intel Xeon Processor (Icelake)", "icelake"),
    ("Intel Core Processor (Haswell, no TSX)", "haswell"),
    ("Intel Xeon E312xx (Sandy Bridge)", "sandybridge"),
    ("Westmere E56xx/L56xx/X56xx (Nehalem-C)", "nehalem/westmere"),
    ("QEMU Virtual CPU version 2.5+", "nehalem/westmere"),
    ("Common KVM processor", "nehalem/westmere"),
    ("", "xeon-e"),
]


@pytest.mark.parametrize(("name", "arch"), [*((key.upper(), entry[2]) for key, entry in NAMES.items()), *USUAL_NAMES])
def test_four_virtual_cpus_never_exceed_fifteen_watts_whatever_the_name(name: str, arch: str) -> None:
    cpu = CpuIdentity("x86_64", *numbers_of(arch), name, 4)
    for shown in (cpu, cpu._replace(family=-1, model=-1, stepping=-1, vendor=""), cpu._replace(model=199)):
        found = guest(shown)
        assert 0 < found.idle_w < found.full_w <= 15.000001, found


def test_a_virtual_cpu_held_under_the_ceiling_has_the_wider_interval_and_says_so() -> None:
    cpu = CpuIdentity("x86_64", "GenuineIntel", 6, 85, 4, "Intel(R) Xeon(R) Gold 6136 CPU @ 3.00GHz", 4)
    held = guest(cpu)
    free = fit_machine(Context(describe_machine(cpu)._replace(virtualised=False), cpu, {}))
    assert held.full_w == pytest.approx(15)
    assert "3.75 W per virtual CPU" in held.note
    assert held.dynamic_sd > free.dynamic_sd and held.idle_sd > free.idle_sd
    assert held.dynamic_w * 2.718281828 ** (1.644854 * held.dynamic_sd) > free.dynamic_w  # the interval holds the free figure
    assert held.dynamic_w / held.idle_w == pytest.approx(free.dynamic_w / free.idle_w)


TEXT = st.text(max_size=60) | st.sampled_from([name for name, _ in USUAL_NAMES])


@given(
    vendor=st.sampled_from(["GenuineIntel", "AuthenticAMD", "HygonGenuine", "", "0x41"]),
    family=st.sampled_from([-1, 6, 15, 23, 25, 26, 999]),
    model=st.integers(-1, 260),
    stepping=st.integers(-1, 20),
    name=TEXT,
    cpus=st.integers(1, 1024),
    virtual=st.booleans(),
)
def test_no_processor_leaves_the_plausible_range(
    vendor: str, family: int, model: int, stepping: int, name: str, cpus: int, virtual: bool
) -> None:
    cpu = CpuIdentity("x86_64", vendor, family, model, stepping, name, cpus)
    found = fit_machine(Context(describe_machine(cpu)._replace(virtualised=virtual), cpu, {}))
    common, (low, high) = TABLE["global"], TABLE["intervals90"]["C"]["full"]
    if found.tier in "CD":  # an unknown processor never leaves the bounds of tier C
        assert common["max_w_per_thread"] * low < found.full_w / cpus < common["max_w_per_thread"] * high
    assert 0 < found.idle_w < found.full_w
    assert found.full_w / cpus < (3.7500001 if virtual else 20)
    assert 0 < found.dynamic_sd <= found.idle_sd * 2


@given(text=st.text(max_size=2000))
def test_any_cpuinfo_gives_a_processor_and_a_model(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "cpuinfo"
    path.write_text(text, encoding="utf-8", errors="replace")
    assert guest(read_cpu(str(path))).full_w > 0


def cpuinfo(tmp_path: Path, text: str) -> CpuIdentity:
    path = tmp_path / "cpuinfo"
    path.write_text(text)
    return read_cpu(str(path))._replace(architecture="x86_64")


def test_a_real_cpuinfo_is_read_whole(tmp_path: Path) -> None:
    block = (
        "processor\t: {0}\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 1\n"
        "model name\t: AMD EPYC 7763 64-Core Processor\nstepping\t: 1\nphysical id\t: {1}\nsiblings\t: 128\n"
        "flags\t\t: fpu vme de\n\n"
    )
    cpu = cpuinfo(tmp_path, "".join(block.format(number, number // 128) for number in range(256)))
    assert (cpu.family, cpu.model, cpu.stepping, cpu.threads_per_socket) == (25, 1, 1, 128)
    assert guest(cpu).tier == "A"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "model name",
        "model name\t:",
        "cpu family\t: ²\nmodel\t: -7\nstepping\t: 0x1\nsiblings\t: 9999999999999999",
        "processor\t: 0\nBogoMIPS\t: 50.00\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n",
    ],
)
def test_a_damaged_cpuinfo_ends_in_a_default(tmp_path: Path, text: str) -> None:
    found = guest(cpuinfo(tmp_path, text))
    assert found.tier in "CD"
    assert found.full_w > 0


def test_no_proc_ends_in_a_default(tmp_path: Path) -> None:
    assert guest(read_cpu(str(tmp_path / "none"))).full_w > 0


def test_every_processor_of_the_table_has_an_architecture_of_the_table() -> None:
    rows = {row["arch"] for row in TABLE["arch"]}
    for key, (tdp_w, threads, arch) in NAMES.items():
        assert arch in rows, key
        assert 15 < tdp_w <= 600 and 2 <= threads <= 600, key
    assert len(json.dumps(NAMES)) < 10_000
