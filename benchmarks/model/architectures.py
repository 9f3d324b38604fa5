"""The processor architectures that get a row of their own in the power model, and how each is recognised.

`pattern` matches the key of a processor name (`greenlint.profiler.power_model_names.name_key`): model numbers say the
generation, by the naming guides of Intel and AMD. `cpuid` holds vendor, family, model and the range of steppings. Those of
Sapphire, Emerald and Granite Rapids and of older Xeons are as in arch/x86/include/asm/intel-family.h of the Linux kernel;
those of Sierra Forest, of the newer Xeon E and of AMD are as commonly listed and were not checked against a primary source.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_METAL = "xeon (platinum|gold|silver|bronze)"


class Architecture(NamedTuple):
    """One row; `name_contains` tells two rows with the same CPUID numbers apart."""

    name: str
    pattern: str
    cpuid: tuple[tuple[str, int, int, int, int], ...]
    name_contains: str = ""


def _intel(*models: int, steppings: tuple[int, int] = (0, 15)) -> tuple[tuple[str, int, int, int, int], ...]:
    return tuple(("GenuineIntel", 6, model, *steppings) for model in models)


def _amd(family: int, *models: int) -> tuple[tuple[str, int, int, int, int], ...]:
    return tuple(("AuthenticAMD", family, model, 0, 15) for model in models)


ARCHITECTURES = (
    Architecture("broadwell", r"xeon e[357]-\d+\w* v4", _intel(79, 86)),
    # Cooper Lake is Cascade Lake's 14 nm platform for four and more sockets: the same CPUID model, stepping 10 and 11.
    Architecture("cascadelake/cooperlake", rf"{_METAL} (\d2|83\d\dhl?$)", _intel(85, steppings=(5, 15))),
    Architecture("emeraldrapids", rf"{_METAL} \d5", _intel(207)),
    Architecture("epyc1-naples", r"epyc 7\d\d1", _amd(23, 1)),
    Architecture("epyc2-rome", r"epyc 7\d\d2", _amd(23, 49)),
    Architecture("epyc3-milan", r"epyc 7\d\d3", _amd(25, 1)),
    Architecture("epyc4-genoa", r"epyc 9\d\d4", _amd(25, 17, 160)),
    Architecture("epyc4-siena", r"epyc 8\d\d4", _amd(25, 160), name_contains="EPYC 8"),
    Architecture("epyc4004/4005", r"epyc 4\d\d[45]", (*_amd(25, 97), *_amd(26, 68))),
    Architecture("epyc5-turin", r"epyc 9\d\d5", _amd(26, 2, 17)),
    Architecture("haswell", r"xeon e[357]-\d+\w* v3", _intel(60, 63)),
    Architecture("icelake", rf"{_METAL} \d3|xeon d-2[78]", _intel(106, 108)),
    Architecture("ivybridge", r"xeon e[357]-\d+\w* v2", _intel(58, 62)),
    Architecture("nehalem/westmere", r"xeon (e7-\d+\w*$|[xle]5[56]\d\d|x34|[xl]75)", _intel(26, 30, 37, 44, 46, 47)),
    Architecture("sandybridge", r"xeon e[35]-\d+\w*$", _intel(42, 45)),
    Architecture("sapphirerapids", rf"{_METAL} \d4", _intel(143)),
    Architecture("skylake-sp", rf"{_METAL} \d1", _intel(85, steppings=(0, 4))),
    Architecture("xeon-e", r"xeon e-2|xeon e3-\d+\w* v[56]|xeon 63", _intel(94, 158, 167, 183)),
    Architecture("xeon6-granite/sierra", r"xeon 6[5-9]\d\d[ep]", _intel(173, 174, 175)),
)


def generation(key: str) -> str:
    """The architecture that a key belongs to, or ""; the first that matches, so Cooper Lake goes before Ice Lake."""
    return next((row.name for row in ARCHITECTURES if re.match(row.pattern, key)), "")
