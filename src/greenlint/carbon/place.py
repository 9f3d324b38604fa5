"""Whether the place is known, apart from all else: every measurement asks it, and most then need nothing else of carbon."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenlint.config.schema import CarbonConfig


def is_placed(config: CarbonConfig) -> bool:
    """Whether the settings say where the electricity comes from, by a zone or by a factor."""
    return config.zone is not None or config.factor_g_per_kwh is not None
