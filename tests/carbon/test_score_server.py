"""The logical CPUs of the server below a virtual machine: stated, read from the CPU model, or honestly unknown."""

from __future__ import annotations

import pytest

from greenlint.config.schema import CarbonConfig, Config, EmbodiedConfig
from greenlint.model.run import Machine
from greenlint.profiler.cpu import CpuIdentity
from greenlint.profiler.footprint import basis_of, server_threads

ROME = CpuIdentity("x86_64", "AuthenticAMD", 23, 49, 0, "AMD EPYC 7742 64-Core Processor", 4)
MASKED = ROME._replace(name="AMD EPYC Processor")
EMULATED = ROME._replace(name="AMD EPYC-Rome Processor")
GUEST = Machine("c-4vcpu-kvm", "Some CPU", 4, 16_000_000_000, True, "linux", "6")


@pytest.mark.parametrize(
    ("cpu", "sockets", "threads"), [(ROME, 1, 128), (ROME, 2, 256), (MASKED, 2, None), (EMULATED, 2, None)]
)
def test_the_cpu_model_tells_where_it_can_be_believed(cpu: CpuIdentity, sockets: int, threads: int | None) -> None:
    assert server_threads(sockets, {}, cpu) == threads


def test_what_the_user_states_goes_first() -> None:
    assert server_threads(2, {"threads_per_socket": 48}, ROME) == 96


@pytest.mark.parametrize("stated", [0, -8, 10_000, "48", 1.5, True, None])
def test_a_senseless_statement_changes_nothing(stated: object) -> None:
    assert server_threads(1, {"threads_per_socket": stated}, ROME) == 128


def test_the_settings_of_a_project_arrive_in_the_basis() -> None:
    carbon = CarbonConfig(zone="FRA", embodied=EmbodiedConfig(sockets=2))
    basis = basis_of(GUEST, Config(root=".", carbon=carbon, machine={"threads_per_socket": 48}))
    assert basis.factor.zone == "FRA"
    assert basis.server.threads.value == 96
    assert basis.threads == 4
