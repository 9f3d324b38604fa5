"""Energy values for the tests of this folder."""

from __future__ import annotations

from greenlint.model.energy import Energy, Method


def energy(joules: float, u: float = 0.0, **changes: object) -> Energy:
    """A modelled energy with a random uncertainty of `u` J."""
    return Energy(joules, 0.0, u, 0.0, "g", Method.MODEL, "model", ("machine",), "machine", **changes)  # type: ignore[arg-type]
