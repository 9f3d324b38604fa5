"""AMD boards by a stand-in with the call names and the shapes of the package `amdsmi` 7.0 (and 6.0 where they differ)."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.accounts.curve import CurveAccount
from greenlint.profiler.provider import Probe
from greenlint.profiler.providers.amdsmi import AmdSmi
from greenlint.profiler.reading import Reading
from greenlint.profiler.recorder import BoardRecorder
from greenlint.profiler.selection import make_context
from greenlint.testing import check_provider

UNIT_UJ = 15.300000190734863  # what the C float 15.3 is in Python, as an MI100 gives it
WATTS = 90.0


class AmdSmiException(Exception):
    """The base class of the package."""


class AmdSmiLibraryException(AmdSmiException):
    """A call failed; its text has two lines, as in the package."""

    def __init__(self, code: int, info: str) -> None:
        super().__init__(code)
        self.code, self.info = code, info

    def __str__(self) -> str:
        return f"Error code:\n\t{self.code} | {self.info}"


def not_supported() -> AmdSmiLibraryException:
    return AmdSmiLibraryException(2, "AMDSMI_STATUS_NOT_SUPPORTED - Feature not supported")


class FakeAmdSmi:
    """Boards at constant power; a second die shows 0, a partitioned board says so.

    nodes  kernel nodes, which give the order of HIP; old  shapes of version 6.0, which has fewer functions
    """

    AmdSmiException = AmdSmiException
    AmdSmiLibraryException = AmdSmiLibraryException

    def __init__(
        self,
        boards: int = 1,
        *,
        partitions: dict[int, str] | None = None,
        second_dies: tuple[int, ...] = (),
        nodes: tuple[int, ...] = (),
        old: bool = False,
        works: bool = True,
    ) -> None:
        self.boards, self.partitions, self.second_dies, self.works = boards, partitions or {}, second_dies, works
        self.nodes, self.old, self.open, self.clock_s = nodes or tuple(range(1, boards + 1)), old, 0, 0.0
        self.wrong: dict[int, Any] = {}

    def now_ns(self) -> int:
        return int(self.clock_s * 1e9)

    def amdsmi_init(self) -> None:
        if not self.works:
            raise AmdSmiLibraryException(34, "AMDSMI_STATUS_DRIVER_NOT_LOADED - Driver not loaded")
        self.open += 1

    def amdsmi_shut_down(self) -> None:
        self.open -= 1

    def amdsmi_get_processor_handles(self) -> list[int]:
        return list(range(self.boards))

    def amdsmi_get_energy_count(self, processor_handle: int) -> dict[str, Any]:
        if processor_handle in self.wrong:
            value = self.wrong[processor_handle]
            if isinstance(value, Exception):
                raise value
            return value
        units = 0 if processor_handle in self.second_dies else 8_152_136 + int(self.clock_s * WATTS * 1e6 / UNIT_UJ)
        name = "power" if self.old else "energy_accumulator"
        return {name: units, "counter_resolution": UNIT_UJ, "timestamp": self.now_ns()}

    def amdsmi_get_power_info(self, processor_handle: int) -> dict[str, Any]:
        power = {"current_socket_power": "N/A", "average_socket_power": int(WATTS)}
        if not self.old:
            power = {"socket_power": int(WATTS), "current_socket_power": int(WATTS), "average_socket_power": "N/A"}
        return {**power, "gfx_voltage": 768, "soc_voltage": "N/A", "mem_voltage": "N/A", "power_limit": 290}

    def amdsmi_get_power_cap_info(self, processor_handle: int) -> dict[str, int]:
        cap = {"power_cap": 290_000_000, "default_power_cap": 290_000_000, "dpm_cap": 0}
        return {**cap, "min_power_cap": 0, "max_power_cap": 290_000_000}

    def amdsmi_get_gpu_asic_info(self, processor_handle: int) -> dict[str, Any]:
        return {"market_name": "AMD Instinct", "asic_serial": f"0x{0xA0 + processor_handle:016X}"}

    def amdsmi_get_gpu_compute_partition(self, processor_handle: int) -> str:
        if processor_handle not in self.partitions:
            raise not_supported()
        return self.partitions[processor_handle]

    def __getattribute__(self, name: str) -> Any:
        if name in ("amdsmi_get_gpu_enumeration_info", "amdsmi_get_gpu_kfd_info") and self.old:
            raise AttributeError(name)
        return super().__getattribute__(name)

    def amdsmi_get_gpu_kfd_info(self, processor_handle: int) -> dict[str, Any]:
        return {"kfd_id": 5656, "node_id": self.nodes[processor_handle], "current_partition_id": 0}

    def amdsmi_get_gpu_enumeration_info(self, processor_handle: int) -> dict[str, Any]:
        return {"drm_render": 128, "drm_card": 0, "hsa_id": 1, "hip_id": 0, "hip_uuid": f"GPU-{0xA0 + processor_handle:016x}"}


@pytest.fixture(autouse=True)
def all_boards_visible(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ROCR_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES"):
        monkeypatch.delenv(name, raising=False)


def probe(library: FakeAmdSmi) -> Probe:
    return AmdSmi(library).probe(make_context({}))


def played(library: FakeAmdSmi, seconds: float = 5.0) -> BoardRecorder:
    source = AmdSmi(library, clock=library.now_ns).open(make_context({}))
    for _ in range(round(seconds * 10)):
        library.clock_s = round(library.clock_s + 0.1, 6)
        source.sample()
    return source


@pytest.mark.parametrize("old", [False, True], ids=["7.0", "6.0"])
def test_the_accumulator_is_multiplied_by_its_resolution(old: bool) -> None:
    """Without the resolution the board would seem to draw 5.9 W, 15.3 times too little (ROCm/amdsmi#38)."""
    window = played(FakeAmdSmi(old=old)).between(10**9, 4 * 10**9)
    assert window.energy_j == pytest.approx(3 * WATTS, rel=0.01)
    assert window.energy_j / (3 * WATTS / UNIT_UJ) == pytest.approx(15.3, rel=0.01)
    assert window.warnings == ()


def test_a_value_carries_what_it_is() -> None:
    source = played(FakeAmdSmi(2))
    energy = CurveAccount(source, "here").energy(Reading(10**9, 0), Reading(4 * 10**9, 0), "wall")
    assert (energy.method, energy.provider, energy.domains) == (Method.COUNTER, "amdsmi", ("amd-gpu-0", "amd-gpu-1"))
    low, high = energy.interval
    assert low < 6 * WATTS < high
    assert source.facts["amd-gpu-0"] == "counter 90 W, power gauge 90 W over 5 s"
    assert source.domains[0].max_w == 290


@pytest.mark.parametrize("partition", ["DPX", "TPX", "QPX", "CPX"])
def test_a_partitioned_board_is_refused(partition: str) -> None:
    found = probe(FakeAmdSmi(partitions={0: partition}))
    assert found.status == "refused"
    assert found.reason == f"amd-gpu-0 is partitioned ({partition}): its counter cannot be attributed to one partition"


def test_on_a_mixed_machine_the_partitioned_board_is_left_out() -> None:
    found = probe(FakeAmdSmi(3, partitions={0: "SPX", 1: "CPX", 2: "N/A"}))
    assert found.domains == ("amd-gpu-0", "amd-gpu-2")
    assert "amd-gpu-1 is partitioned (CPX)" in found.facts["left out"]


def test_the_second_die_of_a_package_is_left_out_for_the_first_counts_for_both() -> None:
    found = probe(FakeAmdSmi(4, second_dies=(1, 3)))
    assert found.domains == ("amd-gpu-0", "amd-gpu-2")
    assert found.facts["left out"].count("second die") == 2


def test_a_second_die_alone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROCR_VISIBLE_DEVICES", "1")
    found = probe(FakeAmdSmi(2, second_dies=(1,)))
    assert found.status == "refused"
    assert "second die" in found.reason


@pytest.mark.parametrize(
    ("variables", "boards"),
    [
        ({"ROCR_VISIBLE_DEVICES": "2,0"}, [2, 0]),
        ({"HIP_VISIBLE_DEVICES": "1"}, [1]),
        ({"CUDA_VISIBLE_DEVICES": "1"}, [1]),
        ({"HIP_VISIBLE_DEVICES": "0", "CUDA_VISIBLE_DEVICES": "1"}, [0]),
        ({"ROCR_VISIBLE_DEVICES": "1,2", "HIP_VISIBLE_DEVICES": "1"}, [2]),  # HIP counts among what ROCm shows
        ({"ROCR_VISIBLE_DEVICES": "GPU-00000000000000a1"}, [1]),
        ({"ROCR_VISIBLE_DEVICES": "0,-1,2"}, [0]),
    ],
)
def test_only_boards_that_rocm_and_hip_show_are_read(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], boards: list[int]
) -> None:
    for name, content in variables.items():
        monkeypatch.setenv(name, content)
    assert list(probe(FakeAmdSmi(3)).domains) == [f"amd-gpu-{board}" for board in boards]


