"""Carbon costs nothing until it is asked for: no pack is read by an import, one pack by one zone, each in milliseconds."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from shell import slowness

from greenlint.carbon.pack import NAMES, read_pack

OPENED = """
import os, sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
import greenlint.carbon.factors, greenlint.carbon.sci, greenlint.carbon.embodied
from greenlint.config.schema import CarbonConfig
read = lambda: [os.path.basename(name) for name in opened if os.path.basename(os.path.dirname(name)) == "packs"]
found = [read(), [name for name in ("json", "difflib", "socket", "urllib.request") if name in sys.modules]]
for zone in ZONES:
    greenlint.carbon.factors.factor_for(CarbonConfig(zone=zone))
import json
print(json.dumps([*found, read()]))
"""


def opened_packs(*zones: str | None) -> tuple[list[str], list[str], list[str]]:
    """The packs read by importing, what was imported besides, and the packs read for `zones`, in a fresh interpreter."""
    script = OPENED.replace("ZONES", repr(zones))
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=True, timeout=60)
    at_import, besides, after = json.loads(done.stdout)
    return at_import, besides, after


@pytest.mark.parametrize(
    ("zones", "packs"),
    [
        ((None,), ["world.json"]),
        (("DE", "FRA"), ["world.json"]),
        (("CN-BJ",), ["china.json"]),
        (("US-CAMX",), ["usa.json"]),
        (("gcp:europe-north1",), ["cloud.json", "world.json"]),
    ],
)
def test_an_import_reads_no_pack_and_a_zone_only_its_own(zones: tuple[str | None, ...], packs: list[str]) -> None:
    at_import, imported, after = opened_packs(*zones)
    assert at_import == []
    assert imported == []
    assert after == packs


@pytest.mark.parametrize("name", NAMES)
def test_a_pack_is_read_in_ten_milliseconds(name: str) -> None:
    def once() -> float:
        read_pack.cache_clear()
        before = time.process_time()
        read_pack(name)
        return time.process_time() - before

    assert min(once() for _ in range(5)) <= 0.010 * slowness()
