"""Alembic by itself: migration scripts."""

from __future__ import annotations

from greenlint.source.packs.sqlalchemy import PACK

__all__ = ["PACK"]
