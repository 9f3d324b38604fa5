"""Measures a piece of work on this machine and prints its Software Carbon Intensity, both parts with their intervals.

python benchmarks/carbon/sci_example.py --zone DEU --total-threads 128
python benchmarks/carbon/sci_example.py --packs      # what greenlint ships
"""

from __future__ import annotations

import argparse
import random

import greenlint
from greenlint.carbon.embodied import Host, embodied_of, server_of
from greenlint.carbon.factors import factor_for, pue_for
from greenlint.carbon.pack import NAMES, read_pack
from greenlint.carbon.sci import Part, sci
from greenlint.config.schema import CarbonConfig, EmbodiedConfig
from greenlint.profiler.machine import describe_machine


def main() -> int:
    """Sort lists for a while, or list the packs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zone", help="as in [tool.greenlint.carbon]")
    parser.add_argument("--total-threads", type=int, help="logical CPUs of the whole server")
    parser.add_argument("--lists", type=int, default=40, help="how many lists of 100,000 numbers are sorted")
    parser.add_argument("--packs", action="store_true")
    given = parser.parse_args()
    if given.packs:
        return show_packs()
    config = CarbonConfig(zone=given.zone, embodied=EmbodiedConfig(total_threads=given.total_threads))
    numbers = [random.random() for _ in range(100_000)]
    with greenlint.measure("sort") as window:
        for _ in range(given.lists):
            sorted(numbers)
    if window.energy is None:
        print(window)
        return 4
    machine = describe_machine()
    factor = factor_for(config)
    share = embodied_of(server_of(config.embodied, Host.of(machine)), window.wall_s, machine.logical_cpus)
    score = sci(window.energy, factor, share, given.lists, "list of 100,000 numbers sorted", pue_for(config, factor))
    print(window)
    print(f"I  {factor.value_g_per_kwh:.0f} {factor.unit} [{factor.low:.0f}, {factor.high:.0f}]", end=" ")
    print(f"({factor.zone} {factor.year}, {factor.convention}, {factor.basis}-based)  PUE {score.pue:g}")
    if factor.note:
        print(f"   {factor.note}")
    for note in share.server.notes:
        print(f"M  {note}")
    print(f"R  {score.functional_units:g} x {score.unit_name}")
    for name, part in (("operational", score.operational), ("embodied", score.embodied), ("SCI", score.total)):
        print(f"{name:12}{micrograms(part)}")
    return 0


def micrograms(part: Part) -> str:
    """Micrograms per unit with the interval."""
    return f"{part.grams * 1e6:8.1f} µg [{part.low * 1e6:.1f}, {part.high * 1e6:.1f}] per unit"


def show_packs() -> int:
    """One row of a Markdown table per pack."""
    print("| pack | zones | years | edition | convention | licence | source |\n| --- | --- | --- | --- | --- | --- | --- |")
    for name in NAMES:
        header, zones, _ = read_pack(name)
        years = sorted({year for entry in zones.values() for year in entry.get("years", ())})
        span = f"{years[0]} to {years[-1]}" if len(years) > 1 else "".join(years) or "-"
        cells = (name, len(zones), span, header["edition"], header.get("convention", "-"), header["licence"], header["source"])
        print(f"| {' | '.join(map(str, cells))} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
