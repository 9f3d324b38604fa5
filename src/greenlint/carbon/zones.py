"""Finds the factor of a zone: in the pack that has it, behind a cloud region, or in a plug-in; never by a guess."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from greenlint.carbon.pack import all_zones, entry_of, factor_in, pack_of, read_pack, spelled
from greenlint.carbon.record import CarbonFactor, Pue
from greenlint.errors import ConfigError
from greenlint.plugins.discovery import contributions

if TYPE_CHECKING:
    from greenlint.carbon.live import LiveFactor

WORLD = "WORLD"
_TABLE = "[tool.greenlint.carbon]"
_EXAMPLES = 'zones look like "DEU", "CN-BJ", "US-CAMX" or "gcp:europe-north1"; or set factor-g-per-kwh'


def choose(zone: str | None, basis: str | None = None, year: int | None = None) -> CarbonFactor:
    """The factor of a zone, its newest year without `year`; without a zone that of the world, which its note says.

    Raises ConfigError for an unknown zone, a year that it does not have, and a basis that no factor of it has.
    """
    if zone is None:
        factor = shipped(WORLD, basis, year)
        return replace(factor, note=f"the place is not known: the world average with its wide interval; set zone in {_TABLE}")
    wanted = spelled(zone)
    offered = _plugin_factors().get(wanted)
    if offered is not None:
        return _offered(offered, basis, year)
    if not is_shipped(wanted):
        _unknown(zone)
    return shipped(wanted, basis, year)


def is_shipped(zone: str) -> bool:
    """Whether greenlint itself has a zone or alias of this name."""
    return entry_of(spelled(zone)) is not None


def known_factors() -> dict[str, CarbonFactor]:
    """The newest factor of every zone that greenlint ships or a plug-in adds; a live one as its stand-in, unasked."""
    found = {zone: shipped(zone) for zone in all_zones()}
    for zone, factor in _plugin_factors().items():
        found[zone] = factor if isinstance(factor, CarbonFactor) else replace(shipped(factor.fallback), zone=zone)
    return found


def shipped(zone: str, basis: str | None = None, year: int | None = None) -> CarbonFactor:
    """The factor of a zone of which `is_shipped` holds; raises ConfigError for a year or basis that it does not have."""
    found = entry_of(spelled(zone))
    if found is None:
        raise KeyError(zone)
    canonical, entry, header = found
    if pack_of(canonical) == "cloud":
        return _cloud(canonical, entry, basis, year)
    if basis not in (None, entry.get("basis", header["basis"])):
        if basis == "market" and "market" in entry:
            return shipped(entry["market"], basis, year)
        _no_basis(canonical, str(basis))
    if year is not None and str(year) not in entry["years"]:
        _no_year(canonical, year, ", ".join(entry["years"]))
    return factor_in(canonical, entry, header, year)


def _cloud(region: str, entry: dict[str, Any], basis: str | None, year: int | None) -> CarbonFactor:
    """The factor of the grid at the place of a cloud region, with the power usage effectiveness of its provider."""
    fleet = read_pack("cloud").header["pue"][region.partition(":")[0]]
    pue = Pue(entry.get("pue", fleet["value"]), fleet["low"], fleet["high"], fleet["source"])
    note = f"{region} is in {entry['name']}: factor of {entry['zone']}, PUE {pue.value:g} ({pue.source})"
    return replace(shipped(entry["zone"], basis, year), zone=region, pue=pue, note=note)


def _offered(offered: CarbonFactor | LiveFactor, basis: str | None, year: int | None) -> CarbonFactor:
    """The factor of a plug-in; a live one is asked only because exactly its zone is configured."""
    factor = offered if isinstance(offered, CarbonFactor) else offered.now(lambda: shipped(offered.fallback))
    if basis not in (None, factor.basis):
        _no_basis(offered.zone, str(basis))
    if year is not None and year != factor.year:
        _no_year(offered.zone, year, str(factor.year))
    return factor


def _plugin_factors() -> dict[str, CarbonFactor | LiveFactor]:
    offered = contributions("greenlint_carbon_factors")
    if not offered:
        return {}
    from greenlint.carbon.third_party import admit

    return admit(offered, is_shipped)


def _no_basis(zone: str, basis: str) -> NoReturn:
    if basis == "market":
        hint = "a market-based factor is that of your contract: set it with factor-g-per-kwh"
    else:
        hint = 'it is a market-based figure: set basis = "market", or another zone'
    raise ConfigError(f"no {basis}-based carbon factor is known for zone {zone!r} in {_TABLE}", hint)


def _no_year(zone: str, year: int, years: str) -> NoReturn:
    raise ConfigError(f"carbon zone {zone!r} has no factor of {year} in {_TABLE}", f"it has {years}")


def _unknown(zone: str) -> NoReturn:
    import difflib

    names = {**all_zones(), **dict.fromkeys(_plugin_factors(), "")}
    by_name = {place.upper(): key for key, place in names.items() if place}
    near = [key for key in names if key.partition(":")[2] == zone.strip().lower() != ""]  # a region without its provider
    near += [by_name[place] for place in difflib.get_close_matches(zone.strip().upper(), by_name, n=2, cutoff=0.8)]
    near += difflib.get_close_matches(spelled(zone), names, n=3, cutoff=0.6)
    hint = f"did you mean {' or '.join(map(repr, dict.fromkeys(near)))}?" if near else _EXAMPLES
    raise ConfigError(f"unknown carbon zone {zone!r} in {_TABLE}", hint)
