"""Sensors of boards and drivers, and batteries, from trees of real files that a thread advances at a known power."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.errors import ProviderError
from greenlint.profiler.accounts.totals import Totals
from greenlint.profiler.frozen import FrozenCheck
from greenlint.profiler.providers.battery import BatteryProvider
from greenlint.profiler.providers.hwmon import Hwmon
from greenlint.profiler.selection import make_context, try_provider
from greenlint.profiler.sensor_scopes import named_sensors
from greenlint.profiler.sensor_source import are_twins
from greenlint.profiler.sensors import find_sensors
from greenlint.testing import check_provider


def write(path: Path, text: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n")
    return path


def chip(root: Path, number: int, name: str, device: str = "", *, below: str = "", **files: object) -> Path:
    """One hwmon directory as the kernel makes it: files beside `name`, or below `device/` for older drivers."""
    folder = root / "devices" / (device or f"{name}.{number}") / "hwmon" / f"hwmon{number}"
    write(folder / "name", name)
    (folder / "device").symlink_to(folder.parent.parent)
    for file, text in files.items():
        write((folder / "device" if below else folder) / file, text)
    link = root / "class" / f"hwmon{number}"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(folder)
    return folder


def amd_energy(root: Path, sockets: int = 2, cores: int = 4, name: str = "amd_energy", number: int = 0) -> Path:
    files: dict[str, object] = {}
    for place in range(cores):
        files |= {f"energy{place + 1}_label": f"Ecore{place:03d}", f"energy{place + 1}_input": f"{7_000_000:020d}"}
    for socket in range(sockets):
        place = cores + socket + 1
        start = 5_000_000_000 + socket * 900_000_000
        files |= {f"energy{place}_label": f"Esocket{socket}", f"energy{place}_input": f"{start:020d}"}
    return chip(root, number, name, f"{name}.{number}", **files)


def grace(root: Path, *labels: str, interval_ms: int = 50, microwatts: int = 100_000_000) -> None:
    for number, label in enumerate(labels):
        chip(
            root,
            number,
            "power_meter",
            f"NVDA{number:04d}:00",
            below="device",
            power1_average=f"{microwatts:020d}",
            power1_average_interval=interval_ms,
            power1_oem_info=label,
        )


class Writer:
    """A process that advances counter files in place by the monotonic clock, at the stated watts."""

    code = """
import json, os, sys, time
files = [(os.open(path, os.O_WRONLY), watts, first) for path, watts, first in json.loads(sys.argv[1])]
start, parent = time.perf_counter(), os.getppid()
print("moving", flush=True)
while os.getppid() == parent:
    elapsed = time.perf_counter() - start
    for descriptor, watts, first in files:
        os.pwrite(descriptor, b"%020d\\n" % (first + int(watts * elapsed * 1e6)), 0)
    time.sleep(0.001)
