"""How often the default set is right on code that no rule was tuned on: a random sample of findings, each judged by hand.

    python benchmarks/rules/corpus.py CORPUS --fresh
    python benchmarks/rules/blind.py CORPUS [--sample 200] [--show] [--out PAGE.md]

Lints every package of corpus-fresh.txt with the default settings, as its user would, and takes the findings whose hash comes first: a
sample that stays the same for all findings that stay. A file that is there twice (vendored copies) counts once.

The verdicts are in blind.tsv: code, package, path, line, verdict, why. "true": the waste that the message names is there and its advice
removes it. "small": so it is, but the code can only ever hold a few items, or each turn does so much else that nobody could measure the
difference. "false": the waste is not there, or the advice taken word for word breaks the code. A finding that nobody has judged counts
as none of them and is named. `--show` prints those with the code around them.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from greenlint.analysis.stats import wilson_interval
from greenlint.config.schema import Config
from greenlint.linter.runner import CheckOptions, check_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

VERDICTS = Path(__file__).with_name("blind.tsv")
AROUND = 9


class Hit(NamedTuple):
    """A finding's place in the corpus."""

    code: str
    package: str
    path: str
    line: int

    def order(self) -> bytes:
        """Its place in the draw: by chance, and the same in every run."""
        return hashlib.sha256("\t".join(map(str, self)).encode()).digest()


def hits(package: Path, seen: set[bytes]) -> Iterator[tuple[Hit, str]]:
    """What greenlint reports about one package by default, and its message; nothing about files whose content is in `seen`."""
    repeated: dict[str, bool] = {}
    result = check_paths([str(package)], Config(root=str(package)), CheckOptions(jobs=0, use_cache=False))
    for finding in result.findings:
        if finding.path not in repeated:
            content = hashlib.sha256((package / finding.path).read_bytes()).digest()
            repeated[finding.path] = content in seen
            seen.add(content)
        if not finding.code.startswith(("GL9", "GLA")) and not repeated[finding.path]:
            yield Hit(finding.code, package.name, finding.path, finding.line), finding.message


def verdicts() -> dict[Hit, str]:
    """The verdicts so far; ValueError names a line that is none."""
    found: dict[Hit, str] = {}
    for number, line in enumerate(VERDICTS.read_text(encoding="utf-8").splitlines() if VERDICTS.exists() else [], 1):
        code, package, path, at, verdict, why = line.split("\t")
        if verdict not in ("true", "small", "false") or not why:
            raise ValueError(f"{VERDICTS.name}:{number}: the verdict is true, small or false, and needs a reason")
        found[Hit(code, package, path, int(at))] = verdict
    return found


def show(hit: Hit, message: str, corpus: Path) -> None:
    """The code around a finding."""
    lines = (corpus / hit.package / hit.path).read_text(encoding="utf-8", errors="replace").splitlines()
    print("\n--- " + "\t".join(map(str, hit)) + f"\n    {message}")
    for number in range(max(1, hit.line - AROUND), min(len(lines), hit.line + AROUND) + 1):
        print(f"{'>' if number == hit.line else ' '}{number:6} {lines[number - 1][:140]}")


def table(found: list[Hit], drawn: list[Hit], known: dict[Hit, str], lines: int) -> str:
    """The Markdown page's table: one row per rule and one for all."""
    rows = ["| rule | findings | per 1,000 lines | judged | true | small | false | not false, 95 % interval |"]
    rows.append("| --- | --: | --: | --: | --: | --: | --: | --- |")
    totals = Counter(hit.code for hit in found)
    for code in [*sorted(totals), "all"]:
        judged = [known[hit] for hit in drawn if hit in known and code in (hit.code, "all")]
        counts = Counter(judged)
        right = counts["true"] + counts["small"]
        low, high = wilson_interval(right, len(judged)) if judged else (0.0, 1.0)
        share = f"{right / len(judged):.2f} [{low:.2f}, {high:.2f}]" if judged else "-"
        count = len(found) if code == "all" else totals[code]
        rows.append(
            f"| {code} | {count} | {1000 * count / max(1, lines):.4f} | {len(judged)} "
            f"| {counts['true']} | {counts['small']} | {counts['false']} | {share} |"
        )
    return "\n".join(rows)


def main() -> None:
    """Draw, compare with the verdicts, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    messages: dict[Hit, str] = {}
    lines, seen = 0, set[bytes]()
    for package in sorted(path for path in arguments.corpus.iterdir() if path.is_dir()):
        lines += sum(path.read_bytes().count(b"\n") for path in package.rglob("*.py") if path.is_file())
        messages.update(hits(package, seen))
    found = sorted(messages, key=Hit.order)
    drawn, known = found[: arguments.sample], verdicts()
    open_ = [hit for hit in drawn if hit not in known]
    page = f"{lines / 1e6:.1f} million lines, {len(found)} findings, {len(open_)} of the {len(drawn)} drawn not judged\n\n"
    page += table(found, drawn, known, lines) + "\n"
    print(page)
    if arguments.out:
        arguments.out.write_text(page, encoding="utf-8")
    for hit in open_ if arguments.show else ():
        show(hit, messages[hit], arguments.corpus)


if __name__ == "__main__":
    main()
