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
    if rule.options:
        parts += ["", f"## Options (under [tool.greenlint.rules.{rule.code}])"]
        parts += [f"{name} = {value!r}" for name, value in rule.options.items()]
    bad = next((example for example in rule.examples if isinstance(example, Bad)), None)
    if bad is not None:
        parts += ["", "## Example", _indented(bad.code)]
        if bad.fixed is not None:
            parts += ["is fixed to", "", _indented(bad.fixed)]
    return "\n".join(parts)


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
