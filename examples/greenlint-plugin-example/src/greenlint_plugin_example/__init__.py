"""A plug-in for greenlint: the hooks, each of which returns what it adds."""

from __future__ import annotations

from greenlint.plugins import hookimpl

from greenlint_plugin_example.sort_for_minimum import SortForMinimum


@hookimpl
def greenlint_rules():
    """The rules of this package."""
    return [SortForMinimum]
