"""Energy as a value that knows where it came from and how sure it is; never a bare float.

Uncertainties are standard uncertainties (k = 1) in joules, after the Guide to the expression of uncertainty in
measurement (JCGM 100:2008): random parts add in quadrature, systematic parts add linearly inside one `sys_group`.
"""

from __future__ import annotations

import math
from enum import Enum

from greenlint.errors import IncompatibleError
from greenlint.model.format import digits, format_quantity, scale_of
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


LOGNORMAL_ABOVE = 0.30  # relative uncertainty above which a symmetric interval would reach below zero
Z95 = 1.959964
Z99_ONE_SIDED = 2.326348


class Method(str, Enum):
    """How a value came about, from the strongest to the weakest."""

    METER = "meter"
    COUNTER = "counter"
    ATTRIBUTED = "attributed"
    MODEL = "model"
    DEFAULT = "default"
    PRIOR = "prior"
    PROXY = "proxy"

    @property
    def tier(self) -> str:
        """T1 (external meter) to T5 (spend, tokens, bytes); "-" for proxies, which claim no joules."""
        return _TIERS[self]

    @property
    def measured(self) -> bool:
        """True when a device counted the energy; an estimate must never look like a measurement."""
        return self in (Method.METER, Method.COUNTER, Method.ATTRIBUTED)

    @property
    def mark(self) -> str:
        """The mark that stands beside every printed number of this method."""
        return (
            "measured"
            if self in (Method.METER, Method.COUNTER)
            else ("attributed" if self is Method.ATTRIBUTED else "proxy" if self is Method.PROXY else "estimated")
        )


_TIERS = {
    Method.METER: "T1",
    Method.COUNTER: "T2",
    Method.ATTRIBUTED: "T2",
    Method.MODEL: "T3",
    Method.DEFAULT: "T4",
    Method.PRIOR: "T5",
    Method.PROXY: "-",
}


