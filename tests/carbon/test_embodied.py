"""The embodied share: worked out by hand, from what is configured or seen, and never narrower than what is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.carbon.embodied import Host, embodied_of, server_of
from greenlint.config.schema import EmbodiedConfig
from greenlint.errors import ConfigError
from greenlint.model.run import Machine

KNOWN = EmbodiedConfig(server_kg=1000.0, lifetime_years=4.0, total_threads=128)


def test_a_second_on_four_of_128_threads_is_a_quarter_of_a_milligram() -> None:
    """1,000 kg over 4 years for 1/32 of the server: 10^6 g / (4 x 365.25 x 86400 s) / 32."""
    share = embodied_of(server_of(KNOWN, Host(4)), 1.0, 4)
    assert share.grams == pytest.approx(1e6 / (4 * 31_557_600) / 32)
    assert share.grams == pytest.approx(0.25e-3, rel=0.02)
    assert share.low == share.grams == share.high


def test_the_parts_of_a_server_add_to_its_carbon() -> None:
    parts = EmbodiedConfig(sockets=2, memory_gb=400, ssds=3, hdds=2, gpus=4)
    server = server_of(parts, Host(64, 400.0))
    assert server.kg.value == pytest.approx(1000 + 100 + 533 + 300 + 100 + 600)
    assert (server.kg.low, server.kg.high) == pytest.approx((server.kg.value / 2, server.kg.value * 2))
    assert server_of(EmbodiedConfig(), Host(8, 8.0)).kg.value == 1000


def test_a_real_machine_has_its_own_threads_and_a_virtual_one_those_of_its_server() -> None:
    assert server_of(EmbodiedConfig(), Host(16)).threads == (16, 16, 16)
    assert server_of(EmbodiedConfig(), Host(4, virtual=True, server_threads=96)).threads == (96, 96, 96)
    unknown = server_of(EmbodiedConfig(), Host(4, virtual=True))
    assert unknown.threads == (128, 64, 512)
    assert "unknown" in unknown.notes[2]
    assert server_of(EmbodiedConfig(), Host(192, virtual=True)).threads == (192, 192, 512)
    assert server_of(KNOWN, Host(4, virtual=True)).threads.value == 128


def test_the_machine_of_a_run_is_a_host() -> None:
    machine = Machine("intel-6-207-4vcpu-kvm", "x", 4, 16_000_000_000, True, "linux", "6.1")
    assert Host.of(machine, 96) == Host(4, 16.0, True, 96)
    assert Host.of(machine._replace(logical_cpus=0, ram_bytes=0, virtualised=False)) == Host(1)


def test_the_memory_of_a_virtual_machine_stands_for_that_of_its_server() -> None:
    server = server_of(EmbodiedConfig(), Host(4, 16.0, virtual=True, server_threads=96))
    assert server.kg.value == pytest.approx(1000 + (16 * 24 - 16) * 533 / 384)


def test_the_notes_say_what_was_configured_and_what_was_assumed() -> None:
    assert server_of(KNOWN, Host(4)).notes == ("1000 kg as configured", "4 years", "128 logical CPUs as configured")
    assumed = " ".join(server_of(EmbodiedConfig(), Host(4)).notes)
    assert "Teads" in assumed
    assert "by default" in assumed
    assert "of this machine" in assumed


@pytest.mark.parametrize(("seconds", "threads"), [(-1.0, 1), (float("inf"), 1), (float("nan"), 1), (1.0, 0), (1.0, 129)])
def test_nonsense_is_refused(seconds: float, threads: int) -> None:
    with pytest.raises(ConfigError):
        embodied_of(server_of(KNOWN, Host(4)), seconds, threads)


@given(
    st.builds(
        EmbodiedConfig,
        st.none() | st.floats(1, 1e5),
        st.none() | st.floats(1, 30),
        st.none() | st.integers(512, 4096),
        st.integers(1, 8),
        st.none() | st.floats(0, 1e4),
        st.integers(0, 20),
        st.integers(0, 20),
        st.integers(0, 8),
    ),
    st.builds(Host, st.integers(1, 512), st.none() | st.floats(0.5, 1e4), st.booleans(), st.none() | st.integers(1, 512)),
    st.floats(0, 1e7),
)
def test_the_share_is_inside_its_bounds_and_grows_with_time_and_threads(
    config: EmbodiedConfig, host: Host, time: float
) -> None:
    server = server_of(config, host)
    share = embodied_of(server, time, host.threads)
    assert 0 <= share.low <= share.grams * (1 + 1e-12)
    assert share.grams <= share.high * (1 + 1e-12)
    assert share.grams <= server.kg.value * 1000 * time / (server.lifetime_years.value * 31_557_600) * (1 + 1e-12)
    twice = embodied_of(server, 2 * time, host.threads)
    assert twice.grams == pytest.approx(2 * share.grams)
    one = embodied_of(server, time, 1)
    assert one.grams <= share.grams