"""

    def __init__(self, counters: dict[Path, float]) -> None:
        self._files = [(str(path), watts, int(path.read_text())) for path, watts in counters.items()]

    def __enter__(self) -> Writer:
        command = [sys.executable, "-I", "-S", "-c", self.code, json.dumps(self._files)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._process.stdout is not None and self._process.stdout.readline()
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        self._process.communicate()


def hwmon(root: Path) -> Hwmon:
    return Hwmon(str(root / "class"))


def probe(root: Path, **settings: Any) -> Any:
    return hwmon(root).probe(make_context(settings))


# --- which sensors are believed ---


def test_without_the_class_or_without_sensors_it_is_unavailable(tmp_path: Path) -> None:
    assert probe(tmp_path).status == "unavailable"
    chip(tmp_path, 0, "k10temp", temp1_input=45_000, temp1_label="Tctl")
    found = probe(tmp_path)
    assert found.status == "unavailable" and "no energy or power sensor" in found.reason


def test_sockets_are_added_and_core_counters_inside_them_are_not(tmp_path: Path) -> None:
    amd_energy(tmp_path)
    found = probe(tmp_path)
    assert found.domains == ("package-0", "package-1")
    assert found.facts["sensors"] == "amd_energy@amd_energy.0/Esocket0, amd_energy@amd_energy.0/Esocket1"


def test_core_counters_alone_are_no_measurement_of_the_processors(tmp_path: Path) -> None:
    amd_energy(tmp_path, sockets=0)
    found = probe(tmp_path)
    assert found.status == "refused" and "single cores only" in found.reason


def test_ten_sockets_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    amd_energy(tmp_path, sockets=11)
    assert probe(tmp_path).domains == tuple(f"package-{number}" for number in range(11))


def test_two_drivers_that_show_the_same_sockets_are_counted_once(tmp_path: Path) -> None:
    amd_energy(tmp_path, sockets=2)
    amd_energy(tmp_path, sockets=2, name="zenergy", number=1)
    found = probe(tmp_path)
    assert found.domains == ("package-0", "package-1")
    assert "zenergy/Esocket0 shows the same as amd_energy/Esocket0" in found.facts["left out"]


def test_one_device_under_two_names_is_counted_once(tmp_path: Path) -> None:
    folder = amd_energy(tmp_path, sockets=1)
    (tmp_path / "class" / "hwmon7").symlink_to(folder)
    found = probe(tmp_path)
    assert found.domains == ("package-0",) and "left out" not in found.facts


def test_the_widest_scope_of_grace_without_the_gpu_is_taken(tmp_path: Path) -> None:
    labels = [f"{scope} Power Socket {socket}" for socket in (0, 1) for scope in ("Module", "Grace", "CPU", "SysIO")]
    grace(tmp_path, *labels)
    found = probe(tmp_path)
    assert found.domains == ("grace-0", "grace-1")
    assert "Module Power Socket 0 contains the GPU" in found.facts["left out"]
    assert "CPU Power Socket 1 is inside power_meter/Grace Power Socket 1" in found.facts["left out"]
    source = hwmon(tmp_path).open(make_context({}))
    assert source.boundary == "Grace sockets with their memory, without GPU (hwmon power_meter)"
    source.close()


def test_rails_are_added_where_the_socket_has_no_sensor_of_its_own(tmp_path: Path) -> None:
    grace(tmp_path, "CPU Power Socket 0", "SysIO Power Socket 0", "Grace Power Socket 1", "CPU Power Socket 1")
    assert probe(tmp_path).domains == ("cpu-0", "grace-1", "sysio-0")


def test_a_module_that_contains_the_gpu_is_never_read_as_the_processor(tmp_path: Path) -> None:
    grace(tmp_path, "Module Power Socket 0")
    assert "contains the GPU" in probe(tmp_path).reason
    named = probe(tmp_path, hwmon=["power_meter/Module Power Socket 0"])
    assert named.status == "refused" and "contains the GPU" in named.reason


def test_both_rails_of_an_ampere_processor_are_added(tmp_path: Path) -> None:
    for number in range(2):
        labels = {"power1_label": "CPU power", "power2_label": "IO power"}
        chip(tmp_path, number, "apm_xgene", f"APMC0D29:0{number}", power1_input=1, power2_input=1, **labels)
    assert probe(tmp_path).domains == ("cpu-0", "cpu-1", "io-0", "io-1")


def test_an_unknown_sensor_is_not_believed_and_the_remedy_names_the_setting(tmp_path: Path) -> None:
    chip(tmp_path, 0, "ina226", "1-0040", power1_input=5_000_000)
    chip(tmp_path, 1, "amdgpu", "0000:03:00.0", power1_average=9_000_000, power1_label="PPT")
    found = probe(tmp_path)
    assert found.status == "refused"
    assert "amdgpu/PPT, ina226/power1" in found.reason
    assert '[tool.greenlint.machine] hwmon = ["chip/label"]' in found.remedy
    with pytest.raises(ProviderError, match="ina226/power1"):
        hwmon(tmp_path).open(make_context({}))


def test_an_acpi_meter_of_the_whole_machine_is_not_taken_for_the_processors(tmp_path: Path) -> None:
    chip(tmp_path, 0, "power_meter", "ACPI000D:00", below="device", power1_average=250_000_000, power1_average_interval=1000)
    found = probe(tmp_path)
    assert found.status == "refused" and "whole machine" in found.remedy and "meter" in found.remedy


def test_a_gauge_that_averages_over_minutes_is_refused(tmp_path: Path) -> None:
    grace(tmp_path, "Grace Power Socket 0", interval_ms=300_000)
    assert "averages over 300 s" in probe(tmp_path).reason


def test_labels_with_control_characters_stay_one_line(tmp_path: Path) -> None:
    chip(tmp_path, 0, "odd\x1b[31m", power1_input=1, power1_label="a\tb")
    assert probe(tmp_path).reason.startswith("there are odd?[31m/a?b;")


# --- named sensors ---


def test_a_named_sensor_is_read_and_the_boundary_says_that_the_user_named_it(tmp_path: Path) -> None:
    chip(tmp_path, 0, "ina226", "1-0040", power1_input=5_000_000, power1_label="VDD_CPU")
    settings = {"hwmon": ["ina226/VDD_CPU"]}
    assert probe(tmp_path, **settings).domains == ("ina226-1-0040-vdd-cpu",)
    source = hwmon(tmp_path).open(make_context(settings))
    assert source.boundary == "sensors named in the configuration: ina226/VDD_CPU"
    source.close()


def test_volts_and_amperes_of_a_rail_make_its_power(tmp_path: Path) -> None:
    chip(tmp_path, 0, "ina3221", "1-0041", in1_input="05000", curr1_input="02400", in1_label="VDD_IN", in2_input=12_000)
    source = hwmon(tmp_path).open(make_context({"hwmon": "ina3221/VDD_IN"}))
    before, start = source.read(), time.perf_counter()
    time.sleep(0.35)
    used, seconds = source.read()[0] - before[0], time.perf_counter() - start
    source.close()
    assert used / 1e6 == pytest.approx(12.0 * seconds, abs=12 * 0.15)


def test_chips_of_one_name_are_told_apart_by_their_device(tmp_path: Path) -> None:
    chip(tmp_path, 0, "ina226", "1-0040", power1_input=5_000_000)
    chip(tmp_path, 1, "ina226", "1-0041", power1_input=6_000_000)
    found = probe(tmp_path, hwmon=["ina226/power1"])
    assert found.status == "refused"
    assert "ina226@1-0040/power1, ina226@1-0041/power1" in found.remedy
    assert probe(tmp_path, hwmon=["ina226@1-0041/power1"]).domains == ("ina226-1-0041-power1",)


@pytest.mark.parametrize("setting", [3, [], {}, [1], [""], ["  "], True, ""])
def test_a_setting_that_is_no_list_of_names_is_refused_in_one_line(tmp_path: Path, setting: object) -> None:
    chip(tmp_path, 0, "ina226", power1_input=1)
    found = probe(tmp_path, hwmon=setting)
    assert found.status == "refused" and "not a list of names" in found.reason


def test_a_name_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    chip(tmp_path, 0, "ina226", power1_input=1)
    assert "there is no sensor ina226/cpu (there are ina226/power1)" in probe(tmp_path, hwmon=["ina226/cpu"]).reason


def test_named_sensors_of_which_one_contains_another_are_refused(tmp_path: Path) -> None:
    amd_energy(tmp_path)
    found = probe(tmp_path, hwmon=["amd_energy/Esocket0", "amd_energy/Ecore001"])
    assert "count twice" in found.reason
    other = tmp_path / "grace"
    grace(other, "Grace Power Socket 0", "CPU Power Socket 0")
    names = ["power_meter/CPU Power Socket 0", "power_meter/Grace Power Socket 0"]
    assert "count twice" in probe(other, hwmon=names).reason


def test_a_sensor_named_twice_is_read_once(tmp_path: Path) -> None:
    chip(tmp_path, 0, "ina226", "1-0040", power1_input=1)
    assert len(probe(tmp_path, hwmon=["ina226/power1", "ina226@1-0040/power1"]).domains) == 1


@given(
    st.one_of(
        st.none(),
        st.integers(),
        st.text(),
        st.lists(st.one_of(st.text(), st.integers())),
        st.dictionaries(st.text(), st.text()),
    )
)
def test_any_setting_gives_names_or_a_clear_error(setting: object) -> None:
    try:
        names = named_sensors(setting)
    except ProviderError as error:
        assert "[tool.greenlint.machine]" in error.hint
    else:
        assert names is None or all(name.strip() for name in names)


# --- energy of windows ---


def test_the_energy_of_a_window_of_two_sockets_is_their_sum(tmp_path: Path) -> None:
    folder = amd_energy(tmp_path)
    with Writer({folder / "energy5_input": 60.0, folder / "energy6_input": 45.0}):
        opened = try_provider(hwmon(tmp_path), make_context({}), self_check=True)
        source: Any = opened.source
        assert source is not None, opened.probe.reason
        assert source.boundary == "CPU packages without DRAM (hwmon amd_energy)"
        before, start = source.read(), time.perf_counter()
        time.sleep(0.3)
        used, seconds = sum(source.read()) - sum(before), time.perf_counter() - start
        source.close()
    assert used / 1e6 == pytest.approx(105 * seconds, abs=105 * 0.05)


def test_the_energy_of_a_gauge_is_its_power_times_the_time(tmp_path: Path) -> None:
    grace(tmp_path, "Grace Power Socket 0", "Grace Power Socket 1", microwatts=150_000_000)
    opened = try_provider(hwmon(tmp_path), make_context({}), self_check=True)
    source: Any = opened.source
    assert source is not None, opened.probe.reason
    before, start = source.read(), time.perf_counter()
    time.sleep(0.5)
    used, seconds = sum(source.read()) - sum(before), time.perf_counter() - start
    source.close()
    assert used / 1e6 == pytest.approx(300 * seconds, abs=300 * 0.25)
    assert source.period_s >= 0.1


def test_a_slow_bus_counter_and_a_gauge_are_read_together(tmp_path: Path) -> None:
    board = chip(tmp_path, 0, "ltc4282", "2-0050", energy1_input=f"{10**9:020d}")
    chip(tmp_path, 1, "ina226", "1-0040", power1_input=f"{20_000_000:020d}")
    names = {"hwmon": ["ina226/power1", "ltc4282/energy1"]}
    with Writer({board / "energy1_input": 8.0}):
        source = hwmon(tmp_path).open(make_context(names))
        assert [domain.name for domain in source.domains] == ["ina226-1-0040-power1", "ltc4282-2-0050-energy1"]
        before, start = source.read(), time.perf_counter()
        time.sleep(0.5)
        after, seconds = source.read(), time.perf_counter() - start
        source.close()
    assert (after[0] - before[0]) / 1e6 == pytest.approx(20 * seconds, abs=20 * 0.25)
    assert (after[1] - before[1]) / 1e6 == pytest.approx(8 * seconds, abs=8 * 0.25)


def test_a_gauge_is_asked_at_the_pace_at_which_it_averages(tmp_path: Path) -> None:
    grace(tmp_path, "Grace Power Socket 0", interval_ms=1000)
    source = hwmon(tmp_path).open(make_context({}))
    assert source.period_s == 1.0
    source.close()


# --- counters that are wrong ---


def test_two_sockets_that_show_one_counter_are_refused(tmp_path: Path) -> None:
    folder = amd_energy(tmp_path)
    same = [folder / "energy5_input", folder / "energy6_input"]
    for path in same:
        path.write_text(f"{5_000_000_000:020d}\n")
    with Writer(dict.fromkeys(same, 60.0)), pytest.raises(ProviderError) as caught:
        hwmon(tmp_path).open(make_context({}))
    assert "package-0 and package-1 show one and the same counter" in caught.value.message
    assert "rapl-perf" in caught.value.hint


def test_two_sockets_with_equal_power_but_values_of_their_own_are_both_counted(tmp_path: Path) -> None:
    folder = amd_energy(tmp_path)
    (folder / "energy6_input").write_text(f"{5_000_000_000 + 3_000_000:020d}\n")  # 3 J apart after boot
    with Writer({folder / "energy5_input": 60.0, folder / "energy6_input": 60.0}):
        source = hwmon(tmp_path).open(make_context({}))
        assert len(source.domains) == 2
        source.close()


def test_twins_are_told_from_sockets_that_are_near_each_other_by_chance() -> None:
    twins = [(place * 40_000, place * 40_000) for place in range(10)]
    late = [(place * 40_000, (place + place % 2) * 40_000) for place in range(10)]
    near = [(place * 40_000, place * 31_000 + 5) for place in range(10)]
    assert are_twins(twins)
    assert not are_twins(near)
    assert not are_twins(twins[:3]), "three steps prove nothing"
    assert not are_twins([(5, 5)] * 20), "dead counters are the self-check's business"
    assert not are_twins(late)


@pytest.mark.parametrize("content", ["0", "123456789"], ids=["zero", "constant"])
def test_a_dead_counter_is_refused_by_the_self_check(tmp_path: Path, content: str) -> None:
    folder = amd_energy(tmp_path, sockets=1)
    (folder / "energy5_input").write_text(content)
    opened = try_provider(hwmon(tmp_path), make_context({}), self_check=True)
    assert opened.probe.status == "refused" and "does not advance" in opened.probe.reason


def test_a_gauge_that_shows_nothing_is_refused_by_the_self_check(tmp_path: Path) -> None:
    grace(tmp_path, "Grace Power Socket 0", microwatts=0)
    opened = try_provider(hwmon(tmp_path), make_context({}), self_check=True)
    assert opened.probe.status == "refused" and "does not advance" in opened.probe.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [("", "holds b''"), ("garbage", "holds b'garbage"), ("-5", "less than nothing"), ("1.5", "not a number"), ("N/A", "N/A")],
)
@pytest.mark.parametrize("kind", ["counter", "gauge"])
def test_a_file_without_a_number_is_refused_with_its_content(tmp_path: Path, kind: str, content: str, reason: str) -> None:
    if kind == "counter":
        path = amd_energy(tmp_path, sockets=1) / "energy5_input"
    else:
        grace(tmp_path, "Grace Power Socket 0")
        path = tmp_path / "class" / "hwmon0" / "device" / "power1_average"
    path.write_text(content)
    found = probe(tmp_path)
    assert found.status == "refused" and reason in found.reason


def test_a_file_that_answers_with_an_input_output_error_is_refused_with_its_text(tmp_path: Path) -> None:
    folder = amd_energy(tmp_path, sockets=1)
    counter = folder / "energy5_input"
    counter.unlink()
    # Reading a process's memory at address 0 is an error that any user gets from a real kernel file.
    counter.symlink_to("/proc/self/mem")
    if not Path("/proc/self/mem").exists():
        pytest.skip("no /proc")
    found = probe(tmp_path)
    assert found.status == "refused" and "energy5_input: Input/output error" in found.reason


def test_a_sensor_that_is_unplugged_in_the_middle_makes_the_session_void(tmp_path: Path) -> None:
    folder = amd_energy(tmp_path / "counter", sockets=1)
    source: Any = hwmon(tmp_path / "counter").open(make_context({}))
    totals = Totals(source, time.perf_counter_ns)
    (folder / "energy5_input").unlink()
    totals.read()
    assert totals.invalid is not None and "energy5_input: No such device" in totals.invalid
    source.close()

    grace(tmp_path / "gauge", "Grace Power Socket 0")
    source = hwmon(tmp_path / "gauge").open(make_context({}))
    totals = Totals(source, time.perf_counter_ns)
    (tmp_path / "gauge" / "class" / "hwmon0" / "device" / "power1_average").unlink()
    time.sleep(0.25)
    totals.read()
    assert totals.invalid is not None and "power1_average: No such device" in totals.invalid
    source.close()


def test_a_reset_in_the_middle_makes_the_session_void(tmp_path: Path) -> None:
    folder = amd_energy(tmp_path, sockets=1)
    source: Any = hwmon(tmp_path).open(make_context({}))
    totals = Totals(source, time.perf_counter_ns)
    (folder / "energy5_input").write_text(f"{17:020d}\n")
    totals.read()
    assert totals.invalid is not None and "went back" in totals.invalid
    source.close()


def test_every_descriptor_is_closed(tmp_path: Path) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("no /proc")
    amd_energy(tmp_path / "a")
    grace(tmp_path / "b", "Grace Power Socket 0", "Grace Power Socket 1")
    before = len(os.listdir("/proc/self/fd"))
    for root in (tmp_path / "a", tmp_path / "b"):
        probe(root)
        source = hwmon(root).open(make_context({}))
        source.read()
        source.close()
        source.close()
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="becoming another user needs root")
def test_a_counter_for_root_only_names_the_remedy_and_never_chmod(tmp_path: Path) -> None:
    folder = amd_energy(tmp_path, sockets=1)
    (folder / "energy5_input").chmod(0o400)
    for parent in (tmp_path, *tmp_path.parents):
        if parent in (Path("/tmp"), Path("/")):
            break
        parent.chmod(0o755)
    code = """
