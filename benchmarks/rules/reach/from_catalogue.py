"""How much of what somebody marked who knew the catalogue alone, and neither the rules nor other tools' cases, is found?

    python benchmarks/rules/reach/from_catalogue.py [--missing] [--alarms]

`from_catalogue_N.txt` hold small programs, most of one file: `=== NAME` begins a file, `=== NAME BYTES` is one of JSON of that
size. The first has all rows of the catalogue, the second those of which other tools have a rule, as their documentation would show
it, the third and all after it these again, terse and in many variants, as test-suites of linters are written. A line with `# bad: GLxxx` must be
reported by `--pedantic` under that code within two lines; one with `# ok: GLxxx` looks like it and is right: those are counted that are
reported all the same, and those at the default confidence. Each program counts for the code in its name alone.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from greenlint.config.schema import Config, LintConfig
from greenlint.linter.runner import CheckOptions, check_paths

HERE = Path(__file__).parent
MARK = re.compile(r"# (bad|ok): (GL\d+(?:, *GL\d+)*)")
PYTEST = ("GL114", "GL115", "GL711")
REACH = 2
"""Lines between the mark and the finding: the statement may begin above the marked line."""
SHOWN = 60
PROJECT = '[project]\nname = "case"\nrequires-python = ">=3.10"\n'


class Line(NamedTuple):
    """A marked line, and the confidence with which it was reported (None: it was not)."""

    code: str
    place: str
    text: str
    reported: int | None


def programs(cases: Path) -> dict[str, dict[str, str]]:
    """The files of each program by its name."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for part in re.split(r"^=== ", cases.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, text = part.partition("\n")
        path, _, size = head.partition(" ")
        program, _, inner = path.partition("/")
        if size:
            text = "[" + ",".join(['"filler"'] * (int(size) // 9)) + "]"
        prefix = "test_" if program.startswith(PYTEST) else "mod_"
        found[program][inner or prefix + program.lower()] = text
    return found


def marked(files: dict[str, str], kind: str) -> list[Line]:
    """The lines of one program that are marked so, as `greenlint check --pedantic` sees them."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"pyproject.toml": PROJECT, **files}.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        config = Config(root=folder, lint=LintConfig(pedantic=True))
        findings = check_paths([folder], config, CheckOptions(use_cache=False)).findings
    reach = REACH if kind == "bad" else 0
    lines = []
    for name, text in files.items():
        for number, line in enumerate(text.splitlines(), 1):
            mark = MARK.search(line)
            for code in re.findall(r"GL\d+", mark[2]) if mark is not None and mark[1] == kind else ():
                near = [f.confidence for f in findings if (f.path, f.code) == (name, code) and abs(f.line - number) <= reach]
                lines.append(Line(code, f"{name}:{number}", line.strip(), max(near, default=None)))
    return lines


def main() -> None:
    """Print the counts, and on request the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missing", action="store_true", help="print the bad lines that are not found")
    parser.add_argument("--alarms", action="store_true", help="print the right lines that are reported")
    arguments = parser.parse_args()
    for cases in sorted(HERE.glob("from_catalogue_*.txt")):
        show(cases, missing_too=arguments.missing, alarms_too=arguments.alarms)


def show(cases: Path, *, missing_too: bool, alarms_too: bool) -> None:
    """Print what is found of one set."""
    bad: list[Line] = []
    fine: list[Line] = []
    for files in programs(cases).values():
        bad += marked(files, "bad")
        fine += marked(files, "ok")
    missing = [line for line in bad if line.reported is None]
    alarms = [line for line in fine if line.reported is not None]
    print(f"{cases.name}: {len(bad) - len(missing)} of {len(bad)} bad lines found ({1 - len(missing) / len(bad):.3f})")
    print("missing:", ", ".join(f"{code} {count}" for code, count in Counter(line.code for line in missing).most_common()))
    sure = sum(line.reported is not None and line.reported >= SHOWN for line in fine)
    print(f"{len(alarms)} of {len(fine)} right lines reported, {sure} of them at the default confidence")
    for line in [*(missing if missing_too else ()), *(alarms if alarms_too else ())]:
        print(f"{line.code} {line.place} {line.text}")


if __name__ == "__main__":
    main()
