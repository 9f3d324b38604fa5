"""What is known about common meters, so that a user names the device instead of spelling out paths and units.

Response shapes follow the makers' documents: Shelly gen 1 (/status, `meters[].power` in W) and gen 2 to 4
(Switch.GetStatus, `apower` in W, `aenergy.total` in Wh), Tasmota (Status 8), Kepler's and Scaphandre's metric references.
"""

from __future__ import annotations

from greenlint.named_tuple import NamedTuple


class Device(NamedTuple):
    """Defaults of one device; every one of them yields to what the user sets.

    path    appended to a URL that has none; field  where the number is; valid  a flag that must be true
    query, series  PromQL with a place for labels, and the series whose samples must be fresh
    column  of the last line of a file, from 1; covers  its boundary, where the device itself decides it
    whole_machine  its boundary contains devices such as GPUs
    auth    "query": user and password go into the URL
    """

    kind: str
    quantity: str
    path: str = ""
    field: str = ""
    valid: str = ""
    query: str = ""
    series: str = ""
    covers: str = ""
    period_s: float = 0.0
    column: int = 1
    whole_machine: bool = True
    auth: str = ""


_GEN2 = "/rpc/Switch.GetStatus?id=0"
# The package zone contains core and uncore, and psys contains all of them: only disjoint zones may be added.
_KEPLER = 'kepler_node_cpu_joules_total{{zone=~"package.*|dram.*",{labels}}}'
_SCAPHANDRE = "processors of the host (Scaphandre)"
_KEPLER_PLATFORM = "kepler_node_platform_joules_total{{{labels}}}"

DEVICES = {
    "shelly-gen1": Device("http", "W", "/status", "meters.0.power", "meters.0.is_valid"),
    "shelly-gen2": Device("http", "W", _GEN2, "apower"),
    "shelly-gen2-energy": Device("http", "Wh", _GEN2, "aenergy.total"),
    "tasmota": Device("http", "W", "/cm?cmnd=Status%208", "StatusSNS.ENERGY.Power", auth="query"),
    "kepler": Device(
        "prometheus", "J", query=f"sum by (node_name) ({_KEPLER})", series=_KEPLER,
        covers="CPU package + DRAM of the node (Kepler)", whole_machine=False,
    ),
    "kepler-platform": Device(
        "prometheus", "J", query=f"sum by (instance) ({_KEPLER_PLATFORM})", series=_KEPLER_PLATFORM,
        covers="whole node (Kepler, platform)",
    ),
    "scaphandre": Device(
        "prometheus", "uW", query="scaph_host_power_microwatts{{{labels}}}", covers=_SCAPHANDRE, whole_machine=False
    ),
    "scaphandre-energy": Device(
        "prometheus", "uJ", query="scaph_host_energy_microjoules{{{labels}}}", covers=_SCAPHANDRE, whole_machine=False
    ),
    "powerjoular": Device(
        "file", "W", covers="this virtual machine (PowerJoular on its host)", period_s=1.0, column=3, whole_machine=False
    ),
    "scaphandre-vm": Device(
        "file", "uJ", covers="this virtual machine (Scaphandre on its host)", period_s=6.0, whole_machine=False
    ),
}  # fmt: skip
