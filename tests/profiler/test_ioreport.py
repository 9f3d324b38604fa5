"""Apple's energy model by replay: samples in the shape that chips were seen to give, and in shapes that are wrong."""

from __future__ import annotations

import ctypes
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.accounts.totals import Totals
from greenlint.profiler.apple_chip import Chip
from greenlint.profiler.apple_ioreport import AppleIoReport
from greenlint.profiler.energy_model import PICOJOULES, Channel, find_layout, picojoules
from greenlint.profiler.providers.ioreport import IoReport
from greenlint.profiler.selection import make_context, try_provider
from greenlint.testing import check_provider

FAST_S = 0.06

# Name -> (unit, W). Clusters, cores and SRAM are parts of the totals; "GPU" and "GPU0" show "GPU Energy" once more.
M1 = {
    "EACC_CPU0": ("mJ", 0.5),
    "EACC_CPU": ("mJ", 0.8),
    "PACC0_CPU": ("mJ", 5.2),
    "PACC0_CPU0_SRAM": ("mJ", 0.1),
    "CPU Energy": ("mJ", 6.0),
    "GPU": ("mJ", 2.0),
    "GPU SRAM": ("mJ", 0.1),
    "GPU Energy": ("nJ", 2.0),
    "ANE0": ("mJ", 0.0),
    "ANE0_SRAM": ("mJ", 0.3),
    "DRAM0": ("mJ", 1.5),
    "DCS0": ("mJ", 0.7),
    "ISP0": ("uJ", 0.2),
}
ULTRA = {
    "DIE_0_EACC_CPU0": ("mJ", 0.1),
    "DIE_0_CPU Energy": ("mJ", 3.0),
    "DIE_1_CPU Energy": ("mJ", 1.5),
    "DIE_1_PACC1_CPM": ("mJ", 0.2),
    "GPU0_0": ("mJ", 4.0),
    "GPU Energy": ("nJ", 4.0),
    "ANE0_0": ("mJ", 0.25),
    "ANE0_1": ("mJ", 0.25),
    "DRAM0_0": ("mJ", 1.0),
    "DRAM0_1": ("uJ", 1.25),
    "AMCC0_1": ("mJ", 0.5),
}


class Mac:
    """Stands in for a subscription: cumulative counters at known watts, whole in their unit as the real ones are.

    frozen  channels that stand still; broken  what every further sample raises; held  snapshots that were not released
    """

    def __init__(self, channels: dict[str, tuple[str, float]], *, frozen: tuple[str, ...] = ()) -> None:
        self.channels, self.frozen = dict(channels), set(frozen)
        self.start = time.perf_counter()
        self.broken: Exception | None = None
        self.held: set[int] = set()
        self.snapshots: dict[int, dict[str, tuple[str, int]]] = {}
        self.subscriptions = 0
        self.stopped_at: dict[str, float] = {}

    def freeze(self, *names: str) -> None:
        self.stopped_at |= dict.fromkeys(names, time.perf_counter() - self.start)

    def sample(self) -> int:
        if self.broken:
            raise self.broken
        elapsed = time.perf_counter() - self.start
        number = len(self.snapshots) + 1
        self.snapshots[number] = {
            name: (
                unit,
                int((0 if name in self.frozen else self.stopped_at.get(name, elapsed)) * watts * 1e12) // PICOJOULES[unit],
            )
            for name, (unit, watts) in self.channels.items()
        }
        self.held.add(number)
        return number

    def delta(self, before: int, after: int) -> list[Channel]:
        assert {before, after} <= self.held, "a released snapshot was used"
        first, last = self.snapshots[before], self.snapshots[after]
        return [Channel(name, unit, value - first.get(name, (unit, 0))[1]) for name, (unit, value) in last.items()]

    def release(self, snapshot: int) -> None:
        self.held.remove(snapshot)

    def close(self) -> None:
        assert self.subscriptions > 0, "closed twice"
        self.subscriptions -= 1

    def connect(self) -> Mac:
        self.subscriptions += 1
        return self

    @property
    def closed(self) -> bool:
        return self.subscriptions == 0


def provider(mac: Mac, still_s: float = 5.0) -> IoReport:
    return IoReport(mac.connect, FAST_S, still_s)


