"""Apply every safe fix to well-known packages, tests and all, and run their own test suites before and after.

    python benchmarks/rules/fix_safety.py FOLDER [--only click rich] [--out PAGE.md]

FOLDER keeps the unpacked packages and one environment for each version of pytest, as `benchmarks/self/real_suites.py` does. A copy of
each package is tested as it is, repaired with `greenlint check --pedantic --fix`, checked to be settled (a second round changes nothing)
and tested again from that copy. A test whose outcome is new is run again in both trees; it counts when it stays so. Exit code 1 then.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "self"))

from real_suites import outcomes
from suite_sources import SUITES, Suite, prepare

from greenlint.config.loader import load_config
from greenlint.linter.fixer.apply import fix_project
from greenlint.linter.runner import CheckOptions, check_paths
from greenlint.model.fix import Applicability

if TYPE_CHECKING:
    from greenlint.config.schema import Config

MORE = (
    Suite("sqlparse", "0.6.1"),
    Suite("more-itertools", "11.2.1"),
    Suite("marshmallow", "4.4.0", ("simplejson",)),
    Suite("pygments", "2.21.0", ("wcag-contrast-ratio",)),
    Suite("toolz", "1.2.0"),
    Suite("mako", "1.4.3"),
)
"""Suites whose outcome under `--energy` was not compared, only that of repaired code."""


class Repaired(NamedTuple):
    """What became of one package: fixes by rule, tests run, tests whose outcome is another one, whether a second round was needed."""

    package: str
    fixes: Counter[str]
    files: int
    tests: int
    passed: int
    different: list[str]
    settled: bool

    def line(self) -> str:
        """A row of the table."""
        by_rule = ", ".join(f"{code} {count}" for code, count in sorted(self.fixes.items())) or "-"
        new = ", ".join(self.different) or "none"
        return (
            f"| {self.package} | {sum(self.fixes.values())} in {self.files} | {by_rule} | {self.tests} | {self.passed} | {new} "
            f"| {'yes' if self.settled else 'NO'} |"
        )


def everything(folder: Path) -> Config:
    """All rules and confidences; the package's own settings for nothing but its name and versions."""
    config = load_config(str(folder))
    return config._replace(lint=config.lint._replace(pedantic=True, preview=True, min_confidence=0))


def repair(folder: Path) -> Counter[str]:
    """Apply all safe fixes; how many findings of each rule are gone."""
    config, options = everything(folder), CheckOptions(use_cache=False)
    before = check_paths([str(folder)], config, options)
    safe = Counter(f.code for f in before.findings if f.fix and f.fix.applicability is Applicability.SAFE)
    fix_project([str(folder)], config, options, unsafe=False, write=True)
    after = check_paths([str(folder)], config, options)
    left = Counter(f.code for f in after.findings if f.fix and f.fix.applicability is Applicability.SAFE)
    return safe - left


def tested(python: Path, folder: Path, *tests: str) -> dict[str, tuple[str, ...]]:
    """Outcomes by test; the package is imported from this folder and not from the environment."""
    with tempfile.TemporaryDirectory() as temporary:
        report = Path(temporary) / "junit.xml"
        command = [
            str(python),
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:greenlint",
            f"--junitxml={report}",
            *tests,
        ]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        source = folder / "src" if (folder / "src").is_dir() else folder
        clean |= {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=clean)
        if not report.exists():
            sys.exit(f"{folder.name}: pytest wrote no report: {done.stdout.decode()[-2000:]}{done.stderr.decode()[-2000:]}")
        return {
            name.replace(str(folder), "."): kinds for name, kinds in outcomes(report).items()
        }  # names hold paths in some suites


def judge(suite: Suite, python: Path, source: Path, work: Path) -> Repaired:
    """Copy, test, repair, test."""
    plain, fixed = work / "plain" / suite.folder, work / "fixed" / suite.folder
    for target in (plain, fixed):
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".git", "__pycache__", ".greenlint"))
    fixes = repair(fixed)
    changed = [path for path in fixed.rglob("*.py") if path.read_bytes() != (plain / path.relative_to(fixed)).read_bytes()]
    settled = not repair(fixed)
    before, after = tested(python, plain), tested(python, fixed)
    different = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if different:
        again, anew = tested(python, plain), tested(python, fixed)
        different = [name for name in different if before.get(name) == again.get(name) != anew.get(name)]
    passed = sum(kind == "passed" for kinds in after.values() for kind in kinds)
    return Repaired(suite.folder, fixes, len(changed), sum(map(len, after.values())), passed, different, settled)


def main() -> None:
    """Print the table; exit code 1 when an outcome is new or fixes do not settle."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    suites = [suite for suite in (*SUITES, *MORE) if not arguments.only or suite.name in arguments.only]
    prepare(arguments.folder, sys.executable, suites)
    rows = [
        "| package | safe fixes, files | by rule | tests | passed | other outcomes | settled |",
        "| --- | --- | --- | --: | --: | --- | --- |",
    ]
    good = True
    for suite in suites:
        with tempfile.TemporaryDirectory() as work:
            found = judge(
                suite,
                (arguments.folder / suite.venv / "bin" / "python").absolute(),
                arguments.folder / suite.folder,
                Path(work),
            )
        rows.append(found.line())
        print(rows[-1], flush=True)
        good = good and not found.different and found.settled
    if arguments.out:
        arguments.out.write_text("\n".join(rows) + "\n", encoding="utf-8")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
