"""Public test helpers for authors of rules and providers, and for our own tests.

check_provider  the contract of an energy provider, as one call
check_rule  the contract of a rule and all its examples, as one call
CounterTree, Zone  a live simulated powercap tree with a known power
FakeClock, ReplayProvider  exact and instant measuring tests, without sleeping and without hardware

Each is loaded when it is asked for: a simulated machine needs none of the linter.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenlint.testing.clock import FakeClock
    from greenlint.testing.contract import check_provider
    from greenlint.testing.counter_tree import CounterTree, Zone
    from greenlint.testing.replay import ReplayProvider
    from greenlint.testing.rule_contract import check_rule

__all__ = ["CounterTree", "FakeClock", "ReplayProvider", "Zone", "check_provider", "check_rule"]

_HOMES = {
    "CounterTree": "counter_tree",
    "FakeClock": "clock",
    "ReplayProvider": "replay",
    "Zone": "simulated",
    "check_provider": "contract",
    "check_rule": "rule_contract",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
