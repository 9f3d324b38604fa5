"""The CPU-time model: plausible on every machine, honest about what it does not know."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import greenlint.profiler
from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.accounts.model import ModelAccount
from greenlint.profiler.cpu import CpuIdentity
from greenlint.profiler.machine import describe_machine
from greenlint.profiler.meter import Meter
from greenlint.profiler.provider import Context
from greenlint.profiler.providers.model import ModelProvider, fit_machine
from greenlint.profiler.reading import Reading
from greenlint.testing import check_provider

MILAN = CpuIdentity("x86_64", "AuthenticAMD", 25, 1, 1, "AMD EPYC 7763 64-Core Processor", 4, frozenset({"hypervisor"}))


def context(cpu: CpuIdentity, **settings: object) -> Context:
    return Context(describe_machine(cpu), cpu, settings)


def account(cpu: CpuIdentity, **settings: object) -> ModelAccount:
    return ModelAccount(fit_machine(context(cpu, **settings)), "here", 1000)


def window(cpu_s: float, wall_s: float) -> tuple[Reading, Reading]:
    return Reading(0, 0), Reading(round(wall_s * 1e9), round(cpu_s * 1e9))


def test_a_small_virtual_machine_on_a_big_processor_gets_its_share_only() -> None:
    model = fit_machine(context(MILAN))
    assert model.tier == "B" and model.architecture == "epyc3-milan"
    assert model.full_w == pytest.approx(8.0, abs=0.3)  # the worked example of a 4-vCPU runner; its socket's TDP is 280 W
    assert model.idle_w == pytest.approx(1.8, abs=0.1)


def test_a_stated_tdp_gives_the_best_tier() -> None:
    model = fit_machine(context(MILAN, tdp_w=280, threads_per_socket=128))
    assert model.tier == "A"
    assert model.full_w == pytest.approx(8.0, abs=0.3)
    assert model.dynamic_sd < fit_machine(context(MILAN)).dynamic_sd


def test_less_knowledge_means_a_wider_interval() -> None:
    unknown = MILAN._replace(model=99)
    laptop = MILAN._replace(name="AMD Ryzen 7 PRO 4750U")
    arm = CpuIdentity("aarch64", "0x41", -1, -1, -1, "", 8)
    models = [fit_machine(context(cpu)) for cpu in (MILAN, unknown, laptop)]
    assert [model.tier for model in models] == ["B", "C", "D"]
    assert models[0].dynamic_sd < models[1].dynamic_sd < models[2].dynamic_sd
    assert fit_machine(context(arm)).tier == "D"


def test_an_unknown_processor_is_a_default_not_a_model() -> None:
    assert fit_machine(context(MILAN)).method is Method.MODEL
    assert fit_machine(context(MILAN._replace(model=99))).method is Method.DEFAULT


@pytest.mark.parametrize(
    ("vendor", "family", "model", "stepping", "name", "architecture"),
    [
        ("GenuineIntel", 6, 85, 4, "", "skylake-sp"),
        ("GenuineIntel", 6, 85, 7, "", "cascadelake"),
        ("GenuineIntel", 6, 85, 11, "", "icelake/cooperlake"),
        ("GenuineIntel", 6, 207, 2, "Intel(R) Xeon(R) Processor", "emeraldrapids"),
        ("AuthenticAMD", 25, 160, 1, "AMD EPYC 8324P 32-Core Processor", "epyc4-siena"),
        ("AuthenticAMD", 25, 160, 1, "AMD EPYC 9754 128-Core Processor", "epyc4-genoa"),
        ("AuthenticAMD", 26, 2, 1, "AMD EPYC", "epyc5-turin"),
        ("GenuineIntel", 6, 158, 10, "Intel(R) Core(TM) i7-8700 CPU", "unknown"),
    ],
)
def test_processors_are_known_by_their_numbers(
    vendor: str, family: int, model: int, stepping: int, name: str, architecture: str
) -> None:
    cpu = CpuIdentity("x86_64", vendor, family, model, stepping, name, 2)
    assert fit_machine(context(cpu)).architecture == architecture


@given(cpu_s=st.floats(0, 1e4), more=st.floats(0, 1e4), wall_s=st.floats(0, 1e4))
def test_energy_grows_with_cpu_time_and_never_falls_below_zero(cpu_s: float, more: float, wall_s: float) -> None:
    model = account(MILAN)
    for idle in ("apart", "wall"):
        little, much = model.energy(*window(cpu_s, wall_s), idle), model.energy(*window(cpu_s + more, wall_s), idle)
        assert 0 <= little.energy_j <= much.energy_j
        low, high = much.interval
        assert 0 <= low <= much.energy_j <= high or much.below_limit


def test_the_interval_is_the_stated_one() -> None:
    energy = account(MILAN._replace(model=99)).energy(*window(1000, 1000), "apart")
    sigma = max(-math.log(0.44), math.log(1.89)) / 1.644854
    low, high = energy.interval
    assert low / energy.energy_j == pytest.approx(math.exp(-1.96 * sigma), rel=0.01)
    assert high / energy.energy_j == pytest.approx(math.exp(1.96 * sigma), rel=0.01)


def test_the_idle_policy_decides_who_pays_for_wall_time() -> None:
    model = account(MILAN)
    apart, wall = (model.energy(*window(1, 10), idle) for idle in ("apart", "wall"))
    assert apart.idle_j == 0
    assert wall.idle_j == pytest.approx(18, abs=1)
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
    "settings", [{"tdp_w": 0}, {"tdp_w": -5}, {"tdp_w": "280 W"}, {"tdp_w": True}, {"tdp_w": 100, "threads_per_socket": 0}]
)
def test_unusable_settings_are_refused_by_name(settings: dict[str, object]) -> None:
    with pytest.raises(ProviderError, match=r"machine\.(tdp_w|threads_per_socket)"):
        Meter.open("model", settings=settings)


def test_the_table_names_its_source_and_is_complete() -> None:
    folder = Path(greenlint.profiler.__file__).parent
    table = json.loads((folder / "data" / "power_model.json").read_text())
    assert "SPECpower_ssj2008" in table["source"]
    assert table["curve_g"] == sorted(table["curve_g"])
    for row in table["arch"]:
        assert 0 < row["idle_w_per_thread"] < row["max_w_per_thread"] < 10
        assert 0 < row["idle_per_tdp"] < row["max_per_tdp"] < 1.5
        assert row["cpuid"]


def test_the_provider_keeps_its_contract() -> None:
    assert check_provider(ModelProvider()).found
