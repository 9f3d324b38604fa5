"""The test suites that `real_suites.py` runs: where each comes from, what its tests need, and the environments."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
PYTEST = "9.2.0"


class Suite(NamedTuple):
    """A released package with its tests.

    needs   what its tests import, beside the package itself; git  where it lies when its source distribution has no tests
    pytest  the newest version that it runs on
    """

    name: str
    version: str
    needs: tuple[str, ...] = ()
    git: str = ""
    pytest: str = PYTEST

    @property
    def folder(self) -> str:
        """Name of the unpacked source."""
        return f"{self.name}-{self.version}"

    @property
    def venv(self) -> str:
        """Name of its environment, one for each version of pytest."""
        return "venv" if self.pytest == PYTEST else f"venv-pytest-{self.pytest}"


SUITES = (
    Suite("click", "8.5.1"),
    Suite("attrs", "26.1.0", ("cloudpickle", "hypothesis", "pympler")),
    Suite("jinja2", "3.1.6", ("trio",)),
    Suite("requests", "2.34.2", ("PySocks", "httpbin~=0.10.0", "pytest-httpbin==2.1.0", "pytest-mock", "trustme")),
    Suite("flask", "3.1.3", ("asgiref", "python-dotenv"), pytest="9.0.3"),
    Suite("rich", "14.3.3", ("attrs",), git="https://github.com/Textualize/rich"),
    Suite("networkx", "3.6.1", ("numpy",)),
)


def prepare(folder: Path, python: str, suites: Sequence[Suite] = SUITES) -> None:
    """Download what is not there yet and make the environments: suites, what their tests need, and greenlint.

    A folder NAME-VERSION that is there already is taken as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for suite in suites:
        if not (folder / suite.folder).exists():
            print(f"downloading {suite.folder}", file=sys.stderr, flush=True)
            _clone(suite, folder) if suite.git else _download(suite, folder)
    for venv in sorted({suite.venv for suite in suites}):
        print(f"making {venv}", file=sys.stderr, flush=True)
        inside = [suite for suite in suites if suite.venv == venv]
        inner = folder / venv / "bin" / "python"
        if not inner.exists():
            subprocess.run([python, "-m", "venv", folder / venv], check=True)
        needs = sorted({need for suite in inside for need in suite.needs})
        sources = [str(folder / suite.folder) for suite in inside]
        _pip(inner, "install", f"pytest=={inside[0].pytest}", "pytest-xdist[psutil]", *needs, *sources, str(ROOT))
        _pip(inner, "install", "--force-reinstall", "--no-deps", str(ROOT))  # this tree as it is now, as a wheel


def _download(suite: Suite, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        wanted = ["--no-deps", "--no-binary", ":all:", f"{suite.name}=={suite.version}"]
        _pip(Path(sys.executable), "download", "--dest", temporary, *wanted)
        (archive,) = Path(temporary).glob("*.tar.gz")
        with tarfile.open(archive) as file:
            file.extractall(folder)
    unpacked = folder / archive.name.removesuffix(".tar.gz")
    unpacked.rename(folder / suite.folder)


def _clone(suite: Suite, folder: Path) -> None:
    options = ["-c", "advice.detachedHead=false", "clone", "--quiet", "--depth=1", f"--branch=v{suite.version}"]
    subprocess.run(["git", *options, suite.git, folder / suite.folder], check=True)


def _pip(python: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, env=environment)
