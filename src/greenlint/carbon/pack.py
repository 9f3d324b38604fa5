"""Reads a carbon pack: a data file of zones with one header; only the pack that has the zone is ever read.

A pack is built by `scripts/carbon/build_packs.py`; docs/carbon.md names the sources.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from greenlint.carbon.record import CarbonFactor
from greenlint.named_tuple import NamedTuple

FOLDER = os.path.join(os.path.dirname(__file__), "packs")
NAMES = ("world", "china", "usa", "gb", "cloud")
_PREFIXES = {"CN-": "china", "US-": "usa", "GB-": "gb"}


class Pack(NamedTuple):
    """One file: what its header says, its zones as they stand there, and other names of these zones."""

    header: dict[str, Any]
    zones: dict[str, dict[str, Any]]
    aliases: dict[str, str]


def spelled(zone: str) -> str:
    """A zone as packs spell it: capitals, and small letters for cloud regions."""
    zone = zone.strip()
    return zone.lower() if ":" in zone else zone.upper()


def pack_of(zone: str) -> str:
    """The name of the pack in which a zone would stand, by its form: "CN-BJ", "US-CAMX", "aws:eu-west-1", "DEU"."""
    return "cloud" if ":" in zone else _PREFIXES.get(zone[:3], "world")


@lru_cache(maxsize=len(NAMES))
def read_pack(name: str) -> Pack:
    """The pack of that name; each file is read once."""
    import json

    with open(os.path.join(FOLDER, f"{name}.json"), encoding="utf-8") as file:
        document = json.load(file)
    zones = document.pop("zones")
    aliases = {other: zone for zone, entry in zones.items() for other in entry.get("also", ())}
    return Pack(document, zones, aliases)


def entry_of(zone: str) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
    """Canonical zone, its entry and the header of its pack, for a zone or alias; None when no pack has it."""
    pack = read_pack(pack_of(zone))
    canonical = pack.aliases.get(zone, zone)
    entry = pack.zones.get(canonical)
    return None if entry is None else (canonical, entry, pack.header)


def factor_in(zone: str, entry: dict[str, Any], header: dict[str, Any], year: int | None = None) -> CarbonFactor:
    """The factor of an entry for a year, the newest without one. Raises KeyError for a year that it does not have."""
    years = entry["years"]
    chosen = max(years) if year is None else str(year)
    value = years[chosen]
    low, high = entry.get("span", header["span"])
    return CarbonFactor(
        value_g_per_kwh=value,
        low=value * low,
        high=value * high,
        zone=zone,
        year=int(chosen),
        convention=entry.get("convention", header["convention"]),
        basis=entry.get("basis", header["basis"]),
        source=header["source"],
        licence=header["licence"],
        url=header["url"],
        unit=header["unit"],
    )


def all_zones() -> dict[str, str]:
    """Every zone of every pack with the name of its place, for listings and suggestions; reads all packs."""
    packs = (read_pack(name) for name in NAMES)
    return {zone: entry["name"] for pack in packs for zone, entry in pack.zones.items()}
