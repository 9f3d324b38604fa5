"""Starlette by itself."""

from __future__ import annotations

from greenlint.source.packs.fastapi import PACK

__all__ = ["PACK"]
