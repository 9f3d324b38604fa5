"""What a session has seen so far: energy, own CPU time and the machine's busy time, sampled now and then.

Short windows, windows of other processes and the share of other processes all need a longer stretch around a window
than the window itself; the history gives it, interpolated.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right

from greenlint.named_tuple import NamedTuple


class Sample(NamedTuple):
    """Cumulative values at one moment: µJ of all domains, CPU ns of the own process tree, busy and stolen ns of all CPUs."""

    t_ns: int
    energy_uj: float
    own_ns: float
    busy_ns: float
    steal_ns: float


class Stretch(NamedTuple):
    """Differences over a stretch of time."""

    wall_s: float
    energy_j: float
    own_s: float
    busy_s: float
    steal_s: float


class History:
    """Samples in the order of time; 40 bytes each."""

    def __init__(self) -> None:
        self._columns = tuple(array("q") for _ in Sample._fields)
        self._times = self._columns[0]

    def __len__(self) -> int:
        return len(self._times)

    @property
    def last_ns(self) -> int:
        """Time of the newest sample; -1 without one."""
        return self._times[-1] if self._times else -1

    def add(self, sample: Sample) -> None:
        """Append a sample; one that is not newer than the last is dropped."""
        if sample.t_ns > self.last_ns:
            for column, value in zip(self._columns, sample):
                column.append(int(value))

    def around(self, start_ns: int, end_ns: int, span_ns: int) -> Stretch:
        """The window, widened to `span_ns` where the history reaches that far; at least one sample is needed."""
        missing = max(0, span_ns - (end_ns - start_ns))
        high = min(end_ns + missing // 2, self._times[-1])
        low = max(min(start_ns, high - span_ns), self._times[0])
        high = min(max(high, end_ns, low + span_ns), self._times[-1])
        return _between(self._at(low), self._at(high))

    def within(self, start_ns: int, end_ns: int) -> Stretch | None:
        """The shortest stretch from sample to sample that holds the whole window; None where the history does not reach."""
        if not self._times or start_ns < self._times[0] or end_ns > self._times[-1]:
            return None
        first, last = self._sample(bisect_right(self._times, start_ns) - 1), self._sample(bisect_left(self._times, end_ns))
        return _between(first, last)

    def whole(self) -> Stretch:
        """From the first sample to the last."""
        return self.around(self._times[0], self._times[-1], 0)

    def _at(self, t_ns: int) -> Sample:
        times = self._times
        place = bisect_left(times, t_ns)
        if place == 0 or place == len(times):
            return self._sample(min(place, len(times) - 1))
        before, after = self._sample(place - 1), self._sample(place)
        part = (t_ns - before.t_ns) / (after.t_ns - before.t_ns)
        return Sample(t_ns, *(a + part * (b - a) for a, b in zip(before[1:], after[1:])))

    def _sample(self, place: int) -> Sample:
        return Sample(*(column[place] for column in self._columns))


def _between(first: Sample, last: Sample) -> Stretch:
    wall, energy, own, busy, steal = (b - a for a, b in zip(first, last))
    return Stretch(wall / 1e9, energy / 1e6, own / 1e9, busy / 1e9, steal / 1e9)
