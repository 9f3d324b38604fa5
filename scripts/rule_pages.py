"""Write the page of each rule, and their index, from the rules themselves.

    python scripts/rule_pages.py [--check]

`docs/rules/CODE.md` holds what `greenlint rule CODE` shows. `--check` writes nothing and exits with 1 when a page is
out of date.
"""

from __future__ import annotations

import argparse
import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from greenlint.rules.base import Bad
from greenlint.rules.evidence import measured, without_effect
from greenlint.rules.registry import own_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.base import Rule

PAGES = Path(__file__).parents[1] / "docs" / "rules"
GROUPS = {
    "GL1": "Dead code",
    "GL2": "Loops and algorithms",
    "GL3": "Data and files",
    "GL4": "Databases",
    "GL5": "Network",
    "GL6": "Memory and logging",
    "GL7": "Waiting",
    "GL8": "Machine learning",
    "GLA": "Assets",
}


def state(rule: type[Rule]) -> str:
    """Whether and how the rule is switched on."""
    return "preview" if rule.preview else "pedantic" if rule.pedantic else "default"


def page(rule: type[Rule]) -> str:
    """The page of one rule."""
    summary, _, rest = inspect.cleandoc(rule.__doc__ or "").partition("\n")
    head = f"{rule.effect.effect_class.value} · {rule.severity.value} · confidence {rule.confidence} · {state(rule)}"
    parts = [f"# {rule.code} {rule.name}", summary, f"*{head}*", rest.strip()]
    parts += [f"Effect: {rule.effect.statement} ({rule.effect.evidence})."]
    parts += ["\n".join(_table(rule.code))] if measured(rule.code) else []
    if rule.options:
        lines = "\n".join(f"{name} = {_toml(value)}" for name, value in rule.options.items())
        parts += ["## Options", f"```toml\n[tool.greenlint.rules.{rule.code}]\n{lines}\n```"]
    bad = next((example for example in rule.examples if isinstance(example, Bad)), None)
    if bad is not None:
        parts += ["## Example", f"```python\n{bad.code.rstrip()}\n```"]
        parts += ["is fixed to", f"```python\n{bad.fixed.rstrip()}\n```"] if bad.fixed is not None else []
    return "\n\n".join(parts) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(list(value)) if isinstance(value, tuple) else repr(value)


def _table(code: str) -> Iterator[str]:
    yield "| Python | size | CPU ratio, 95 % interval | CPU s before → after | peak MB before → after |"
    yield "| --- | --: | --- | --- | --- |"
    for row in measured(code):
        version = ".".join(map(str, row.minor))
        memory = "" if row.peak_bytes is None else f"{row.peak_bytes[0] / 1e6:.0f} → {row.peak_bytes[1] / 1e6:.0f}"
        ratio = f"{row.ratio:.2f} [{row.low:.2f}, {row.high:.2f}]"
        yield f"| {version} | {row.size:,} | {ratio} | {row.cpu_s[0]:.3f} → {row.cpu_s[1]:.3f} | {memory} |"
    moot = ", ".join(".".join(map(str, version)) for version in without_effect(code))
    if moot:
        yield f"\nNo effect on {moot}: off where `requires-python` leaves no other measured version."
    yield f"\n`python benchmarks/rules/run.py {code}`: whole processes, start-up included; above 1 the fix helps."


def index() -> str:
    """The list of all rules."""
    parts = [
        "# The rules\n\nWritten by `python scripts/rule_pages.py` from the rules themselves. *default* rules passed three "
        "gates: a measured effect, twenty cases of each sort, and 95 of 100 labelled findings in real code right. *preview* "
        "rules lack one (their page says which) and need `--preview`; *pedantic* ones need `--pedantic`. "
        "[What was measured and rejected](rejected.md)."
    ]
    for prefix, title in GROUPS.items():
        rules = [rule for code, rule in own_rules().items() if code.startswith(prefix)]
        if rules:
            rows = [
                f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.summary()} | {rule.effect.effect_class.value} "
                f"| {state(rule)} |"
                for rule in rules
            ]
            parts.append(
                "\n".join([f"## {title}\n", "| code | name | finds | effect | set |", "| --- | --- | --- | --- | --- |", *rows])
            )
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    wanted = {f"{code}.md": page(rule) for code, rule in own_rules().items()} | {"index.md": index()}
    stale = [name for name, text in wanted.items() if not (PAGES / name).exists() or (PAGES / name).read_text("utf-8") != text]
    stale += [path.name for path in PAGES.glob("GL*.md") if path.name not in wanted]
    if check:
        if stale:
            print(f"out of date: {', '.join(sorted(stale))}; run python scripts/rule_pages.py", file=sys.stderr)
        return bool(stale)
    PAGES.mkdir(exist_ok=True)
    for name in stale:
        if name in wanted:
            (PAGES / name).write_text(wanted[name], encoding="utf-8")
        else:
            (PAGES / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
