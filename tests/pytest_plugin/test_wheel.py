"""A freshly built wheel brings the plug-in along: installed alone, `pytest --help` lists its options."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = ("--energy,", "--energy=bench", "--energy-provider", "--energy-strict", "--energy-adopt-benchmarks", "--energy-json")


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("hatchling", "pip")),
    reason="building a wheel needs hatchling and pip",
)
def test_the_wheel_registers_the_plug_in(tmp_path: Path) -> None:
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT))
    (wheel,) = tmp_path.glob("greenlint-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        helpers = {name.split("/")[2] for name in archive.namelist() if name.startswith("greenlint/testing/")}
    assert {"counter_tree.py", "contract.py", "replay.py", "rule_contract.py"} <= helpers, "authors of plug-ins need them"
    assert not helpers & {"torture", "fuse_tree.py", "private_mounts.py"}, "these are for our own tests"
    target, clean = tmp_path / "target", tmp_path / "clean"
    pip("install", "--no-deps", "--no-index", "--target", str(target), str(wheel))
    clean.mkdir()
    (clean / "test_a.py").write_text(f"import greenlint\ndef test_a(): assert greenlint.__file__.startswith({str(target)!r})\n")
    paths = [str(target), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)), "PYTEST_ADDOPTS": ""}
    # -S: no .pth file of an editable installation may stand in for the wheel
    shown = subprocess.run(
        [sys.executable, "-S", "-m", "pytest", "--help"],
        cwd=clean,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [option for option in OPTIONS if option not in shown.stdout] == []
    ran = subprocess.run(
        [sys.executable, "-S", "-m", "pytest", "-q", "--energy"],
        cwd=clean,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    assert "greenlint energy (" in ran.stdout