def probe(mac: Mac) -> Any:
    return provider(mac).probe(make_context({}))


def channels(layout: dict[str, tuple[str, float]]) -> list[Channel]:
    return [Channel(name, unit, 0) for name, (unit, _) in layout.items()]


# --- which channels are totals ---


def test_totals_are_used_and_their_parts_are_not() -> None:
    layout = find_layout(channels(M1))
    assert layout.blocks == {"CPU": ("CPU Energy",), "GPU": ("GPU Energy",), "ANE": ("ANE0",), "DRAM": ("DRAM0",)}
    assert layout.boundary == "Apple chip: CPU + GPU + ANE + DRAM (IOReport energy model)"


def test_the_dies_of_an_ultra_are_added() -> None:
    layout = find_layout(channels(ULTRA))
    assert layout.cpu == ("DIE_0_CPU Energy", "DIE_1_CPU Energy")
    assert layout.blocks["GPU"] == ("GPU Energy",)
    assert layout.blocks["ANE"] == ("ANE0_0", "ANE0_1")
    assert layout.blocks["DRAM"] == ("DRAM0_0", "DRAM0_1")


def test_a_total_of_the_chip_beside_those_of_its_dies_is_used_alone() -> None:
    both = [*channels(ULTRA), Channel("CPU Energy", "mJ", 0), Channel("ANE Energy", "mJ", 0), Channel("DRAM", "mJ", 0)]
    layout = find_layout(both)
    assert layout.blocks == {"CPU": ("CPU Energy",), "GPU": ("GPU Energy",), "ANE": ("ANE Energy",), "DRAM": ("DRAM",)}


def test_without_gpu_energy_the_coarser_gpu_channel_is_used() -> None:
    names = ["CPU Energy", "GPU", "GPU0_0"]
    assert find_layout([Channel(name, "mJ", 0) for name in names]).blocks["GPU"] == ("GPU",)


