"""A project in a folder, and the real linter on it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from greenlint.config.schema import Config, LintConfig
from greenlint.linter.runner import CheckOptions, check_paths

if TYPE_CHECKING:
    from pathlib import Path

    from greenlint.model.check import CheckResult


class Project:
    """Files below one folder, linted by the asset rules only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, data: bytes | str) -> Path:
        """Write one file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def git(self, *arguments: str) -> None:
        """Run git in the project."""
        subprocess.run(["git", "-C", str(self.root), *arguments], check=True, capture_output=True)

    def check(self, *, min_confidence: int = 60, **rule_options: dict[str, int]) -> CheckResult:
        """Lint the project without a cache."""
        lint = LintConfig(select=("GLA",), min_confidence=min_confidence, rule_options=rule_options)
        return check_paths([str(self.root)], Config(str(self.root), lint=lint), CheckOptions(jobs=1, use_cache=False))

    def codes(self, **options: int) -> list[tuple[str, str]]:
        """(path, code) of every finding."""
        result = self.check(**options)
        assert not result.errors
        return [(finding.path, finding.code) for finding in result.findings]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    root = tmp_path / "project"
    root.mkdir()
    return Project(root)
