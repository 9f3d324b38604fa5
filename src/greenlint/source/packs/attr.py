"""attrs under its older name."""

from __future__ import annotations

from greenlint.source.packs.attrs import PACK

__all__ = ["PACK"]
