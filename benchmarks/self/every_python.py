"""Lint projects with several Pythons and compare what they say.

    python benchmarks/self/every_python.py PROJECT... --python python3.10 --python python3.14

Each interpreter runs the linter of this checkout on each project, all rules on, without cache. It needs no package but tomli below
Python 3.11. Compared are stderr and the whole JSON report but for fixes, some of which need LibCST, and for files that one of the two
versions cannot parse, which are counted.
Prints a Markdown table; exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parents[2] / "src"
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from greenlint.__main__ import main; main()"
PRINT_VERSION = "import sys; print('%d.%d.%d' % sys.version_info[:3])"


def version_of(python: str) -> str:
    """ "3.13.0"."""
    return subprocess.run([python, "-c", PRINT_VERSION], capture_output=True, text=True, check=True).stdout.strip()


def lint(python: str, project: Path) -> dict[str, Any]:
    """The report, and what stood on stderr. Raises RuntimeError for a run that did not end as one with findings."""
    command = [python, "-c", START, str(SOURCES), "check", "--pedantic", "--no-cache", "--output-format", "json", "."]
    environment = {**os.environ, "GREENLINT_NO_PLUGINS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, env=environment)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{python} on {project}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return {**json.loads(done.stdout), "stderr": done.stderr}


def by_file(report: dict[str, Any]) -> dict[str, list[str]]:
    """Path -> its findings; "" -> the rest of the report."""
    found: dict[str, list[str]] = {"": [*sorted(json.dumps(error) for error in report["errors"]), report["stderr"]]}
    for finding in report["findings"]:
        found.setdefault(finding["path"], []).append(json.dumps({**finding, "fix": None}, sort_keys=True))
    return found


def unreadable(report: dict[str, Any]) -> set[str]:
    """The files that this version cannot parse."""
    return {finding["path"] for finding in report["findings"] if finding["code"] == "GL900"}


def main() -> int:
    """Compare every interpreter with the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="+", type=Path)
    parser.add_argument("--python", action="append", required=True)
    arguments = parser.parse_args()
    versions = {version_of(python): python for python in arguments.python}
    print("| project | Python | findings | files that it cannot parse | files whose findings differ from the first |")
    print("| --- | --- | --: | --: | --: |")
    wrong = False
    for project in arguments.projects:
        first: dict[str, Any] | None = None
        for version, python in versions.items():
            report = lint(python, project)
            first = first or report
            apart = unreadable(report) | unreadable(first)
            own, others = by_file(report), by_file(first)
            differ = sorted(path for path in (own.keys() | others.keys()) - apart if own.get(path) != others.get(path))
            wrong |= bool(differ)
            print(
                f"| {project.name} | {version} | {len(report['findings']):,} | {len(unreadable(report))} | {len(differ)} |",
                flush=True,
            )
            for path in differ[:5]:
                print(f"{path}: {sorted(set(own.get(path, ())) ^ set(others.get(path, ())))[:2]}", file=sys.stderr)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
