"""`greenlint rules`: list all rules."""

from __future__ import annotations

import click

_MARGIN = 49
_WIDE = _MARGIN + 28


@click.command("rules")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def command(as_json: bool) -> None:
    """List all rules: code, name, effect class, whether it is on by default, and what it finds."""
    from greenlint.cli.common import echo_json, style, width, write_text
    from greenlint.rules.registry import OWN, all_rules, rule_origin

    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "effect": rule.effect.effect_class.value,
            "default": not (rule.preview or rule.pedantic),
            "severity": rule.severity.value,
            "summary": rule.summary(),
            "origin": rule_origin(rule.code),
        }
        for rule in all_rules().values()
    ]
    if as_json:
        echo_json({"version": 1, "rules": rows})
        return
    columns = width()
    for row in rows:
        state = "" if row["default"] else " (opt-in)"
        state += "" if row["origin"] == OWN else f" (from {row['origin']})"
        head = f"{style(str(row['code']), fg='cyan')}  {row['name']:<28} {row['effect']:<11}"
        write_text("".join(f"{line}\n" for line in _beside(head, f"{row['summary']}{state}", columns)))


def _beside(head: str, text: str, columns: int) -> list[str]:
    """The text beside its head, or below it where the terminal is narrow."""
    import textwrap

    if columns < _WIDE:
        return [head.rstrip(), *textwrap.wrap(text, max(columns - 8, 24), initial_indent=" " * 8, subsequent_indent=" " * 8)]
    first, *rest = textwrap.wrap(text, columns - _MARGIN) or [""]
    return [f"{head}  {first}", *(" " * _MARGIN + line for line in rest)]
