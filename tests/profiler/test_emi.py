"""The Windows Energy Meter Interface by replay: byte-exact answers of both versions, and answers that are wrong."""

from __future__ import annotations

import ctypes
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler import windows_emi
from greenlint.profiler.emi_format import (
    Measurement,
    Metadata,
    microjoules,
    parse_measurements,
    parse_metadata,
    parse_metadata_size,
    parse_version,
)
from greenlint.profiler.emi_source import GET_MEASUREMENT, GET_METADATA, GET_METADATA_SIZE, GET_VERSION
from greenlint.profiler.providers.emi import Emi
from greenlint.profiler.selection import make_context, try_provider
from greenlint.testing import check_provider

PWH_PER_J = 1e12 / 3600
INTEL = ("RAPL_Package0_PKG", "RAPL_Package0_PP0", "RAPL_Package0_PP1", "RAPL_Package0_DRAM")


def wide(text: str, size: int = 0) -> bytes:
    data = (text + "\0").encode("utf-16-le")
    return data.ljust(size, b"\0")[: size or None]


def v1(name: str, *, unit: int = 0, padded: str = "") -> bytes:
    text = wide(name + padded)
    return struct.pack("<i", unit) + wide("Contoso", 32) + wide("Meter", 32) + struct.pack("<HH", 7, len(text)) + text


def v2(*names: str, unit: int = 0, padded: str = "") -> bytes:
    data = wide("Microsoft", 32) + wide("RAPL", 32) + struct.pack("<HH", 1, len(names))
    for name in names:
        text = wide(name + padded)
        data += struct.pack("<iH", unit, len(text)) + text
    return data


class Device:
    """One meter: its channels and what they show, in J, as a function of the seconds since the start."""

    def __init__(self, *channels: str, joules: Callable[[str, float], float], version: int = 2, metadata: bytes | None = None):
        self.channels, self.joules, self.version = channels, joules, version
        self.metadata = metadata if metadata is not None else (v2(*channels) if version == 2 else v1(channels[0]))

    def answer(self, code: int, size: int, seconds: float) -> bytes:
        if code == GET_VERSION:
            return struct.pack("<H", self.version)
        if code == GET_METADATA_SIZE:
            return struct.pack("<I", len(self.metadata))
        if code == GET_METADATA:
            return self.metadata[:size]
        assert code == GET_MEASUREMENT
        shown = int(seconds / 0.009) * 0.009  # the counters step every 9 ms
        pairs = [(int(self.joules(name, shown) * PWH_PER_J), int(shown * 1e7)) for name in self.channels]
        return b"".join(struct.pack("<QQ", *pair) for pair in pairs)[:size]


class Windows:
    """Stands in for the calls into Windows; counts open handles, and breaks when told to."""

    def __init__(self, *devices: Device, denied: tuple[int, ...] = ()) -> None:
        self.all, self.denied = devices, denied
        self.open_handles: set[int] = set()
        self.start = time.perf_counter()
        self.broken = ""
        self.cut = 0

    def devices(self) -> list[str]:
        return [rf"\\?\acpi#genuineintel#{number}" for number in range(len(self.all))]

    def open(self, path: str) -> int:
        number = int(path.rpartition("#")[2])
        if number in self.denied:
            raise PermissionError(f"{path}: Access is denied. (Windows error 5)")
        self.open_handles.add(number)
        return number

    def ask(self, handle: int, code: int, size: int) -> bytes:
        assert handle in self.open_handles, "a closed handle was used"
        if self.broken:
            raise OSError(self.broken)
        answer = self.all[handle].answer(code, size, time.perf_counter() - self.start)
        return answer[: len(answer) - self.cut]

    def close(self, handle: int) -> None:
        self.open_handles.remove(handle)


def intel(name: str, seconds: float) -> float:
    watts = {"RAPL_Package0_PKG": 40.0, "RAPL_Package0_PP0": 30.0, "RAPL_Package0_PP1": 4.0, "RAPL_Package0_DRAM": 3.0}
    return 1e6 + watts.get(name, 25.0) * seconds


def dead(name: str, seconds: float) -> float:
    return 0.0


def probe(api: Any) -> Any:
    return Emi(api).probe(make_context({}))


# --- the byte layouts ---


def test_version_1_has_one_channel_with_the_name_of_the_metered_hardware() -> None:
    assert parse_metadata(1, v1("RAPL_Package0_PKG")) == Metadata("Contoso", "Meter", 7, ("RAPL_Package0_PKG",))


def test_version_2_names_its_channels_in_the_order_of_its_measurements() -> None:
    assert parse_metadata(2, v2(*INTEL)) == Metadata("Microsoft", "RAPL", 1, INTEL)


