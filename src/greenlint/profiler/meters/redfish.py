"""Redfish: the power that a server's management controller measures at its inputs (DMTF DSP0268).

Power           PowerControl[0].PowerConsumedWatts (deprecated, in most servers)
EnvironmentMetrics  PowerWatts.Reading and EnergykWh.Reading (newer)
"""

from __future__ import annotations

from urllib.parse import urlsplit


def field_of(url: str, quantity: str) -> str:
    """Where the number is in the resource that a Redfish URL names."""
    if urlsplit(url).path.rstrip("/").endswith("/EnvironmentMetrics"):
        return "EnergykWh.Reading" if quantity == "kWh" else "PowerWatts.Reading"
    return "PowerControl.0.PowerConsumedWatts"
