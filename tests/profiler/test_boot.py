"""One boot is told from the next on every system, or nothing is remembered."""

from __future__ import annotations

import sys

import pytest

from greenlint.profiler.boot import boot_id, booted_at


def test_the_boot_has_the_same_name_each_time() -> None:
    assert boot_id() == boot_id()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_a_system_that_does_not_tell_is_an_empty_name_and_no_error(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == platform:
        pytest.skip("this is that system, which does tell")
    monkeypatch.setattr(sys, "platform", platform)
    assert boot_id() == ""


def test_clocks_that_drift_a_little_name_the_same_boot_and_a_new_boot_another() -> None:
    booted = 1_795_000_080.0
    names = {booted_at(booted + up + drift, up) for up in (1.0, 5e5) for drift in (-20.0, 0.0, 20.0)}
    assert len(names) == 1
    assert booted_at(booted + 3600, 10.0) not in names
