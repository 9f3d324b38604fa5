"""Every test of the profiler has a cache and data of its own, so that no self-check or calibration of another is believed."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def private_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
    for name in (
        *("GREENLINT_PROVIDER", "GREENLINT_POWERCAP_ROOT", "GREENLINT_REQUIRE", "GREENLINT_HWMON_ROOT"),
        *("GREENLINT_POWER_SUPPLY_ROOT", "CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "ROCR_VISIBLE_DEVICES"),
        "HIP_VISIBLE_DEVICES",
    ):
        monkeypatch.delenv(name, raising=False)
