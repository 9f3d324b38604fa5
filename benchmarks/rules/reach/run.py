"""How much of what comparable tools mean by their rules does `--pedantic` find?

    python benchmarks/rules/reach/run.py [--missing] [--out PAGE.md]

The cases in `cases_*.py` beside this file were written from the catalogue's meaning of each rule and the names of comparable
tools' rules, by authors who had not seen greenlint, its tests or those tools' tests. A line that ends in `# !` must be reported
under that very code; the table says beside it how many are at least reported under another code of ours, or have the code on
another line of the same case.
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
from pathlib import Path
from typing import NamedTuple

from greenlint.config.schema import Config, LintConfig
from greenlint.linter.runner import CheckOptions, check_paths

HERE = Path(__file__).parent
PYTEST = ("GL114", "GL115", "GL711")


class Case(NamedTuple):
    """One module and the lines that must be reported as `code`."""

    code: str
    name: str
    text: str
    lines: tuple[int, ...]


class Score(NamedTuple):
    """Marked lines, those found, those with another code of ours, and those whose code is on another line of the case."""

    marked: int = 0
    found: int = 0
    other_code: int = 0
    other_line: int = 0


def cases() -> list[Case]:
    """All cases, in the order of their codes."""
    found = []
    for path in sorted(HERE.glob("cases_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for code, texts in module.CASES.items():
            for name, text in texts.items():
                lines = text.removeprefix("\n").split("\n")
                marked = tuple(number for number, line in enumerate(lines, 1) if line.endswith("# !"))
                found.append(Case(code, name, "\n".join(line.removesuffix("# !").rstrip() for line in lines), marked))
    return sorted(found)


def score(case: Case) -> Score:
    """What `greenlint check --pedantic` says of a folder with that module alone."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ("test_case.py" if case.code in PYTEST else "case.py")).write_text(case.text, encoding="utf-8")
        config = Config(root=folder, lint=LintConfig(pedantic=True))
        findings = check_paths([folder], config, CheckOptions(use_cache=False)).findings
    codes = {line: {finding.code for finding in findings if finding.line == line} for line in case.lines}
    hits = [line for line in case.lines if case.code in codes[line]]
    rest = [line for line in case.lines if line not in hits]
    elsewhere = any(finding.code == case.code and finding.line not in case.lines for finding in findings)
    other_line = len(rest) if elsewhere else 0
    other_code = 0 if elsewhere else sum(bool(codes[line]) for line in rest)
    return Score(len(case.lines), len(hits), other_code, other_line)


def page(scores: dict[str, Score]) -> str:
    """The table of the rules that miss anything, and the totals."""
    total = Score(*map(sum, zip(*scores.values(), strict=True)))
    head = f"{total.found} of {total.marked} marked lines ({total.found / total.marked:.3f}) in {len(scores)} rules"
    rows = ["| rule | marked | found | under another code | on another line |", "| --- | --: | --: | --: | --: |"]
    rows += [f"| {code} | {' | '.join(map(str, one))} |" for code, one in scores.items() if one.found < one.marked]
    rows.append(f"| all | {' | '.join(map(str, total))} |")
    return f"{head}\n\n" + "\n".join(rows) + "\n"


def main() -> None:
    """Print the table, or what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missing", action="store_true", help="print the cases with a line that is not found")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    scores: dict[str, Score] = {}
    for case in cases():
        one = score(case)
        scores[case.code] = Score(*map(sum, zip(scores.get(case.code, Score()), one, strict=True)))
        if arguments.missing and one.found < one.marked:
            print(f"--- {case.code} {case.name}, lines {case.lines}\n{case.text}")
    text = page(scores)
    print(text, end="")
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