def test_names_padded_with_spaces_are_the_same_names() -> None:
    assert parse_metadata(2, v2(*INTEL, padded="    ")).channels == INTEL
    assert parse_metadata(1, v1("CPU", padded="  ")).channels == ("CPU",)


def test_a_name_that_fills_its_field_has_no_terminator() -> None:
    data = wide("x" * 40)[:32] + wide("y", 32) + v2("CPU")[64:]
    assert parse_metadata(2, data).oem == "x" * 16


def test_measurements_are_64_bit_numbers_to_the_last_bit() -> None:
    largest = 2**64 - 1
    data = struct.pack("<QQQQ", largest, 1, 2**63, largest)
    assert parse_measurements(2, data) == (Measurement(largest, 1), Measurement(2**63, largest))


def test_a_picowatt_hour_is_3_6_nanojoules_exactly_also_for_the_largest_counter() -> None:
    assert microjoules(10**12) == 3_600_000_000  # 1 Wh = 3600 J
    assert microjoules(2500) == 9
    assert microjoules(2**64 - 1) == (2**64 - 1) * 36 // 10_000
    assert microjoules(2**64 - 1) / 1e6 == pytest.approx(2**64 * 3.6e-9)


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**40))
def test_differences_of_converted_counters_are_right_to_a_microjoule(start: int, used: int) -> None:
    difference = microjoules(start + used) - microjoules(start)
    assert abs(difference - used * 3.6e-3) <= 1


@pytest.mark.parametrize(
    "data",
    [b"", b"\x02", b"\x02\0\0", b"\0\0", b"\x03\0", b"\xff\xff"],
    ids=["empty", "one byte", "three bytes", "version 0", "version 3", "version 65535"],
)
def test_a_wrong_version_is_a_clear_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="version"):
        parse_version(data)


@pytest.mark.parametrize("data", [b"", b"\0\0\0\0", b"\x43\0\0\0", b"\xff\xff\xff\xff", b"\x50\0\0"])
def test_an_implausible_metadata_size_is_a_clear_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="metadata"):
        parse_metadata_size(data)


