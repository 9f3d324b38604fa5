"""`greenlint rules`: list all rules."""

from __future__ import annotations

import click


@click.command("rules")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def command(as_json: bool) -> None:
    """List all rules: code, name, effect class, whether it is on by default, and what it finds."""
    from greenlint.cli.common import echo_json, style, width
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
    space = max(width() - 47, 24)
    for row in rows:
        state = "" if row["default"] else " (opt-in)"
        state += "" if row["origin"] == OWN else f" (from {row['origin']})"
        head = f"{style(str(row['code']), fg='cyan')}  {row['name']:<28} {row['effect']:<11}"
        lines = _wrap(f"{row['summary']}{state}", space)
        click.echo(f"{head}  {lines[0]}")
        for line in lines[1:]:
            click.echo(" " * 49 + line)


def _wrap(text: str, columns: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, columns) or [""]
