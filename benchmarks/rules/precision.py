"""How often a rule is right on real code, and how often it speaks at all.

    python benchmarks/rules/corpus.py CORPUS
    python benchmarks/rules/precision.py CORPUS [CODE...] [--sample 50] [--show]

Runs the rules (those in preview too, unless no CODE is given) over the packages of corpus.txt and compares what they report at the
default confidence with the labels of `labels/CODE.tsv`, made by hand: package, path, line, "true" or "false", and why. A finding is
true when the waste that the message names is there and its advice would remove it. The sample of a rule is drawn by a fixed seed; `--show`
prints those of it that nobody has labelled, with the code around them.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from greenlint.analysis.stats import wilson_interval
from greenlint.config.schema import Config
from greenlint.linter.runner import CheckOptions, check_paths
from greenlint.rules.registry import all_rules

if TYPE_CHECKING:
    from greenlint.model.finding import Finding

LABELS = Path(__file__).with_name("labels")
LEAST_CONFIDENCE = 60
AROUND = 6


class Key(NamedTuple):
    """A finding's place in the corpus."""

    package: str
    path: str
    line: int


def labels(code: str) -> dict[Key, bool]:
    """The verdicts on findings of one rule; ValueError names a line that is not one."""
    path = LABELS / f"{code}.tsv"
    found: dict[Key, bool] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else [], 1):
        package, file, at, verdict, why = line.split("\t")
        if verdict not in ("true", "false") or not why:
            raise ValueError(f"{path.name}:{number}: the verdict is true or false, and needs a reason")
        found[Key(package, file, int(at))] = verdict == "true"
    return found


def look(package: Path, codes: list[str]) -> list[Finding]:
    """What the rules report about one package at the default confidence."""
    rules = tuple(all_rules()[code]() for code in codes)
    result = check_paths([str(package)], Config(root=str(package)), CheckOptions(jobs=1, use_cache=False, rules=rules))
    return [f for f in result.findings if f.code in codes and f.confidence >= LEAST_CONFIDENCE]


def size_of(package: Path) -> int:
    """Lines of its Python files."""
    return sum(path.read_bytes().count(b"\n") for path in package.rglob("*.py") if path.is_file())


def show(key: Key, finding: Finding, corpus: Path) -> None:
    """The code around a finding."""
    lines = (corpus / key.package / key.path).read_text(encoding="utf-8", errors="replace").splitlines()
    print(f"\n--- {key.package}\t{key.path}\t{key.line}\n    {finding.message}  [{finding.confidence}]")
    for number in range(max(1, key.line - AROUND), min(len(lines), key.line + AROUND) + 1):
        print(f"{'>' if number == key.line else ' '}{number:6} {lines[number - 1][:150]}")


def main() -> None:
    """Print a Markdown table: findings, per 1,000 lines, labelled, right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("codes", nargs="*", metavar="CODE")
    parser.add_argument("--sample", type=int, default=50)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    codes = arguments.codes or [code for code, rule in all_rules().items() if not rule.preview and code[2].isdigit()]
    found: dict[str, dict[Key, Finding]] = defaultdict(dict)
    lines = 0
    for package in sorted(path for path in arguments.corpus.iterdir() if path.is_dir()):
        lines += size_of(package)
        for finding in look(package, codes):
            found[finding.code][Key(package.name, finding.path, finding.line)] = finding
    print(f"{lines / 1000:.0f} kloc\n\n| rule | findings | per kloc | labelled | right | precision, 95 % interval |")
    print("| --- | --: | --: | --: | --: | --- |")
    for code in codes:
        known, hits = labels(code), found[code]
        sample = random.Random(code).sample(sorted(hits), min(arguments.sample, len(hits)))
        judged = [known[key] for key in sample if key in known]
        low, high = wilson_interval(sum(judged), len(judged)) if judged else (0.0, 1.0)
        share = f"{sum(judged) / len(judged):.2f} [{low:.2f}, {high:.2f}]" if judged else "-"
        print(f"| {code} | {len(hits)} | {1000 * len(hits) / max(1, lines):.3f} | {len(judged)} | {sum(judged)} | {share} |")
        if arguments.show:
            for key in sample:
                if key not in known:
                    show(key, hits[key], arguments.corpus)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