@pytest.mark.parametrize("variable", ["ROCR_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES"])
def test_an_empty_list_hides_every_board(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "")
    assert probe(FakeAmdSmi(2)).reason == "the environment hides every GPU"
    with pytest.raises(ProviderError, match="hides every GPU"):
        AmdSmi(FakeAmdSmi(2)).open(make_context({}))


def test_numbers_go_by_the_order_of_the_kernels_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROCR_VISIBLE_DEVICES", "0")
    assert probe(FakeAmdSmi(3, nodes=(9, 2, 5))).domains == ("amd-gpu-1",)


def test_without_identifiers_of_hip_the_serial_number_names_a_board(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROCR_VISIBLE_DEVICES", "GPU-00000000000000a1")
    assert probe(FakeAmdSmi(3, old=True)).domains == ("amd-gpu-1",)


def test_errors_of_the_package_become_one_line() -> None:
    found = probe(FakeAmdSmi(works=False))
    assert found.status == "unavailable"
    expected = "the AMD driver does not answer: Error code: 34 | AMDSMI_STATUS_DRIVER_NOT_LOADED - Driver not loaded"
    assert found.reason == expected
    with pytest.raises(ProviderError, match="DRIVER_NOT_LOADED"):
        AmdSmi(FakeAmdSmi(works=False)).open(make_context({}))


@pytest.mark.parametrize(
    "answer",
    [
        not_supported(),
        {},
        {"energy_accumulator": 5, "counter_resolution": 0.0, "timestamp": 1},
        {"energy_accumulator": "N/A", "counter_resolution": UNIT_UJ, "timestamp": 1},
        {"energy_accumulator": 5, "counter_resolution": float("nan"), "timestamp": 1},
    ],
    ids=["not supported", "nothing", "no resolution", "N/A", "nan"],
)
def test_a_board_without_a_counter_is_left_out_and_one_that_loses_it_is_told(answer: Any) -> None:
    library = FakeAmdSmi(2)
    library.wrong[1] = answer
    found = probe(library)
    assert found.domains == ("amd-gpu-0",)
    assert "amd-gpu-1 has no energy counter: " in found.facts["left out"] and "\n" not in found.facts["left out"]
    lost = FakeAmdSmi()
    source = played(lost)
    lost.wrong[0] = answer
    for _ in range(4):
        lost.clock_s += 0.1
        source.sample()
    assert source.invalid is not None and "cannot be read any more" in source.invalid
    assert source.close() == (source.invalid,)


def test_a_counter_that_stands_still_as_on_an_mi100_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    library = FakeAmdSmi()
    library.wrong[0] = {"energy_accumulator": 8_152_136, "counter_resolution": UNIT_UJ, "timestamp": 3824190842400799}
    source = played(library, 0.5)
    assert source.invalid == "amd-gpu-0: the energy counter did not move in 0.5 s while the power gauge shows 90 W"
    assert capsys.readouterr() == ("", "")


def test_every_start_of_the_library_has_its_end() -> None:
    library = FakeAmdSmi()
    probe(library)
    played(library).close()
    assert library.open == 0


def test_the_provider_keeps_its_contract() -> None:
    library = FakeAmdSmi()
    assert check_provider(AmdSmi(library, clock=library.now_ns)).found
    assert not check_provider(AmdSmi(FakeAmdSmi(partitions={0: "CPX"}))).found
    assert check_provider(AmdSmi()).status in ("unavailable", "refused", "found")


def test_a_package_without_rocm_is_unavailable_and_what_it_prints_is_not_seen(tmp_path: os.PathLike[str]) -> None:
    """Importing the real package without libamd_smi.so prints two lines and raises KeyError."""
    package = os.path.join(tmp_path, "amdsmi")
    os.mkdir(package)
    with open(os.path.join(package, "__init__.py"), "w", encoding="ascii") as file:
        file.write("print('Unable to find libamd_smi.so')\n{}['libamd_smi.so']\n")
    code = """
from greenlint.profiler.providers import amdsmi
from greenlint.profiler.selection import make_context
amdsmi._DEVICE = "/"
found = amdsmi.AmdSmi().probe(make_context({}))
print(found.status, found.reason, found.remedy, sep="|")
"""
    environment = {**os.environ, "PYTHONPATH": os.fspath(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    expected = "unavailable|the package amdsmi cannot be loaded: libamd_smi.so is missing|install amd-smi-lib of ROCm\n"
    assert done.stdout == expected
    assert done.stderr == ""
