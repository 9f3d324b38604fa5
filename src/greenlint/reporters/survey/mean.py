"""The mean of repeated windows: repeats shrink the random part of the uncertainty, never the systematic one."""

from __future__ import annotations

import math

from greenlint.analysis.combine import total
from greenlint.model.energy import Z95

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.model.energy import Energy

_T95 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131)
"""Two-sided 95 % quantiles of Student's t for 1 to 15 degrees of freedom."""


def mean(energies: Sequence[Energy]) -> Energy | None:
    """The mean in J, None of nothing.

    Its random part is the larger of what the readings propagate and what the spread between the values shows, the
    latter widened by Student's t for few repeats.
    """
    whole, n = total(energies).energy, len(energies)
    if whole is None:
        return None
    part = whole.per(n)
    spread = _standard_error([energy.energy_j for energy in energies])
    # What was counted bounds the energy of these runs, not that of the next.
    return part._replace(u_rand=max(part.u_rand, spread), most_j=part.most_j if n == 1 else None)


def _standard_error(values: Sequence[float]) -> float:
    n = len(values)
    if n < 2:
        return 0.0
    middle = math.fsum(values) / n
    spread = math.fsum((value - middle) ** 2 for value in values) / (n - 1)
    quantile = _T95[n - 2] if n - 2 < len(_T95) else Z95
    return math.sqrt(spread / n) * quantile / Z95
