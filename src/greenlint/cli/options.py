"""What the options of several commands share."""

from __future__ import annotations

import click

ANY_PATH = click.Path(readable=False)
"""A path that the command itself opens: click would stop at the first unreadable one, and the rest would not be looked at."""
