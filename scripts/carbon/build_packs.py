"""Builds the carbon packs of greenlint from source files, so that every shipped figure can be traced and rebuilt.

Nothing is downloaded: the source files are arguments. `sources/` holds the small tables that were typed from official
publications; docs/carbon.md says for every file where it comes from and which edition went in.

    python scripts/carbon/build_packs.py --owid carbon-intensity-electricity.csv --iso countries.csv \\
        --china china_provincial_emissions.json --usa usa_emissions.json \\
        --ccf AWSRegions.ts AzureRegions.ts GCPRegions.ts
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PACKS = HERE.parents[1] / "src" / "greenlint" / "carbon" / "packs"
G_PER_LB = 453.59237
OLDEST = 2021  # an older figure no longer describes its grid
USUAL, UNKNOWN = [0.6, 1.4], [0.1, 2.0]
UNEVEN = ("AUS", "BRA", "CAN", "IDN", "IND", "RUS")
"""Countries of several very different grids whose parts no pack has: their average says little about a place."""
GRIDS = {
    "NORTH": "BJ|TJ|HE|SX|SD|NM",
    "NORTHEAST": "LN|JL|HL",
    "EAST": "SH|JS|ZJ|AH|FJ",
    "CENTRAL": "HA|HB|HN|JX",
    "NORTHWEST": "SN|GS|QH|NX|XJ",
    "SOUTH": "GD|GX|YN|GZ|HI",
    "SOUTHWEST": "CQ|SC",
}
"""The provinces of the regional grids of China, for the spread inside a grid."""

Zones = dict[str, dict[str, Any]]


def main() -> int:
    """Build all packs, or stop at the first thing that does not fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("owid", "iso", "china", "usa"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--ccf", type=Path, nargs=3, required=True)
    parser.add_argument("--out", type=Path, default=PACKS)
    given = parser.parse_args()
    china, usa, gb = china_zones(given.china), usa_zones(given.usa), gb_zones()
    world = world_zones(given.owid, given.iso)
    world["CHN"]["span"] = china["CN-MEE"]["span"]
    world["USA"]["span"] = usa["US-EPA"]["span"] = span(usa, "US-EPA", r"US-[A-Z]{2}")
    cloud = cloud_zones(given.ccf, {**world, **china, **usa})
    inputs = {"world": [given.owid, given.iso], "china": [given.china], "usa": [given.usa], "cloud": given.ccf, "gb": []}
    for name, zones in (("world", world), ("china", china), ("usa", usa), ("gb", gb), ("cloud", cloud)):
        header = {**HEADERS[name], "inputs": [f"{p.name} sha256:{_digest(p)}" for p in [*TYPED[name], *inputs[name]]]}
        write(given.out / f"{name}.json", header, zones)
        sys.stdout.write(f"{name}: {len(zones)} zones\n")
    return 0


def world_zones(owid: Path, iso: Path) -> Zones:
    """Every country of the file with a figure since OLDEST, by ISO 3166 alpha-3 code; the last column is g CO2e/kWh."""
    short = {row["country_code_iso_3"]: row["country_code_iso_2"] for row in rows(iso)}
    special = {"OWID_WRL": ("WORLD", []), "OWID_EU27": ("EU27", ["EU"]), "OWID_KOS": ("XKX", ["XK"])}
    zones: Zones = {}
    for row in rows(owid):
        code, year, value = row["Code"], int(row["Year"]), float(row["Carbon intensity of electricity per kWh"])
        zone, also = special.get(code, (code, [short[code]] if short.get(code) else []))
        if year < OLDEST or value <= 0 or not re.fullmatch(r"[A-Z]{3}|WORLD|EU27", zone):
            continue  # a zero is a rounded or missing figure: with the building of the plants no source is at zero
        entry = zones.setdefault(zone, {"name": row["Entity"], "also": also, "years": {}})
        entry["years"][str(year)] = round(value, 2)
    for zone, width in {"WORLD": UNKNOWN, "EU27": UNKNOWN, **dict.fromkeys(UNEVEN, UNKNOWN)}.items():
        zones[zone]["span"] = width
    return dict(sorted(zones.items()))


def china_zones(provinces: Path) -> Zones:
    """National, regional and provincial averages of 2023."""
    zones: Zones = {}
    for row in rows(HERE / "sources" / "china_regions_2023.csv"):
        zones[row["zone"]] = {"name": row["name"], "years": {"2023": grams(row["kg_per_kwh"], 1000)}}
        if row["basis"] == "market":
            zones[row["zone"]]["basis"] = "market"
    zones["CN-MEE"]["market"] = "CN-MEE-EX-MARKET"
    document = json.loads(provinces.read_text(encoding="utf-8"))
    if document["metadata"]["announcement"] != "2025 No. 47":
        raise SystemExit("the provincial figures are of another announcement")
    for zone, record in document["data"].items():
        zones[zone] = {"name": record["description"], "years": {str(record["year"]): record["emission_factor"]}}
    zones["CN-MEE"]["span"] = span(zones, "CN-MEE", "CN-[A-Z]{2}")
    for region, members in GRIDS.items():
        zones[f"CN-MEE-{region}"]["span"] = span(zones, f"CN-MEE-{region}", f"CN-({members})")
    return zones


def usa_zones(states: Path) -> Zones:
    """The nation, states and eGRID subregions, converted from pounds per MWh."""
    document = json.loads(states.read_text(encoding="utf-8"))
    if document["_source"]["field"] != "STC2ERTA" or document["_source"]["year"] != 2023:
        raise SystemExit("the state figures are not the total output rates of 2023")
    zones: Zones = {}
    for name, record in sorted(document.items(), key=lambda item: str(item[1].get("regionCode"))):
        if name.startswith("_"):
            continue
        zone = "US-EPA" if name == "usa" else f"US-{record['regionCode']}"
        zones[zone] = {
            "name": "United States" if name == "usa" else name.title(),
            "years": {"2023": grams(record["emissions"], G_PER_LB / 1000)},
        }
    for row in rows(HERE / "sources" / "egrid2023_subregions.csv"):
        total, co2, ch4, n2o = (float(row[f"{gas}_lb_per_mwh"]) for gas in ("co2e", "co2", "ch4", "n2o"))
        if abs(co2 + 28 * ch4 + 265 * n2o - total) > 0.3:
            raise SystemExit(f"{row['subregion']}: the gases do not add up to the total: a typing error")
        zones[f"US-{row['subregion']}"] = {"name": row["name"], "years": {"2023": grams(total, G_PER_LB / 1000)}}
    return zones


def gb_zones() -> Zones:
    """The factors for company reporting; the year is the reporting year, the generation is two years older."""
    years = {row["year"]: grams(row["kg_per_kwh"], 1000) for row in rows(HERE / "sources" / "gb_desnz.csv")}
    return {"GB-DESNZ": {"name": "United Kingdom, factors for company reporting", "years": years}}


def cloud_zones(ccf: list[Path], known: Zones) -> Zones:
    """Cloud regions with the grid zone of their place; countries are checked against a second, independent table."""
    checks: dict[str, str] = {}
    for path in ccf:
        checks |= countries_of_regions(path)
    zones: Zones = {}
    for row in rows(HERE / "sources" / "cloud_regions.csv"):
        zone = row["zone"]
        if zone not in known:
            raise SystemExit(f"{row['region']}: no pack has the zone {zone}")
        country = zone[:2] if "-" in zone else known[zone]["also"][0]
        if checks.get(row["region"], country) != country:
            raise SystemExit(f"{row['region']}: {country} here and {checks[row['region']]} there")
        entry: dict[str, Any] = {"name": row["place"], "zone": zone}
        if row["pue"]:
            entry["pue"] = float(row["pue"])
        zones[f"{row['provider']}:{row['region']}"] = entry
    return zones


def countries_of_regions(path: Path) -> dict[str, str]:
    """Region name to country code, from the region lists of Cloud Carbon Footprint."""
    text = path.read_text(encoding="utf-8")
    patterns = (r"(\w+): (?:\{\s*name: )?'([a-z][a-z0-9-]+)'", r"(\w+) = '([a-z][a-z0-9-]+)'")
    names = dict(pair for pattern in patterns for pair in re.findall(pattern, text))
    zones = re.findall(r"\[\w+_REGIONS\.(\w+?)(?:\.name)?\]: '([A-Z]{2})", text)
    return {names[key]: country for key, country in zones if key in names}


def span(zones: Zones, whole: str, parts: str) -> list[float]:
    """The 2.5 % and 97.5 % quantile of the parts over the whole, and never less than the usual width."""
    average = next(iter(zones[whole]["years"].values()))
    values = sorted(next(iter(entry["years"].values())) / average for zone, entry in zones.items() if re.fullmatch(parts, zone))
    low, high = (values[round(share * (len(values) - 1))] for share in (0.025, 0.975))
    return [round(min(low, USUAL[0]), 2), round(max(high, USUAL[1]), 2)]


def grams(value: float | str, factor: float) -> float:
    return round(float(value) * factor, 2)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(path: Path, header: dict[str, Any], zones: Zones) -> None:
    """One zone a line, so that a new edition is a readable difference."""
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}," for key, value in header.items()]
    body = ",\n".join(f"  {json.dumps(zone)}: {json.dumps(entry, ensure_ascii=False)}" for zone, entry in zones.items())
    path.write_text("{\n" + "\n".join(lines) + '\n "zones": {\n' + body + "\n }\n}\n", encoding="utf-8")


TYPED = {
    "world": [],
    "china": [HERE / "sources" / "china_regions_2023.csv"],
    "usa": [HERE / "sources" / "egrid2023_subregions.csv"],
    "gb": [HERE / "sources" / "gb_desnz.csv"],
    "cloud": [HERE / "sources" / "cloud_regions.csv"],
}
HEADERS: dict[str, dict[str, Any]] = json.loads((HERE / "sources" / "headers.json").read_text(encoding="utf-8"))

if __name__ == "__main__":
    raise SystemExit(main())
