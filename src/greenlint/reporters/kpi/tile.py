"""One indicator as a value: figures with intervals, what they rest on, and what to measure next."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.energy import Energy
    from greenlint.reporters.catalog import Message
    from greenlint.reporters.survey.rows import Point

LEAST_COVERAGE = 0.5
WIDEST = 0.5  # half an interval, relative to the value


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a base unit (J, Wh, g, B, s, "%" for a share of 0 to 1, a currency) with its 95 % interval.

    value  None means not measured, never zero; low and high None mean that the number is exact
    mark   measured | attributed | estimated | derived | counted; label: what this figure is, beside the indicator's name
    """

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    mark: str = "counted"
    label: Message | None = None

    @classmethod
    def of(cls, energy: Energy | None, unit: str = "J", factor: float = 1.0, label: Message | None = None) -> Figure:
        """The figure of an energy, times `factor` for another unit."""
        if energy is None:
            return cls(None, unit, label=label, mark="unmeasured")
        low, high = energy.interval
        return cls(energy.energy_j * factor, unit, low * factor, high * factor, energy.method.mark, label)

    @property
    def vague(self) -> bool:
        """True when the interval reaches further than ±50 % of the value."""
        if self.value is None or self.low is None or self.high is None or self.low == self.high:
            return False
        return max(self.high - self.value, self.value - self.low) > WIDEST * abs(self.value)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a stacked bar: its label (a text of the catalogue or a name), share of 0 to 1, text beside it."""

    label: Message | str
    share: float
    text: str = ""
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """An indicator (K02 ...). The first figure is the headline.

    tiers     share of the energy behind it by tier; coverage: part of the subjects that have data, None when unknown
    bars      title key -> parts; trend: oldest first, in the unit of the headline; next_steps: what to do
    """

    id: str
    figures: tuple[Figure, ...]
    coverage: float | None = None
    tiers: tuple[tuple[str, float], ...] = ()
    facts: tuple[Message, ...] = ()
    bars: tuple[tuple[str, tuple[Part, ...]], ...] = ()
    trend: tuple[Point, ...] = ()
    trend_unit: str = "J"
    next_steps: tuple[Message, ...] = ()

    @property
    def headline(self) -> Figure:
        """The figure in large print."""
        return self.figures[0]

    @property
    def state(self) -> str:
        """missing | weak | firm: weak when less than half is covered or the interval exceeds ±50 %."""
        if self.headline.value is None:
            return "missing"
        thin = self.coverage is not None and self.coverage < LEAST_COVERAGE
        return "weak" if thin or self.headline.vague else "firm"
