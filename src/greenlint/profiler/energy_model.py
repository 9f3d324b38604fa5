"""What the channels of Apple's IOReport group "Energy Model" mean: which are totals, and in which unit each one counts.

One chip shows hundreds of channels, and most are parts of others: cores of a cluster, clusters of "CPU Energy", SRAM.
Only the widest of each block is used. Names as seen in public lists: "CPU Energy", on Ultra parts "DIE_0_CPU Energy" and
"DIE_1_CPU Energy"; "GPU Energy" (in nJ; "GPU" and "GPU0_0" show the same in mJ); "ANE Energy", "ANE", "ANE0", "ANE0_1"; "DRAM",
"DRAM0", "DRAM0_1". Sources: vladkens/macmon issues 17 and 76, dehydratedpotato/socpowerbud, ml-energy/zeus-apple-silicon.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PICOJOULES = {"pJ": 1, "nJ": 10**3, "uJ": 10**6, "µJ": 10**6, "μJ": 10**6, "mJ": 10**9, "J": 10**12}
"""pJ in one of each unit that a channel may be labelled with."""

_NAME = re.compile(r"(?P<die>DIE_\d+_)?(?P<block>CPU|GPU|ANE|DRAM)(?P<rest> Energy|\d+_\d+|\d+|)$")


class Channel(NamedTuple):
    """One channel of a sample: its name, the label of its unit, and what it counted since the sample before."""

    name: str
    unit: str
    value: int


class Layout(NamedTuple):
    """The channels to read, by block: the totals of "CPU", "GPU", "ANE" and "DRAM"; a block may be missing except the CPU."""

    blocks: dict[str, tuple[str, ...]]

    @property
    def cpu(self) -> tuple[str, ...]:
        """The channels of the processors, one for each die that has its own."""
        return self.blocks["CPU"]

    @property
    def boundary(self) -> str:
        """What is inside, in words."""
        missing = [block for block in ("GPU", "ANE", "DRAM") if block not in self.blocks]
        without = f", without {', '.join(missing)}" if missing else ""
        return f"Apple chip: {' + '.join(self.blocks)}{without} (IOReport energy model)"


def find_layout(channels: Sequence[Channel]) -> Layout:
    """Choose the totals. Raises ValueError when there is no processor total, a total exists twice, or a unit is unknown."""
    found: dict[str, dict[int, list[Channel]]] = {}
    for channel in channels:
        match = _NAME.match(channel.name)
        if match:
            found.setdefault(match["block"], {}).setdefault(_width(match), []).append(channel)
    blocks: dict[str, tuple[str, ...]] = {}
    for block in ("CPU", "GPU", "ANE", "DRAM"):
        widths = found.get(block)
        if not widths or (block == "CPU" and min(widths) > 1):
            continue  # a "CPU" that is not called energy is a cluster of some kind
        widest = widths[min(widths)]
        _check(widest)
        blocks[block] = tuple(channel.name for channel in widest)
    if "CPU" not in blocks:
        seen = ", ".join(sorted({channel.name for channel in channels})[:8]) or "no channel at all"
        raise ValueError(f"the energy model has no channel CPU Energy (it has {seen})")
    return Layout(blocks)


def picojoules(channels: Iterable[Channel], names: Iterable[str]) -> dict[str, int]:
    """What the named channels counted, pJ. Raises ValueError when one is missing, went back, or counts in an unknown unit."""
    wanted = set(names)
    counted: dict[str, int] = {}
    for name, unit, value in channels:
        if name in wanted:
            if value < 0:
                raise ValueError(f"the channel {name} went back by {-value} {unit}")
            counted[name] = value * _scale(name, unit)
    missing = wanted - counted.keys()
    if missing:
        raise ValueError(f"the channel {min(missing)} is missing from a sample")
    return counted


def _width(match: re.Match[str]) -> int:
    """0 for the total of the chip, 1 of a die, then the numbered blocks; a wider one contains the narrower ones."""
    if match["rest"] == " Energy":
        return 1 if match["die"] else 0
    return {"": 2}.get(match["rest"], 4 if "_" in match["rest"] else 3)


def _check(channels: Sequence[Channel]) -> None:
    name, times = Counter(channel.name for channel in channels).most_common(1)[0]
    if times > 1:
        raise ValueError(f"the channel {name} exists {times} times, and nobody knows which is right")
    for channel in channels:
        _scale(channel.name, channel.unit)


def _scale(name: str, unit: str) -> int:
    if unit not in PICOJOULES:
        raise ValueError(f"the channel {name} counts in the unknown unit {unit!r}")
    return PICOJOULES[unit]