@pytest.mark.parametrize(
    ("version", "data", "reason"),
    [
        (1, v1("CPU", unit=1), "unit 1"),
        (2, v2("CPU", unit=-1), "unit -1"),
        (2, v2(), "no channel"),
        (2, v2("CPU")[:67], "head"),
        (1, v1("CPU")[:71], "head"),
        (2, v2("CPU", "GPU")[:-3], "channel name ends"),
        (2, v2("CPU")[:66] + b"\xff\xff" + v2("CPU")[68:], "channel 1 of 65535"),
        (2, v2("CPU")[:72] + b"\x07\0" + v2("CPU")[74:], "7 bytes is no UTF-16"),
        (2, v2("   "), "no name"),
        (1, v1("")[:72], "channel name ends"),
    ],
)
def test_malformed_metadata_are_a_clear_error(version: int, data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_metadata(version, data)


@given(version=st.sampled_from([1, 2]), data=st.binary(max_size=200))
def test_hostile_metadata_give_names_or_a_clear_error_and_nothing_else(version: int, data: bytes) -> None:
    try:
        metadata = parse_metadata(version, data)
    except ValueError as error:
        assert str(error) and "\n" not in str(error)
    else:
        assert metadata.channels and all(metadata.channels)


@given(data=st.data())
def test_metadata_cut_off_or_with_one_byte_changed_never_break_the_parser(data: st.DataObject) -> None:
    whole = bytearray(v2(*INTEL))
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert parse_metadata(2, bytes(whole[: data.draw(st.integers(0, len(whole)))])).channels
    except ValueError as error:
        assert str(error)


@given(channels=st.integers(1, 8), data=st.binary(max_size=160))
def test_a_measurement_of_another_length_is_a_clear_error(channels: int, data: bytes) -> None:
    if len(data) == 16 * channels:
        assert len(parse_measurements(channels, data)) == channels
    else:
        with pytest.raises(ValueError, match=f"not {len(data)}"):
            parse_measurements(channels, data)


# --- the provider ---


def test_package_and_dram_are_added_and_what_is_inside_the_package_is_not() -> None:
    found = probe(Windows(Device(*INTEL, joules=intel)))
    assert found.found and found.method is Method.COUNTER
    assert found.domains == ("package-0", "dram-0")
    assert "left out" not in found.facts


def test_the_energy_of_a_window_is_package_plus_dram() -> None:
    opened = try_provider(Emi(Windows(Device(*INTEL, joules=intel))), make_context({}), self_check=True)
    source = opened.source
    assert source is not None and source.name == "emi" and "DRAM" in source.boundary  # type: ignore[union-attr]
    before, start = source.read(), time.perf_counter()  # type: ignore[union-attr]
    time.sleep(0.3)
    after, seconds = source.read(), time.perf_counter() - start  # type: ignore[union-attr]
    source.close()
    assert (sum(after) - sum(before)) / 1e6 == pytest.approx(43 * seconds, abs=43 * 0.03)


def test_two_packages_of_two_meters_are_both_read_and_all_handles_are_closed() -> None:
    second = tuple(name.replace("Package0", "Package1") for name in INTEL)
    windows = Windows(Device(*INTEL, joules=intel), Device(*second, joules=intel))
    assert probe(windows).domains == ("package-0", "dram-0", "package-1", "dram-1")
    assert not windows.open_handles


def test_a_package_that_two_meters_show_is_counted_once() -> None:
    windows = Windows(Device(*INTEL, joules=intel), Device(*INTEL, joules=intel))
    found = probe(windows)
    assert found.domains == ("package-0", "dram-0")
    assert "RAPL_Package0_PKG is shown by a second meter" in found.facts["left out"]
    assert not windows.open_handles


def test_a_meter_of_version_1_is_read() -> None:
    found = probe(Windows(Device("RAPL_Package0_PKG", joules=intel, version=1)))
    assert found.domains == ("package-0",)


def test_amd_counters_that_are_all_zero_are_refused() -> None:
    windows = Windows(Device("RAPL_Package0_PKG", "RAPL_Package0_Core0_CORE", joules=dead))
    found = probe(windows)
    assert found.status == "refused"
    assert "package-0 show 0" in found.reason and "systeminformer#2599" in found.reason
    assert not windows.open_handles


def test_counters_that_stand_still_are_refused_by_the_self_check() -> None:
    opened = try_provider(Emi(Windows(Device(*INTEL, joules=lambda name, t: 5.0))), make_context({}), self_check=True)
    assert opened.source is None
    assert opened.probe.status == "refused" and "package-0 does not advance" in opened.probe.reason


def test_a_memory_channel_that_is_always_zero_is_left_out_and_the_package_stays() -> None:
    windows = Windows(Device(*INTEL, joules=lambda name, t: 0.0 if "DRAM" in name else intel(name, t)))
    opened = try_provider(Emi(windows), make_context({}), self_check=True)
    assert opened.source is not None
    assert opened.probe.domains == ("package-0",)
    opened.source.close()


def test_rails_of_a_board_are_not_believed_to_be_the_cpu() -> None:
    found = probe(Windows(Device("CPU_CLUSTER_0", "GPU", "PSU_USB", joules=intel)))
    assert found.status == "refused"
    assert "no channel is a CPU package (there are CPU_CLUSTER_0, GPU, PSU_USB)" in found.reason


def test_rails_beside_the_package_are_named_as_left_out() -> None:
    found = probe(Windows(Device(*INTEL, "VBAT", joules=intel)))
    assert found.domains == ("package-0", "dram-0")
    assert "VBAT" in found.facts["left out"]


def test_without_a_meter_it_is_unavailable() -> None:
    found = probe(Windows())
    assert found.status == "unavailable" and "no energy meter" in found.reason and found.remedy


def test_a_denied_meter_is_refused_with_what_windows_says() -> None:
    found = probe(Windows(Device(*INTEL, joules=intel), denied=(0,)))
    assert found.status == "refused" and "Access is denied" in found.reason


@pytest.mark.parametrize(
    "metadata",
    [v2(*INTEL)[:90], v2(*INTEL, unit=3), b"\xff" * 100, v2(*INTEL) + b"junk after the last channel"],
    ids=["cut off", "another unit", "noise", "longer than needed"],
)
def test_a_meter_with_strange_metadata_ends_in_a_probe(metadata: bytes) -> None:
    windows = Windows(Device(*INTEL, joules=intel, metadata=metadata))
    found = probe(windows)
    assert found.found == metadata.endswith(b"channel")
    assert found.reason and "\n" not in found.reason
    assert not windows.open_handles


def test_a_meter_that_goes_away_makes_the_numbers_of_the_session_void() -> None:
    from greenlint.profiler.accounts.totals import Totals

    windows = Windows(Device(*INTEL, joules=intel))
    source = Emi(windows).open(make_context({}))
    totals = Totals(source, time.perf_counter_ns)
    windows.broken = "control code 0x22400c: The device is not connected. (Windows error 1167)"
    totals.read()
    assert totals.invalid is not None and "not connected" in totals.invalid
    windows.broken, windows.cut = "", 1
    with pytest.raises(ValueError, match="has 64 bytes, not 63"):
        source.read()
    source.close()


def test_the_provider_keeps_its_contract() -> None:
    assert check_provider(Emi(Windows(Device(*INTEL, joules=intel)))).found
    assert not check_provider(Emi(Windows(Device(*INTEL, joules=dead)))).found
    assert not check_provider(Emi(Windows())).found
    assert check_provider(Emi()).status in ("unavailable", "refused", "found")


def test_outside_windows_the_system_is_not_asked() -> None:
    if hasattr(ctypes, "WinDLL"):
        pytest.skip("this is Windows")
    assert Emi().probe(make_context({})).reason == "the Energy Meter Interface is a part of Windows"
    with pytest.raises(ProviderError, match="part of Windows"):
        Emi().open(make_context({}))


# --- the calls into Windows ---


class SimulatedDlls:
    """setupapi and kernel32 as far as they are called, with the structures filled as Windows fills them."""

    def __init__(self, device: Device | None, *, fails_with: int = 0) -> None:
        self.device, self.fails_with, self.code = device, fails_with, 0
        self.path = r"\\?\ACPI#GenuineIntel#0#{45bd8344-7ed6-49cf-a440-c276c933b053}"
        self.lists, self.handles = 0, 0

        def function(name: str) -> Callable[..., Any]:
            method = getattr(self, f"_{name}")

            def call(*arguments: Any) -> Any:
                assert len(arguments) == len(call.argtypes)  # type: ignore[attr-defined]
                return method(*arguments)

            return call

        for name in ("SetupDiGetClassDevsW", "SetupDiEnumDeviceInterfaces", "SetupDiGetDeviceInterfaceDetailW"):
            setattr(self, name, function(name))
        for name in ("SetupDiDestroyDeviceInfoList", "CreateFileW", "DeviceIoControl", "CloseHandle"):
            setattr(self, name, function(name))

    def _SetupDiGetClassDevsW(self, guid: Any, enumerator: None, parent: None, flags: int) -> int | None:
        assert bytes(guid._obj).hex() == "4483bd45d67ecf49a440c276c933b053" and flags == 0x12
        self.lists += 1
        return 77

    def _SetupDiEnumDeviceInterfaces(self, found: int, info: None, guid: Any, index: int, data: Any) -> int:
        expected = 32 if ctypes.sizeof(ctypes.c_void_p) == 8 else 28
        assert data._obj.size == expected == ctypes.sizeof(data._obj)
        if self.device is None or index > 0:
            self.code = 259
            return 0
        return 1

    def _SetupDiGetDeviceInterfaceDetailW(self, found: int, data: Any, buffer: Any, size: int, needed: Any, info: None) -> int:
        text = wide(self.path)
        if buffer is None:
            needed._obj.value, self.code = 4 + len(text), 122
            return 0
        assert buffer.raw[:4] in (b"\x08\0\0\0", b"\x06\0\0\0") and size.value == 4 + len(text)  # type: ignore[attr-defined]
        ctypes.memmove(ctypes.addressof(buffer) + 4, text, len(text))
        return 1

    def _SetupDiDestroyDeviceInfoList(self, found: int) -> int:
        self.lists -= 1
        return 1

    def _CreateFileW(self, path: str, access: int, share: int, *rest: Any) -> int | None:
        assert path == self.path and access == 0x80000000
        if self.fails_with:
            self.code = self.fails_with
            return ctypes.c_void_p(-1).value
        self.handles += 1
        return 5

    def _DeviceIoControl(self, handle: int, code: int, data: None, n: int, buffer: Any, size: int, got: Any, o: None) -> int:
        assert self.device is not None
        answer = self.device.answer(code, size, time.perf_counter() % 1000)
        ctypes.memmove(buffer, answer, len(answer))
        got._obj.value = len(answer)
        return 1

    def _CloseHandle(self, handle: int) -> int:
        self.handles -= 1
        return 1


def simulate(monkeypatch: pytest.MonkeyPatch, dlls: SimulatedDlls) -> windows_emi.WindowsEmi:
    monkeypatch.setattr(ctypes, "WinDLL", lambda name, use_last_error: dlls, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: dlls.code, raising=False)
    monkeypatch.setattr(ctypes, "FormatError", lambda code: f"text of {code}\r\n", raising=False)
    return windows_emi.WindowsEmi()


def test_the_calls_into_windows_find_and_read_a_meter(monkeypatch: pytest.MonkeyPatch) -> None:
    dlls = SimulatedDlls(Device(*INTEL, joules=intel))
    api = simulate(monkeypatch, dlls)
    assert api.devices() == [dlls.path]
    source = Emi(api).open(make_context({}))
    assert source.domains[0].name == "package-0" and source.read()[0] > 1e12
    source.close()
    assert (dlls.lists, dlls.handles) == (0, 0)


def test_an_error_of_windows_is_told_with_its_text_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    api = simulate(monkeypatch, SimulatedDlls(Device(*INTEL, joules=intel), fails_with=5))
    found = Emi(api).probe(make_context({}))
    assert found.status == "refused" and found.reason.endswith("text of 5 (Windows error 5)")


def test_a_machine_without_meters_gives_an_empty_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert simulate(monkeypatch, SimulatedDlls(None)).devices() == []
