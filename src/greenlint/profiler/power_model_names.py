"""One short key for a server processor, however its name is written: on a box, in a result list, in /proc/cpuinfo.

"Intel(R) Xeon(R) Platinum 8280 CPU @ 2.70GHz" and "Intel Xeon Platinum 8280, 2.70 GHz" are both "xeon platinum 8280".
A name without a model number ("AMD EPYC", "Intel Xeon Processor (Skylake, IBRS)") has no key, so it can match nothing.
"""

from __future__ import annotations

import re

# Compiled when they are needed: a name has at most one of the two makers' words.
_CLUTTER = r"\((?:r|tm)\)|[®™,]|\([^)]*\)|\b(?:cpu|processor|family)\b"
_EPYC = r"\bepyc (?:embedded )?(\d[0-9a-z]{3}[a-z]{0,2})\b"
_XEON = (
    r"\b(?:xeon|intel)(?P<tier> platinum| gold| silver| bronze)?(?: e(?= e-))?"
    r"[ -](?P<letter>[edw][0-9]?[- ])?(?P<number>[lxew]?\d{4}[a-z]{0,3}?\+?)(?: ?v(?P<version>\d))?(?![0-9a-z.+])"
)


def name_key(name: str) -> str:
    """The key of a server processor, or "" when the name holds no model number of one."""
    if not any(map(str.isdigit, name)):
        return ""
    text = " ".join(re.sub(_CLUTTER, " ", name.lower()).split())
    epyc = re.search(_EPYC, text) if "epyc " in text else None
    if epyc:
        return f"epyc {epyc[1]}"
    xeon = re.search(_XEON, text) if "xeon" in text or "intel" in text else None
    return _xeon_key(xeon) if xeon else ""


def _xeon_key(match: re.Match[str]) -> str:
    metal, letter, number, version = match["tier"] or "", match["letter"] or "", match["number"], match["version"]
    if re.fullmatch(r"6[5-9]\d\d[ep]", number):
        metal = ""  # Xeon 6 has no metal, though some write "Gold 6780E"
    elif number.startswith("8") and not letter:
        metal = " platinum"  # some write "Xeon 8480+"
    elif letter:
        metal = ""
    return f"xeon{metal} {letter.replace(' ', '-')}{number}" + (f" v{version}" if version else "")
