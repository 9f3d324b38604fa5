"""`greenlint check`: lint files and folders."""

from __future__ import annotations

import sys

import click

from greenlint.cli.checking import CheckRequest, run_check
from greenlint.cli.options import ANY_PATH
from greenlint.model.finding import EffectClass
from greenlint.reporters.base import reporter_names

_EFFECTS = ", ".join(effect.value for effect in EffectClass)
_FORMATS = f"How to report: {', '.join(reporter_names())} (default text)."


def _codes(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip() for item in value for code in item.split(",") if code.strip())


@click.command("check")
@click.argument("paths", nargs=-1, type=ANY_PATH)
@click.option("--select", multiple=True, callback=_codes, metavar="CODES", help="Run only these rules or prefixes (GL2,GLA).")
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="Leave these rules or prefixes out.")
@click.option("--preview/--no-preview", default=None, help="Also run rules whose evidence is not complete.")
@click.option(
    "--pedantic/--no-pedantic",
    default=None,
    help="Show all: also rules of small or unproven effect, and findings of any confidence.",
)
@click.option(
    "--min-effect",
    type=click.Choice([e.value for e in EffectClass]),
    metavar="EFFECT",
    help=f"Least consequential effect to show: {_EFFECTS}.",
)
@click.option("--min-confidence", type=click.IntRange(0, 100), help="Least confidence to show (default 60).")
@click.option(
    "--git-history/--no-git-history",
    default=None,
    help="Ask git when the last use of unused code went away: finds more, takes seconds.",
)
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave files or folders out, beside those configured.")
@click.option("--fix", is_flag=True, help="Apply safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also fixes that may change a corner case.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--baseline", type=ANY_PATH, help="Report, and with --fix repair, only what this file does not list.")
@click.option("--write-baseline", is_flag=True, help="Write all present findings to the baseline file.")
@click.option("--changed-since", metavar="REV", help="Report only files that differ from this git revision.")
@click.option("--output-format", type=click.Choice(reporter_names()), metavar="FORMAT", default="text", help=_FORMATS)
@click.option("--output-file", type=ANY_PATH, help="Write the report there instead of stdout.")
@click.option("--config", type=ANY_PATH, help="Configuration file to use.")
@click.option("--jobs", type=click.IntRange(0, 1024), help="Worker processes; 0 means one per core.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--statistics", is_flag=True, help="Show counts per rule.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 even when there are findings.")
@click.option("--stdin-filename", metavar="NAME", help="Lint standard input as if it were this file.")
@click.option("--quiet", "-q", is_flag=True, help="Only findings and errors.")
def command(paths: tuple[str, ...], exclude: tuple[str, ...], **options: object) -> None:
    """Lint PATHS (default: the current folder).

    Exit codes: 0 nothing found, 1 findings, 2 a file or the configuration could not be used.
    """
    overrides: dict[str, object] = {}
    for name in ("select", "ignore", "preview", "pedantic", "min_effect", "min_confidence", "git_history", "baseline", "jobs"):
        value = options.pop(name)
        if value not in (None, ()):
            overrides[name] = value
    no_cache = bool(options.pop("no_cache"))
    request = CheckRequest(paths=paths, overrides=overrides, use_cache=not no_cache, exclude=exclude, **options)  # type: ignore[arg-type]
    sys.exit(run_check(request))