def test_blocks_that_are_missing_are_named_in_the_boundary() -> None:
    layout = find_layout([Channel("CPU Energy", "mJ", 0), Channel("DRAM", "mJ", 0)])
    assert layout.boundary == "Apple chip: CPU + DRAM, without GPU, ANE (IOReport energy model)"


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ([], "no channel CPU Energy \\(it has no channel at all\\)"),
        ([Channel("PCPU", "mJ", 0), Channel("GPU Energy", "nJ", 0)], "it has GPU Energy, PCPU"),
        ([Channel("CPU", "mJ", 0)], "no channel CPU Energy"),
        ([Channel("CPU Energy", "mJ", 0), Channel("CPU Energy", "mJ", 0)], "CPU Energy exists 2 times"),
        ([Channel("CPU Energy", "kWh", 0)], "unknown unit 'kWh'"),
        ([Channel("CPU Energy", "", 0)], "unknown unit ''"),
        ([Channel("CPU Energy", "mJ", 0), Channel("DRAM", "mW", 0)], "DRAM counts in the unknown unit 'mW'"),
    ],
)
def test_a_chip_that_cannot_be_understood_is_a_clear_error(found: list[Channel], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        find_layout(found)


def test_names_that_only_look_like_totals_are_not_taken() -> None:
    odd = ["xCPU Energy", "CPU Energy2", "DIE_CPU Energy", "GPU Energy ", "ANE0_SRAM", "DRAM_x", "GPU0_0_0"]
    layout = find_layout([Channel("CPU Energy", "mJ", 0), *(Channel(name, "mJ", 0) for name in odd)])
    assert layout.blocks == {"CPU": ("CPU Energy",)}


@pytest.mark.parametrize(
    ("unit", "value", "pj"),
    [("mJ", 3, 3 * 10**9), ("uJ", 3, 3 * 10**6), ("µJ", 3, 3 * 10**6), ("nJ", 3, 3000), ("pJ", 3, 3), ("J", 3, 3 * 10**12)],
)
def test_each_channel_counts_in_the_unit_of_its_own_label(unit: str, value: int, pj: int) -> None:
    assert picojoules([Channel("a", unit, value), Channel("b", "mJ", 9)], ["a"]) == {"a": pj}


def test_a_channel_that_vanishes_or_goes_back_is_a_clear_error() -> None:
    with pytest.raises(ValueError, match="DRAM is missing"):
        picojoules([Channel("CPU Energy", "mJ", 1)], ["CPU Energy", "DRAM"])
    with pytest.raises(ValueError, match="CPU Energy went back by 7 mJ"):
        picojoules([Channel("CPU Energy", "mJ", -7)], ["CPU Energy"])


@given(
    st.lists(
        st.builds(
            Channel,
            st.one_of(st.text(max_size=12), st.sampled_from([*M1, *ULTRA, "CPU Energy"])),
            st.sampled_from(["mJ", "uJ", "nJ", "", "W", "mJ"]),
            st.integers(-(2**63), 2**63 - 1),
        )
    )
)
def test_any_channels_give_a_layout_with_cpu_totals_or_a_clear_error(found: list[Channel]) -> None:
    try:
        layout = find_layout(found)
    except ValueError as error:
        assert str(error)
    else:
        assert layout.cpu
        names = [name for names in layout.blocks.values() for name in names]
        assert len(set(names)) == len(names)


# --- the provider ---


def test_chip_and_memory_are_two_domains() -> None:
    found = probe(Mac(M1))
    assert found.found and found.method is Method.COUNTER
    assert found.domains == ("soc", "dram")
    assert found.facts["channels"] == "CPU Energy, GPU Energy, ANE0, DRAM0"


@pytest.mark.parametrize(("chip", "watts"), [(M1, 9.5), (ULTRA, 11.25)], ids=["one die", "Ultra"])
def test_the_energy_of_a_window_is_the_sum_of_the_totals_across_units(chip: dict[str, tuple[str, float]], watts: float) -> None:
    mac = Mac(chip)
    opened = try_provider(provider(mac), make_context({}), self_check=True)
    source: Any = opened.source
    assert source is not None, opened.probe.reason
    before, start = source.read(), time.perf_counter()
    time.sleep(0.5)
    used, seconds = sum(source.read()) - sum(before), time.perf_counter() - start
    source.close()
    assert used / 1e6 == pytest.approx(watts * seconds, abs=watts * 3 * FAST_S)
    assert mac.closed and not mac.held


def test_nothing_is_lost_between_samples() -> None:
    mac = Mac(M1)
    chip = Chip(mac.connect(), 5.0)
    first = mac.snapshots[max(mac.snapshots)]
    for _ in range(50):
        time.sleep(0.001)
        totals = chip.poll()
    last = mac.snapshots[max(mac.snapshots)]

    def pj(name: str) -> int:
        return (last[name][1] - first[name][1]) * PICOJOULES[M1[name][0]]

    # The last millijoule of the GPU waits until the CPU has moved.
    soc = sum(map(pj, ("CPU Energy", "GPU Energy", "ANE0"))) // 10**6
    assert soc - 2.0 * 20e3 <= totals[0] <= soc
    assert totals[1] == pj("DRAM0") // 10**6
    chip.close()


def test_a_frozen_cpu_channel_is_refused_although_gpu_and_memory_count() -> None:
    mac = Mac(M1, frozen=("CPU Energy",))
    opened = try_provider(provider(mac), make_context({}), self_check=True)
    assert opened.source is None
    assert opened.probe.status == "refused" and "soc does not advance" in opened.probe.reason
    assert mac.closed and not mac.held


def test_one_frozen_die_of_an_ultra_is_refused() -> None:
    opened = try_provider(provider(Mac(ULTRA, frozen=("DIE_1_CPU Energy",))), make_context({}), self_check=True)
    assert opened.source is None and "soc does not advance" in opened.probe.reason


def test_a_neural_engine_that_nobody_uses_does_no_harm_and_counts_once_it_is_used() -> None:
    mac = Mac(M1)
    opened = try_provider(provider(mac), make_context({}), self_check=True)
    source: Any = opened.source
    before = source.read()[0]
    mac.channels["ANE0"] = ("mJ", 50.0)
    time.sleep(0.2)
    assert source.read()[0] - before > 50e6 * 0.1
    source.close()


def test_a_cpu_channel_that_freezes_in_the_middle_makes_the_session_void() -> None:
    mac = Mac(M1)
    source: Any = provider(mac, still_s=0.1).open(make_context({}))
    totals = Totals(source, time.perf_counter_ns)
    time.sleep(0.06)
    totals.read()
    assert totals.invalid is None
    mac.freeze("CPU Energy")
    time.sleep(0.4)
    totals.read()
    source.close()
    assert totals.invalid is not None and "CPU Energy has stood still" in totals.invalid and "macmon#76" in totals.invalid


def test_half_an_hour_of_energy_at_once_is_not_believed() -> None:
    mac = Mac(M1, frozen=("CPU Energy",))
    source: Any = provider(mac).open(make_context({}))
    totals = Totals(source, time.perf_counter_ns)
    time.sleep(0.05)
    totals.read()
    mac.frozen.clear()
    mac.channels["CPU Energy"] = ("mJ", 4e4)  # 40 kW for the time since the start: what had been kept back
    time.sleep(0.2)
    totals.read()
    source.close()
    assert totals.invalid is not None and "soc jumped" in totals.invalid


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda mac: mac.channels.pop("DRAM0"), "DRAM0 is missing"),
        (lambda mac: mac.channels.__setitem__("CPU Energy", ("uJ", -5.0)), "went back"),
        (lambda mac: setattr(mac, "broken", OSError("IOReport gave no sample")), "gave no sample"),
    ],
    ids=["a channel vanishes", "a counter goes back", "the system gives nothing"],
)
def test_what_goes_wrong_in_the_middle_makes_the_session_void(change: Any, reason: str) -> None:
    mac = Mac(M1)
    source: Any = provider(mac).open(make_context({}))
    totals = Totals(source, time.perf_counter_ns)
    change(mac)
    time.sleep(0.3)
    totals.read()
    source.close()
    assert totals.invalid is not None and reason in totals.invalid
    assert mac.closed and not mac.held


