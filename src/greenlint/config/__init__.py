"""Configuration: found, read, checked key by key, and turned into one frozen value."""

from __future__ import annotations

from greenlint.config.loader import load_config
from greenlint.config.schema import CarbonConfig, Config, EnergyConfig, LintConfig

__all__ = ["CarbonConfig", "Config", "EnergyConfig", "LintConfig", "load_config"]