class Energy(NamedTuple):
    """Joules of one window, with provenance and uncertainty. A tuple that has no order and no multiples.

      energy_j  total of the boundary, J; idle_j  its idle part, J (0 when the policy charges idle elsewhere)
      u_rand, u_sys  standard uncertainties in J (k = 1), random and systematic part
      sys_group  values of one group share their systematic error entirely ("rapl-powercap/<machine class>")
      provider, domains, boundary  what was read, and in words what is inside and what is not
      limit_j  the detection limit of this window in J: below it the value is printed as "<= x J"
      window_id  set when a whole machine was read; two values of one window with a common domain overlap
    most_j    no more than this, J, was used by the whole machine in that window (one-sided 99 %), where a counter said it
    """

    energy_j: float
    idle_j: float
    u_rand: float
    u_sys: float
    sys_group: str
    method: Method
    provider: str
    domains: tuple[str, ...]
    boundary: str
    limit_j: float = 0.0
    warnings: tuple[str, ...] = ()
    window_id: str = ""
    most_j: float | None = None

    @property
    def dynamic_j(self) -> float:
        """The part above idle, J."""
        return self.energy_j - self.idle_j

    @property
    def u(self) -> float:
        """Combined standard uncertainty, J (k = 1)."""
        return math.hypot(self.u_rand, self.u_sys)

    @property
    def below_limit(self) -> bool:
        """True when the value cannot be told from zero in this window."""
        return self.energy_j <= self.limit_j

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval in J; log-normal where the relative uncertainty exceeds 30 %."""
        if self.below_limit:
            return (0.0, self.upper_limit)
        return self.bounds(Z95)

    @property
    def upper_limit(self) -> float:
        """The x of "<= x J": the larger of the detection limit and the upper 95 % bound, but not beyond `most_j`."""
        return self._capped(max(self.limit_j, self.bounds(Z95)[1]))

    def bounds(self, z: float) -> tuple[float, float]:
        """Bounds in J at z standard uncertainties to each side; the upper one not beyond `most_j`."""
        low, high = self._spread(z)
        return low, self._capped(high)

    def _capped(self, high: float) -> float:
        return high if self.most_j is None else max(self.energy_j, min(high, self.most_j))

    def _spread(self, z: float) -> tuple[float, float]:
        value, u = self.energy_j, self.u
        if u <= 0:
            return (value, value)
        if value <= 0:
            return (0.0, max(0.0, value + z * u))
        if u / value <= LOGNORMAL_ABOVE:
            return (max(0.0, value - z * u), value + z * u)
        sigma = math.sqrt(2 * math.log(math.hypot(1, u / value)))  # ln(1 + (u / value)^2) without overflow
        return (value * math.exp(-z * sigma), value * math.exp(z * sigma))

    def incomparable(self, other: Energy) -> str | None:
        """Why these two values must not be compared or ranked, or None when they may."""
        if self.method.tier != other.method.tier:
            return f"{self.method.mark} ({self.method.tier}) against {other.method.mark} ({other.method.tier})"
        if self.method.measured is not other.method.measured:
            return f"{self.method.mark} against {other.method.mark}"
        if self.boundary != other.boundary:
            return f"different boundaries: {self.boundary!r} and {other.boundary!r}"
        return None

    def __add__(self, other: Energy) -> Energy:  # type: ignore[override]
        """The sum of two windows or of two disjoint devices.

        Raises IncompatibleError when both values cover a common domain in the same window (double counting) or
        when their tiers differ (a sum across tiers hides which part was measured).
        """
        common = set(self.domains) & set(other.domains)
        if self.window_id and self.window_id == other.window_id and common:
            raise IncompatibleError(f"cannot add overlapping domains of one window: {', '.join(sorted(common))}")
        if self.method.tier != other.method.tier:
            raise IncompatibleError(f"cannot add {self.method.mark} and {other.method.mark} energy")
        same_group = self.sys_group == other.sys_group
        return self._replace(
            energy_j=self.energy_j + other.energy_j,
            idle_j=self.idle_j + other.idle_j,
            u_rand=math.hypot(self.u_rand, other.u_rand),
            u_sys=self.u_sys + other.u_sys if same_group else math.hypot(self.u_sys, other.u_sys),
            sys_group=self.sys_group if same_group else f"{self.sys_group}+{other.sys_group}",
            method=max(self.method, other.method, key=list(Method).index),
            provider=_join(self.provider, other.provider),
            domains=tuple(dict.fromkeys(self.domains + other.domains)),
            boundary=_join(self.boundary, other.boundary),
            limit_j=math.hypot(self.limit_j, other.limit_j),
            warnings=tuple(dict.fromkeys(self.warnings + other.warnings)),
            window_id="",
            most_j=None if self.most_j is None or other.most_j is None else self.most_j + other.most_j,
        )

    def _refuse(self, other: object) -> NoReturn:
        raise TypeError("energies are compared by `incomparable` and their intervals, and shared out by `per`")

    __lt__ = __le__ = __gt__ = __ge__ = __mul__ = __rmul__ = _refuse  # type: ignore[misc]

    def per(self, count: float) -> Energy:
        """The same energy for one of `count` equal parts; uncertainty and detection limit are shared out alike.

        Raises ValueError unless count > 0.
        """
        if not count > 0:
            raise ValueError(f"energy cannot be shared out among {count!r}")
        return self._replace(
            energy_j=self.energy_j / count,
            idle_j=self.idle_j / count,
            u_rand=self.u_rand / count,
            u_sys=self.u_sys / count,
            limit_j=self.limit_j / count,
            window_id="",
            most_j=None if self.most_j is None else self.most_j / count,
        )

    def to_json(self) -> dict[str, Any]:
        """The fields of the JSON contract (DESIGN section 5)."""
        low, high = self.interval
        return {
            "energy_j": self.energy_j,
            "idle_j": self.idle_j,
            "dynamic_j": self.dynamic_j,
            "u_rand": self.u_rand,
            "u_sys": self.u_sys,
            "sys_group": self.sys_group,
            "interval": [low, high],
            "below_limit": self.below_limit,
            "limit_j": self.limit_j,
            "most_j": self.most_j,
            "method": self.method.value,
            "tier": self.method.tier,
            "provider": self.provider,
            "domains": list(self.domains),
            "boundary": self.boundary,
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Energy:
        """The inverse of `to_json`; derived fields are recomputed, not read."""
        return cls(
            energy_j=float(data["energy_j"]),
            idle_j=float(data["idle_j"]),
            u_rand=float(data["u_rand"]),
            u_sys=float(data["u_sys"]),
            sys_group=str(data["sys_group"]),
            method=Method(data["method"]),
            provider=str(data["provider"]),
            domains=tuple(data["domains"]),
            boundary=str(data["boundary"]),
            limit_j=float(data.get("limit_j", 0.0)),
            warnings=tuple(data.get("warnings", ())),
            most_j=None if data.get("most_j") is None else float(data["most_j"]),
        )

    def __str__(self) -> str:
        """For people: "8.4 J ± 0.2 (measured · rapl-powercap)"; below the detection limit "<= x J"."""
        return f"{format_joules(self)} ({self.method.mark} · {self.provider})"


def bounded(energy: Energy, most_j: float) -> Energy:
    """The same value, whose truth is known to lie between 0 and `most_j`.

    Its error cannot exceed the way to the farther end; where its uncertainty did, both parts shrink alike.
    """
    error_j = max(energy.energy_j, most_j - energy.energy_j)
    part = min(1.0, error_j / energy.u) if energy.u > 0 else 1.0
    return energy._replace(u_rand=energy.u_rand * part, u_sys=energy.u_sys * part, most_j=most_j)


def _join(a: str, b: str) -> str:
    return a if a == b else " + ".join(dict.fromkeys([*a.split(" + "), *b.split(" + ")]))


def format_joules(energy: Energy) -> str:
    """The number and its 95 % interval without provenance: "8.4 J [8.0, 8.8]" or "<= 0.02 J"."""
    if energy.below_limit:
        return f"<= {format_quantity(energy.upper_limit, 'J')}"
    low, high = energy.interval
    scale, prefix = scale_of(energy.energy_j)
    return f"{digits(energy.energy_j / scale)} {prefix}J [{digits(low / scale)}, {digits(high / scale)}]"
