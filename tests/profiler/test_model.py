"""The CPU-time model: plausible on every machine, honest about what it does not know."""

from __future__ import annotations

import math
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shell import slowness

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.accounts.model import ModelAccount
from greenlint.profiler.cpu import CpuIdentity
from greenlint.profiler.machine import describe_machine
from greenlint.profiler.meter import Meter
from greenlint.profiler.power_model import PowerModel, spread
from greenlint.profiler.provider import Context
from greenlint.profiler.providers.model import ModelProvider, fit_machine, load_data
from greenlint.profiler.reading import Reading
from greenlint.testing import check_provider

MILAN = CpuIdentity("x86_64", "AuthenticAMD", 25, 1, 1, "AMD EPYC 7763 64-Core Processor", 4)
MASKED = MILAN._replace(name="AMD EPYC")
LAPTOP = CpuIdentity("x86_64", "AuthenticAMD", 23, 96, 1, "AMD Ryzen 7 PRO 4750U with Radeon Graphics", 16)


def context(cpu: CpuIdentity, *, virtual: bool = True, **settings: object) -> Context:
    return Context(describe_machine(cpu)._replace(virtualised=virtual), cpu, settings)


def model_of(cpu: CpuIdentity, *, virtual: bool = True, **settings: object) -> PowerModel:
    return fit_machine(context(cpu, virtual=virtual, **settings))


def account(cpu: CpuIdentity, **settings: object) -> ModelAccount:
    return ModelAccount(model_of(cpu, **settings), "here", 1000)


def window(cpu_s: float, wall_s: float) -> tuple[Reading, Reading]:
    return Reading(0, 0), Reading(round(wall_s * 1e9), round(cpu_s * 1e9))


def test_a_small_virtual_machine_on_a_big_processor_gets_its_share_only() -> None:
    model = model_of(MILAN)
    assert model.tier == "A" and model.architecture == "epyc3-milan"
    assert model.full_w == pytest.approx(8.1, abs=0.3)  # the 4-vCPU runner of a public CI; its socket's TDP is 280 W
    assert model.idle_w == pytest.approx(1.75, abs=0.15)


def test_less_knowledge_means_a_wider_interval() -> None:
    models = [model_of(MILAN), model_of(MASKED), model_of(MASKED._replace(model=99)), model_of(LAPTOP)]
    assert [model.tier for model in models] == ["A", "B", "C", "D"]
    for narrower, wider in pairwise(models):
        assert narrower.dynamic_sd < wider.dynamic_sd
        assert narrower.idle_sd < wider.idle_sd
    stated = model_of(MASKED._replace(model=99), tdp_w=280, threads_per_socket=128)
    assert stated.tier == "A0"
    assert models[0].dynamic_sd < stated.dynamic_sd < models[1].dynamic_sd


def test_an_unknown_processor_is_a_default_not_a_model() -> None:
    assert model_of(MILAN).method is Method.MODEL
    assert model_of(MASKED).method is Method.MODEL
    assert model_of(MASKED._replace(model=99)).method is Method.DEFAULT
    assert model_of(LAPTOP).method is Method.DEFAULT


def test_a_stated_tdp_goes_before_the_listed_one() -> None:
    assert model_of(MILAN, tdp_w=225).full_w < model_of(MILAN).full_w
    assert model_of(MILAN, tdp_w=225).tier == "A"


def test_a_tdp_without_the_hosts_threads_is_not_divided_by_the_guests() -> None:
    model = model_of(MASKED, tdp_w=280)
    assert model.tier == "B"
    assert "threads_per_socket" in model.note
    assert model.full_w < 15


def test_bare_metal_needs_the_tdp_only() -> None:
    cpu = MASKED._replace(model=99, logical_cpus=256, threads_per_socket=128)
    model = model_of(cpu, virtual=False, tdp_w=280)
    assert model.tier == "A0"
    assert model.full_w == pytest.approx(2 * 280 * 1.076, rel=0.01)  # two sockets


def test_multithreading_switched_off_does_not_halve_the_machine() -> None:
    on = model_of(MILAN._replace(logical_cpus=256, threads_per_socket=128), virtual=False)
    off = model_of(MILAN._replace(logical_cpus=128, threads_per_socket=64), virtual=False)
    assert off.full_w == pytest.approx(on.full_w)
    hidden = model_of(MILAN._replace(logical_cpus=4, threads_per_socket=4), virtual=False)  # a container with 4 of 128
    assert hidden.full_w == pytest.approx(model_of(MILAN).full_w)


