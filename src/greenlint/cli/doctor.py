"""`greenlint doctor`: what this machine can measure, why not more, and what to do."""

from __future__ import annotations

import click


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def command(as_json: bool) -> None:
    """Look at every energy provider and say which is taken, why others are not, and what to do about it."""
    from greenlint.cli.common import echo_json, load_config_or_fail, style, width, write_text
    from greenlint.profiler.diagnosis import diagnose
    from greenlint.reporters import doctor_text

    diagnosis = diagnose(load_config_or_fail("."))
    if as_json:
        echo_json(doctor_text.as_object(diagnosis))
    else:
        write_text(doctor_text.render(diagnosis, width(), style))
