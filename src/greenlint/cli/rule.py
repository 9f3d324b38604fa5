"""`greenlint rule CODE`: why a rule exists, when to leave the code alone, and what was measured."""

from __future__ import annotations

import inspect
import itertools
from typing import TYPE_CHECKING

import click

from greenlint.errors import ConfigError

if TYPE_CHECKING:
    from greenlint.rules.base import Rule


_LINE = 100  # longer lines are hard to read, however wide the terminal is


@click.command("rule")
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def command(code: str, as_json: bool) -> None:
    """Explain the rule CODE (or its name): why, when to leave it alone, evidence, examples."""
    from greenlint.cli.common import echo_json, style, write_text
    from greenlint.rules.evidence import measured, without_effect
    from greenlint.rules.registry import ENGINE_RULES, OWN, all_rules, rule_origin

    rules = all_rules()
    wanted = code.upper()
    rule = rules.get(wanted) or next((r for r in rules.values() if r.name == code.lower()), None)
    if rule is None and wanted in ENGINE_RULES:
        name, summary = ENGINE_RULES[wanted]
        if as_json:
            echo_json({"version": 1, "code": wanted, "name": name, "summary": summary, "default": True, "origin": OWN})
        else:
            write_text(f"{style(wanted, bold=True)} {name}\n\n{summary}\n")
        return
    if rule is None:
        from greenlint.linter.select import check_code

        check_code(wanted)
        matching = ", ".join(name for name in rules if name.startswith(wanted))
        raise ConfigError(f"{wanted} is a prefix", f"it selects {matching}")
    if as_json:
        echo_json(
            {
                "version": 1,
                "code": rule.code,
                "name": rule.name,
                "summary": rule.summary(),
                "doc": inspect.cleandoc(rule.__doc__ or ""),
                "effect": {"class": rule.effect.effect_class.value, "statement": rule.effect.statement},
                "severity": rule.severity.value,
                "confidence": rule.confidence,
                "default": not (rule.preview or rule.pedantic),
                "options": dict(rule.options),
                "evidence": [row._asdict() for row in measured(rule.code)],
                "moot_on": [f"{major}.{minor}" for major, minor in without_effect(rule.code)],
                "origin": rule_origin(rule.code),
            }
        )
        return
    write_text(explain(rule) + "\n")


def explain(rule: type[Rule]) -> str:
    """The page of a rule as text."""
    from greenlint.cli.common import style, width
    from greenlint.rules.base import Bad
    from greenlint.rules.registry import OWN, rule_origin

    state = "on by default" if not (rule.preview or rule.pedantic) else "opt-in"
    origin = rule_origin(rule.code)
    columns = max(min(width(), _LINE), 40)
    parts = [
        style(f"{rule.code} {rule.name}", bold=True),
        f"{rule.effect.effect_class.value} · {rule.severity.value} · confidence {rule.confidence} · {state}"
        + ("" if origin == OWN else f" · from {origin}"),
        "",
        _flowed(inspect.cleandoc(rule.__doc__ or ""), columns),
        "",
        "## Effect",
        _flowed(f"{rule.effect.statement} (evidence: {rule.effect.evidence})", columns),
    ]
    parts += _measured(rule.code, columns)
    if rule.options:
        parts += ["", f"## Options (under [tool.greenlint.rules.{rule.code}])"]
        parts += [f"{name} = {value!r}" for name, value in rule.options.items()]
    bad = next((example for example in rule.examples if isinstance(example, Bad)), None)
    if bad is not None:
        parts += ["", "## Example", _indented(bad.code)]
        if bad.fixed is not None:
            parts += ["is fixed to", "", _indented(bad.fixed)]
    return "\n".join(parts)


_TABLE = 84


def _measured(code: str, columns: int) -> list[str]:
    """The before and after of the rule's benchmark, by size and Python; a narrow terminal shows the ratios alone."""
    from greenlint.rules.evidence import measured, without_effect

    rows = measured(code)
    if not rows:
        return []
    lines = ["Python      size   CPU ratio (95 %)         CPU s before, after   MB before, after"]
    for row in rows:
        ratio = f"{row.ratio:.2f} [{row.low:.2f}, {row.high:.2f}]"
        memory = "" if row.peak_bytes is None else f"{row.peak_bytes[0] / 1e6:.0f}, {row.peak_bytes[1] / 1e6:.0f}"
        seconds = f"{row.cpu_s[0]:.3f}, {row.cpu_s[1]:.3f}"
        lines.append(f"{_dotted(row.minor):<6} {row.size:>9,}   {ratio:<23}  {seconds:<20}  {memory}")
    shown = [(line if columns >= _TABLE else line[:42]).rstrip() for line in lines]
    foot = f"above 1 the fix helps; benchmarks/rules/{code}, {rows[-1].machine}, {max(row.date for row in rows)}"
    moot = ", ".join(map(_dotted, without_effect(code)))
    if moot:
        foot += f". No effect on {moot}: off where requires-python leaves no other measured version"
    return ["", "## Measured", *shown, _flowed(foot, columns)]


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def _flowed(text: str, columns: int) -> str:
    """Paragraphs filled to the width; headings stay lines of their own."""
    import textwrap

    lines: list[str] = []
    for heading, paragraph in itertools.groupby(text.split("\n"), key=lambda line: not line or line.startswith("#")):
        words = list(paragraph)
        filled = textwrap.wrap(" ".join(words), columns, break_long_words=False, break_on_hyphens=False)
        lines += words if heading else filled
    return "\n".join(lines)


def _indented(code: str) -> str:
    return "".join(f"    {line}\n" for line in code.rstrip("\n").split("\n"))
