"""The settings of `[tool.greenlint.carbon]`: read, checked, and refused at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlint.config import load_config
from greenlint.config.schema import CarbonConfig, EmbodiedConfig
from greenlint.errors import ConfigError

WHOLE = """\
[tool.greenlint.carbon]
zone = "aws:eu-west-1"
basis = "location"
year = 2024
pue = 1.2

[tool.greenlint.carbon.embodied]
server-kg = 1200
lifetime-years = 5
total-threads = 96
sockets = 2
memory-gb = 256
ssds = 2
hdds = 1
gpus = 4
"""


def carbon(folder: Path, text: str) -> CarbonConfig:
    (folder / "pyproject.toml").write_text(text)
    return load_config(str(folder)).carbon


def test_every_setting_arrives(tmp_path: Path) -> None:
    config = carbon(tmp_path, WHOLE)
    assert (config.zone, config.basis, config.year, config.pue) == ("aws:eu-west-1", "location", 2024, 1.2)
    assert config.embodied == EmbodiedConfig(1200, 5, 96, 2, 256, 2, 1, 4)


def test_without_settings_nothing_is_assumed_about_the_place(tmp_path: Path) -> None:
    assert carbon(tmp_path, "[tool.greenlint]\n") == CarbonConfig()
    assert CarbonConfig()[:3] == (None, None, 1.0)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('basis = "green"', "3: 'basis' must be one of location, market, not 'green'"),
        ("year = 1066", "3: 'year' must be a whole number from 1990 to 2100"),
        ('year = "2024"', "'year' must be a whole number"),
        ("embodied = 3", "3: 'embodied' must be a table, not 3"),
        ("embodied = { server-kg = 0 }", "3: 'server-kg' must be a number from 1 to 100000, not 0"),
        ("embodied = { total-threads = 1.5 }", "'total-threads' must be a whole number"),
        ("embodied = { lifetime-years = nan }", "'lifetime-years' must be a number"),
        ("embodied = { gpus = true }", "'gpus' must be a whole number"),
        ("embodied = { gpu = 1 }", "3: unknown key 'gpu' in [embodied] (did you mean 'gpus'?)"),
        ('zones = "DEU"', "3: unknown key 'zones' in [carbon] (did you mean 'zone'?)"),
    ],
)
def test_a_wrong_setting_is_refused_at_its_line(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        carbon(tmp_path, f"\n[tool.greenlint.carbon]\n{line}\n")
    assert problem in str(caught.value)