import os, sys
from greenlint.profiler.providers.hwmon import Hwmon
from greenlint.profiler.selection import make_context
context = make_context({})
assert Hwmon(sys.argv[1]).probe(context).found
os.setgid(65534); os.setuid(65534)
found = Hwmon(sys.argv[1]).probe(context)
print(found.status, "|", found.reason, "|", found.remedy)
"""
    command = [sys.executable, "-c", code, str(tmp_path / "class")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    status, reason, remedy = done.stdout.strip().split(" | ")
    assert status == "refused" and reason.endswith("energy5_input: permission denied")
    assert "tmpfiles.d" in remedy and "/sys/class/hwmon/hwmon*/energy5_input" in remedy
    assert "chmod" not in remedy


def test_a_gauge_that_stands_still_while_the_load_changes_is_frozen() -> None:
    now_s, busy_s = [0.0], [0.0]
    watts = [12.5]
    check = FrozenCheck(lambda: (watts[0],), lambda: int(busy_s[0] * 1e9), lambda: int(now_s[0] * 1e9))

    def run(seconds: float, cpus: float, noise: float = 0.0) -> None:
        for step in range(int(seconds * 10)):
            now_s[0] += 0.1
            busy_s[0] += 0.1 * cpus
            watts[0] += noise if step % 2 else -noise
            check()

    run(30, 0.1)  # an idle machine may well show one value for long
    run(30, 1.0)
    run(5, 0.1, noise=0.001)
    run(30, 2.0, noise=0.001)  # the value moves: it is alive
    run(5, 0.1)
    with pytest.raises(ValueError, match=r"has shown 12.5 W for \d+ s while between 0.1 and 2.0 CPUs were busy"):
        run(12, 2.0)


def test_the_real_busy_time_of_the_machine_is_used_by_default() -> None:
    check = FrozenCheck(lambda: (1.0,))
    assert [check(), check(), check()] == [(1.0,)] * 3


def test_the_provider_keeps_its_contract(tmp_path: Path) -> None:
    folder = amd_energy(tmp_path / "a")
    with Writer({folder / "energy5_input": 60.0, folder / "energy6_input": 45.0}):
        assert check_provider(hwmon(tmp_path / "a")).found
    grace(tmp_path / "b", "Grace Power Socket 0")
    assert check_provider(hwmon(tmp_path / "b")).found
    assert check_provider(hwmon(tmp_path / "none")).status == "unavailable"
    assert check_provider(Hwmon()).status in ("unavailable", "refused", "found")


def test_the_root_is_taken_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    amd_energy(tmp_path, sockets=1)
    monkeypatch.setenv("GREENLINT_HWMON_ROOT", str(tmp_path / "class"))
    assert Hwmon().probe(make_context({})).found


def test_a_tree_of_strange_things_is_read_without_harm(tmp_path: Path) -> None:
    root = tmp_path / "class"
    root.mkdir()
    (root / "hwmon0").symlink_to(tmp_path / "gone")
    (root / "hwmon1").write_text("a file")
    (root / "hwmon2").mkdir()
    (root / "hwmon2" / "energy1_input").mkdir()
    (root / "hwmon2" / "name").write_bytes(b"\xff\xfe\x00zenergy")
    (root / "loop").symlink_to(root / "loop")
    assert len(find_sensors(str(root))) == 1
    assert probe(tmp_path).status == "refused"


# --- batteries ---


def supply(root: Path, name: str, **files: object) -> Path:
    for file, text in files.items():
        write(root / name / file, text)
    return root / name


def laptop(root: Path, **files: object) -> Path:
    supply(root, "AC", type="Mains", online=0)
    default = {"type": "Battery", "status": "Discharging", "present": 1, "power_now": f"{9_000_000:020d}"}
    return supply(root, "BAT0", **{**default, **files})


def battery(root: Path) -> Any:
    return BatteryProvider(str(root)).probe(make_context({}))


def test_a_machine_without_a_battery_has_none(tmp_path: Path) -> None:
    supply(tmp_path, "AC", type="Mains", online=1)
    supply(tmp_path, "hidpp_battery_0", type="Battery", scope="Device", status="Discharging", power_now=1)
    supply(tmp_path, "BAT1", type="Battery", present=0, status="Unknown")
    assert battery(tmp_path).status == "unavailable"
    assert battery(tmp_path / "gone").status == "unavailable"


def test_a_discharging_battery_measures_the_whole_machine(tmp_path: Path) -> None:
    laptop(tmp_path)
    found = battery(tmp_path)
    assert found.found and found.domains == ("machine",)
    assert BatteryProvider.whole_machine
    source = BatteryProvider(str(tmp_path)).open(make_context({}))
    assert "whole machine" in source.boundary
    source.close()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"status": "Charging"}, "BAT0 is charging"),
        ({"status": "Full"}, "no battery is discharging"),
        ({"status": "Unknown"}, "no battery is discharging"),
        ({"status": ""}, "BAT0 is gone"),
    ],
)
def test_a_battery_that_does_not_discharge_shows_the_charger_and_is_refused(
    tmp_path: Path, files: dict[str, object], reason: str
) -> None:
    laptop(tmp_path, **files)
    found = battery(tmp_path)
    assert found.status == "refused" and reason in found.reason
    assert "unplug" in found.remedy


@pytest.mark.parametrize("kind", ["Mains", "USB", "Wireless"])
def test_a_plugged_in_machine_is_refused_even_while_its_battery_discharges(tmp_path: Path, kind: str) -> None:
    laptop(tmp_path)
    supply(tmp_path, "port1", type=kind, online=1)
    found = battery(tmp_path)
    assert found.status == "refused" and "plugged in (port1 is online)" in found.reason


@pytest.mark.parametrize("current", ["1500000", "-1500000"])
def test_volts_times_amperes_where_there_is_no_power(tmp_path: Path, current: str) -> None:
    folder = laptop(tmp_path, voltage_now=12_000_000, current_now=current)
    (folder / "power_now").unlink()
    assert battery_watts(tmp_path) == pytest.approx(18.0, rel=0.2)


def battery_watts(root: Path) -> float:
    source = BatteryProvider(str(root), 0.05).open(make_context({}))
    first, start = source.read()[0], time.perf_counter()
    time.sleep(0.5)
    energy, seconds = source.read()[0] - first, time.perf_counter() - start
    source.close()
    return energy / 1e6 / seconds


def test_two_batteries_of_which_one_rests_are_added(tmp_path: Path) -> None:
    laptop(tmp_path)
    supply(tmp_path, "BAT1", type="Battery", status="Not charging", present=1, power_now=5_000_000)
    assert battery_watts(tmp_path) == pytest.approx(9.0, rel=0.2)


def test_plugging_in_makes_the_session_void(tmp_path: Path) -> None:
    laptop(tmp_path)
    source: Any = BatteryProvider(str(tmp_path), 0.05).open(make_context({}))
    totals = Totals(source, time.perf_counter_ns)
    write(tmp_path / "AC" / "online", 1)
    time.sleep(0.3)
    totals.read()
    source.close()
    assert totals.invalid is not None and "plugged in (AC is online)" in totals.invalid


def test_a_battery_that_shows_no_power_is_refused(tmp_path: Path) -> None:
    folder = laptop(tmp_path)
    (folder / "power_now").unlink()
    found = battery(tmp_path)
    assert found.status == "refused" and "voltage_now: No such file" in found.reason
    write(folder / "power_now", "garbage")
    assert "not a number" in battery(tmp_path).reason


def test_the_battery_keeps_its_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop(tmp_path)
    assert check_provider(BatteryProvider(str(tmp_path))).found
    assert not check_provider(BatteryProvider(str(tmp_path / "gone"))).found
    assert check_provider(BatteryProvider()).status in ("unavailable", "refused", "found")
    monkeypatch.setenv("GREENLINT_POWER_SUPPLY_ROOT", str(tmp_path))
    assert BatteryProvider().probe(make_context({})).found
