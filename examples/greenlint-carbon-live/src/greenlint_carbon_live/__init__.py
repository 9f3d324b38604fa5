"""A plug-in for greenlint: a carbon zone whose factor is fetched when, and only when, a project configures it."""

from __future__ import annotations

from greenlint.carbon.live import LiveFactor
from greenlint.plugins import hookimpl

from greenlint_carbon_live.gb import now


@hookimpl
def greenlint_carbon_factors():
    """One live zone; GBR, the yearly factor that greenlint ships, stands in when nothing can be fetched."""
    return [LiveFactor("GB-LIVE", now, fallback="GBR")]