def test_a_chip_without_cpu_energy_is_refused_and_everything_is_released() -> None:
    mac = Mac({"GPU Energy": ("nJ", 1.0)})
    found = probe(mac)
    assert found.status == "refused" and "no channel CPU Energy (it has GPU Energy)" in found.reason
    assert mac.closed and not mac.held
    with pytest.raises(ProviderError, match="no channel CPU Energy"):
        provider(Mac({})).open(make_context({}))


def test_a_system_that_refuses_the_subscription_is_refused_with_its_reason() -> None:
    def nothing() -> Mac:
        raise OSError("IOReport has no group Energy Model")

    found = IoReport(nothing).probe(make_context({}))
    assert found.status == "refused" and found.reason == "IOReport has no group Energy Model" and found.remedy


def test_the_provider_keeps_its_contract() -> None:
    assert check_provider(provider(Mac(M1))).found
    assert check_provider(provider(Mac(ULTRA))).found
    assert not check_provider(provider(Mac({}))).found
    assert check_provider(IoReport()).status in ("unavailable", "refused", "found")


def test_on_other_machines_the_system_is_not_asked() -> None:
    context = make_context({})
    if context.machine.os == "darwin":
        pytest.skip("this is a Mac")
    assert IoReport().probe(context).reason == "it needs a Mac with an Apple chip"
    with pytest.raises(ProviderError, match="Apple chip"):
        IoReport().open(context)


# --- the calls into macOS ---


