"""Every test of the profiler has a cache of its own, so that no self-check of another test or session is believed."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def private_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    for name in ("GREENLINT_PROVIDER", "GREENLINT_POWERCAP_ROOT", "GREENLINT_REQUIRE", "CUDA_VISIBLE_DEVICES"):
        monkeypatch.delenv(name, raising=False)
