"""Every test of the profiler has a cache of its own, and of data, so that no self-check or calibration of another test or session is believed."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def private_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
    for name in ("GREENLINT_PROVIDER", "GREENLINT_POWERCAP_ROOT", "GREENLINT_REQUIRE", "CUDA_VISIBLE_DEVICES"):
        monkeypatch.delenv(name, raising=False)