class SimulatedLibraries:
    """CoreFoundation and libIOReport as far as they are called, with reference counts; objects are numbers."""

    def __init__(self, *, missing: str = "") -> None:
        self.objects: dict[int, Any] = {}
        self.counts: dict[int, int] = {}
        self.missing = missing
        self.value = 0
        for name in dir(self):
            if name.startswith("do_"):
                setattr(self, name.removeprefix("do_"), self._function(name))

    def _function(self, name: str) -> Any:
        method = getattr(self, name)

        def call(*arguments: Any) -> Any:
            assert len(arguments) == len(call.argtypes)  # type: ignore[attr-defined]
            return None if name == f"do_{self.missing}" else method(*arguments)

        return call

    def new(self, value: Any) -> int:
        number = 1000 + len(self.objects)
        self.objects[number], self.counts[number] = value, 1
        return number

    def live(self, number: int) -> Any:
        assert self.counts[number] > 0, "an object was used after it was released"
        return self.objects[number]

    def do_CFRelease(self, number: int) -> None:
        self.live(number)
        self.counts[number] -= 1

    def do_CFStringCreateWithCString(self, allocator: None, text: bytes, encoding: int) -> int:
        assert encoding == 0x08000100
        return self.new(text)

    def do_CFStringGetCString(self, number: int, buffer: Any, size: int, encoding: int) -> int:
        buffer.value = self.live(number)[: size - 1]
        return 1

    def do_CFDictionaryCreateMutableCopy(self, allocator: None, size: int, number: int) -> int:
        return self.new(self.live(number))

    def do_CFDictionaryGetValue(self, number: int, key: int) -> int | None:
        assert self.live(key) == b"IOReportChannels"
        found = self.live(number)
        return self.static(found) if found is not None else None

    def static(self, value: Any) -> int:
        """An object that its container owns: whoever gets it must not release it."""
        number = self.new(value)
        self.counts[number] = 10**6
        return number

    def do_CFArrayGetCount(self, number: int) -> int:
        return len(self.live(number))

    def do_CFArrayGetValueAtIndex(self, number: int, index: int) -> int:
        return self.static(self.live(number)[index])

    def do_IOReportCopyChannelsInGroup(self, group: int, subgroup: None, a: int, b: int, c: int) -> int:
        assert self.live(group) == b"Energy Model"
        return self.new("channels")

    def do_IOReportCreateSubscription(self, a: None, wanted: int, subscribed: Any, b: int, c: None) -> int:
        subscribed._obj.value = self.static(self.live(wanted))
        return self.new("subscription")

    def do_IOReportCreateSamples(self, subscription: int, wanted: int, a: None) -> int:
        assert (self.live(subscription), self.live(wanted)) == ("subscription", "channels")
        self.value += 40
        return self.new(self.value)

    def do_IOReportCreateSamplesDelta(self, before: int, after: int, a: None) -> int:
        used = self.live(after) - self.live(before)
        rows = [("CPU Energy", "mJ ", 1, used), ("GPU Energy", "nJ", 1, 5), ("histogram", "events", 3, 7)]
        return self.new(rows)

    def do_IOReportChannelGetChannelName(self, item: int) -> int:
        return self.static(self.live(item)[0].encode())

    def do_IOReportChannelGetUnitLabel(self, item: int) -> int:
        return self.static(self.live(item)[1].encode())

    def do_IOReportChannelGetFormat(self, item: int) -> int:
        return int(self.live(item)[2])

    def do_IOReportSimpleGetIntegerValue(self, item: int, index: int) -> int:
        return int(self.live(item)[3])

    @property
    def leaked(self) -> list[Any]:
        return [self.objects[number] for number, count in self.counts.items() if 0 < count < 10**5]


def simulate(monkeypatch: pytest.MonkeyPatch, libraries: SimulatedLibraries) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda path: libraries)


def test_the_calls_into_macos_give_simple_channels_with_their_units_and_leak_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = SimulatedLibraries()
    simulate(monkeypatch, libraries)
    api = AppleIoReport()
    before, after = api.sample(), api.sample()
    assert api.delta(before, after) == [Channel("CPU Energy", "mJ", 40), Channel("GPU Energy", "nJ", 5)]
    api.release(before)
    api.release(after)
    api.close()
    assert libraries.leaked == []


@pytest.mark.parametrize(
    "missing",
    ["IOReportCopyChannelsInGroup", "CFDictionaryCreateMutableCopy", "IOReportCreateSubscription", "CFStringCreateWithCString"],
)
def test_a_subscription_that_fails_is_an_error_and_leaks_nothing(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    libraries = SimulatedLibraries(missing=missing)
    simulate(monkeypatch, libraries)
    with pytest.raises(OSError, match="IOReport"):
        AppleIoReport()
    assert libraries.leaked == []


@pytest.mark.parametrize("missing", ["IOReportCreateSamples", "IOReportCreateSamplesDelta", "CFDictionaryGetValue"])
def test_a_sample_that_fails_is_refused_and_leaks_nothing(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    libraries = SimulatedLibraries(missing=missing)
    simulate(monkeypatch, libraries)
    found = IoReport(AppleIoReport).probe(make_context({}))
    assert found.status == "refused" and found.reason
    assert libraries.leaked == []