@given(cpu_s=st.floats(0, 1e4), more=st.floats(0, 1e4), wall_s=st.floats(0, 1e4))
def test_energy_grows_with_cpu_time_and_never_falls_below_zero(cpu_s: float, more: float, wall_s: float) -> None:
    model = account(MILAN)
    for idle in ("apart", "wall"):
        little, much = model.energy(*window(cpu_s, wall_s), idle), model.energy(*window(cpu_s + more, wall_s), idle)
        assert 0 <= little.energy_j <= much.energy_j
        low, high = much.interval
        assert 0 <= low <= much.energy_j <= high or much.below_limit


@pytest.mark.parametrize(("cpu", "tier"), [(MILAN, "A"), (MASKED, "B"), (MASKED._replace(model=99), "C"), (LAPTOP, "D")])
def test_the_interval_is_the_stated_one(cpu: CpuIdentity, tier: str) -> None:
    energy = account(cpu).energy(*window(1000, 1000), "apart")
    sigma = spread(load_data("power_model.json")["intervals90"][tier]["dynamic"])
    low, high = energy.interval
    if sigma > 0.3:  # below that the interval is the normal one
        assert low / energy.energy_j == pytest.approx(math.exp(-1.96 * sigma), rel=0.01)
        assert high / energy.energy_j == pytest.approx(math.exp(1.96 * sigma), rel=0.01)
    assert low < energy.energy_j < high


def test_the_idle_policy_decides_who_pays_for_wall_time() -> None:
    model = account(MILAN)
    apart, wall = (model.energy(*window(1, 10), idle) for idle in ("apart", "wall"))
    assert apart.idle_j == 0
    assert wall.idle_j == pytest.approx(17.5, abs=1.5)
    assert wall.dynamic_j == pytest.approx(apart.energy_j)
    assert apart.incomparable(wall)


def test_repeats_do_not_average_the_model_error_away() -> None:
    model = account(MILAN)
    one = model.energy(*window(1, 1), "apart")
    total = one
    for _ in range(99):
        total = total + model.energy(*window(1, 1), "apart")
    assert total.u / total.energy_j == pytest.approx(one.u / one.energy_j, rel=0.01)


def test_working_costs_at_least_ten_times_what_sleeping_does() -> None:
    with Meter.open("model") as meter:
        start = meter.read()
        time.sleep(0.3)
        middle = meter.read()
        while meter.read().cpu_ns - middle.cpu_ns < 300_000_000:
            sum(range(1000))
        end = meter.read()
    asleep, awake = meter.energy(start, middle), meter.energy(middle, end)
    assert awake.energy_j > 10 * asleep.energy_j
    assert awake.method.mark == "estimated"


@pytest.mark.parametrize(
    "settings",
    [
        {"tdp_w": 0},
        {"tdp_w": -5},
        {"tdp_w": "280 W"},
        {"tdp_w": True},
        {"tdp_w": float("nan")},
        {"tdp_w": float("inf")},
        {"tdp_w": 28000},
        {"tdp_w": [280]},
        {"tdp_w": 100, "threads_per_socket": 0},
        {"threads_per_socket": "many"},
    ],
)
def test_unusable_settings_are_refused_by_name(settings: dict[str, object]) -> None:
    with pytest.raises(ProviderError, match=r"machine\.(tdp_w|threads_per_socket)"):
        Meter.open("model", settings=settings)


def test_the_provider_keeps_its_contract() -> None:
    assert check_provider(ModelProvider()).found
    assert check_provider(ModelProvider(), settings={"tdp_w": 280, "threads_per_socket": 128}).found
    assert not check_provider(ModelProvider(), settings={"tdp_w": -1}).found


def test_the_probe_tells_tier_interval_version_and_date() -> None:
    probe = ModelProvider().probe(context(MASKED))
    assert probe.reason == "tier B: CPU architecture known"
    assert "tdp_w" in probe.remedy
    assert probe.facts["model"] == "2026.2, published results to 2026-02"
    assert {"idle", "full", "per_busy_cpu", "interval90"} <= set(probe.facts)


def test_probing_takes_at_most_five_milliseconds_with_its_data_files() -> None:
    provider, here = ModelProvider(), context(MILAN)
    seconds = []
    for _ in range(20):
        start = time.thread_time()
        provider.probe(here)
        seconds.append(time.thread_time() - start)
    assert sorted(seconds)[10] < 0.005 * slowness()
