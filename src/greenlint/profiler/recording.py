"""A recorded session of counters in a file: monotonic nanoseconds and microjoules per domain, one row a read.

CSV begins with `# key = value` lines for what a row cannot say, then the header `t_ns,package-0,dram-0`. JSON lines begin
with one object that holds the same keys and `domains`, then one array `[t_ns, µJ, µJ]` a line.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from greenlint.model.energy import Method
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.provider import Domain
from greenlint.profiler.unwrap import step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LARGEST = 16 * 1024 * 1024
_KEYS = ("provider", "method", "boundary", "period_s", "gain", "range_uj")
_MEASURED = (Method.METER, Method.COUNTER, Method.ATTRIBUTED)
_GAIN = 0.05  # where the recording states no calibration: the convention for RAPL


class Recording(NamedTuple):
    """What was recorded; the values are unwrapped, so they only grow, and begin at 0.

    provider, method, boundary, period_s, gain  of the source that was recorded
    """

    path: str
    provider: str
    method: Method
    boundary: str
    period_s: float
    gain: float
    domains: tuple[Domain, ...]
    times_ns: tuple[int, ...]
    values_uj: tuple[tuple[int, ...], ...]

    @property
    def seconds(self) -> float:
        """Its length, s."""
        return self.times_ns[-1] / 1e9

    def at(self, t_ns: int) -> tuple[int, ...]:
        """What the counters showed `t_ns` after the start. Past its end it is played again, on top of what was counted."""
        rounds, within = divmod(max(0, t_ns), self.times_ns[-1])
        row = self.values_uj[bisect_right(self.times_ns, within) - 1]
        return tuple([rounds * end + value for end, value in zip(self.values_uj[-1], row)])


def load(path: str) -> Recording:
    """Read a recording. Raises OSError, or ValueError that names file and line."""
    with open(path, encoding="utf-8", errors="replace") as file:
        if os.fstat(file.fileno()).st_size > _LARGEST:
            raise ValueError(f"{path} has more than {_LARGEST >> 20} MiB, which is too long for a recording")
        lines = [(number, line.strip()) for number, line in enumerate(file, 1) if line.strip()]
    if not lines:
        raise ValueError(f"{path} is empty")
    head, names, rows = _json_lines(path, lines) if lines[0][1].startswith("{") else _csv(path, lines)
    if not names or len(set(names)) != len(names):
        raise ValueError(f"{path}: each domain needs a name of its own, not {', '.join(names) or 'none'}")
    times, values = _checked(path, len(names), rows)
    ranges = _ranges(path, head.get("range_uj", 0), len(names))
    period_s = _positive(path, head, "period_s", _period_s(times, values))
    return Recording(
        path=path,
        provider=str(head.get("provider", "unknown")),
        method=_method(path, head.get("method", "counter")),
        boundary=str(head.get("boundary", ", ".join(names))),
        period_s=period_s,
        gain=_positive(path, head, "gain", _GAIN),
        domains=tuple(Domain(name) for name in names),
        times_ns=tuple(time - times[0] for time in times),
        values_uj=tuple(_unwrapped(path, times, values, ranges, period_s)),
    )


def dump(path: str, head: Mapping[str, Any], names: Sequence[str], rows: Iterable[Sequence[int]]) -> None:
    """Write a recording as CSV; `head` holds keys of the description above. Raises OSError."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"# {key} = {value}\n" for key, value in head.items())
        file.write(f"t_ns,{','.join(names)}\n")
        file.writelines(f"{','.join(map(str, row))}\n" for row in rows)


_Line = tuple[int, str]
_Row = tuple[int, list[int]]


def _csv(path: str, lines: list[_Line]) -> tuple[dict[str, Any], list[str], Iterator[_Row]]:
    head: dict[str, Any] = {}
    place = 0
    while place < len(lines) and lines[place][1].startswith("#"):
        number, text = lines[place]
        key, _, value = text[1:].partition("=")
        head[_known(path, number, key.strip())] = value.strip()
        place += 1
    number, header = lines[place] if place < len(lines) else (place, "")
    first, *names = [cell.strip() for cell in header.split(",")]
    if first != "t_ns":
        raise ValueError(f"{path}:{number}: the header begins with t_ns, not {first[:40]!r}")
    return head, names, (_integers(path, number, line.split(",")) for number, line in lines[place + 1 :])


def _json_lines(path: str, lines: list[_Line]) -> tuple[dict[str, Any], list[str], Iterator[_Row]]:
    parsed = ((number, _parse(path, number, line)) for number, line in lines)
    number, head = next(parsed)
    names = head.pop("domains", None)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"{path}:{number}: the first line holds domains, a list of names")
    for key in head:
        _known(path, number, key)
    return head, names, (_integers(path, number, row) for number, row in parsed)


def _parse(path: str, number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError(f"{path}:{number}: not JSON") from None


def _integers(path: str, number: int, cells: Any) -> _Row:
    try:
        if any(isinstance(cell, (float, bool)) for cell in cells):
            raise ValueError
        return number, [int(cell) for cell in cells]
    except (ValueError, TypeError):
        raise ValueError(f"{path}:{number}: a row is whole numbers: t_ns and the µJ of each domain") from None


def _known(path: str, number: int, key: str) -> str:
    if key not in _KEYS:
        raise ValueError(f"{path}:{number}: {key[:40]!r} is unknown; known are {', '.join(_KEYS)}")
    return key


def _checked(path: str, width: int, rows: Iterable[_Row]) -> tuple[list[int], list[list[int]]]:
    times: list[int] = []
    values: list[list[int]] = []
    for number, (time, *row) in rows:
        if len(row) != width:
            raise ValueError(f"{path}:{number}: {len(row)} values for {width} domains")
        if times and time <= times[-1]:
            raise ValueError(f"{path}:{number}: time does not go on")
        if min(row) < 0:
            raise ValueError(f"{path}:{number}: a counter is negative")
        times.append(time)
        values.append(row)
    if len(times) < 2:
        raise ValueError(f"{path}: two rows are the least that can be played")
    return times, values


def _ranges(path: str, given: Any, count: int) -> list[int]:
    """One range for all domains, or one each: in CSV separated by spaces."""
    try:
        ranges = [int(part) for part in (given if isinstance(given, list) else str(given).split())]
    except (ValueError, TypeError):
        ranges = []
    if len(ranges) not in (1, count) or min(ranges) < 0:
        raise ValueError(f"{path}: range_uj is one whole number, or one for each domain, not {str(given)[:40]!r}")
    return ranges * count if len(ranges) == 1 else ranges


def _positive(path: str, head: Mapping[str, Any], key: str, default: float) -> float:
    try:
        value = float(head.get(key, default))
    except (ValueError, TypeError):
        value = 0.0
    if not 0 < value < 3600:
        raise ValueError(f"{path}: {key} is a positive number, not {str(head.get(key))[:40]!r}")
    return value


def _method(path: str, given: Any) -> Method:
    try:
        method = Method(given)
    except ValueError:
        method = Method.PROXY
    if method not in _MEASURED:
        known = ", ".join(method.value for method in _MEASURED)
        raise ValueError(f"{path}: method is one of {known}, not {str(given)[:40]!r}: estimates are not replayed")
    return method


def _period_s(times: list[int], values: list[list[int]]) -> float:
    """The median time between two moves of the counters, s."""
    moved = [time for time, (before, after) in zip(times[1:], pairwise(values)) if before != after]
    gaps = sorted(b - a for a, b in pairwise(moved))
    return gaps[len(gaps) // 2] / 1e9 if gaps else 0.001


def _unwrapped(
    path: str, times: list[int], values: list[list[int]], ranges: list[int], period_s: float
) -> Iterator[tuple[int, ...]]:
    totals = [0] * len(ranges)
    yield tuple(totals)
    for (then, now), (before, after) in zip(pairwise(times), pairwise(values)):
        elapsed_s = (now - then) / 1e9 + period_s
        for place, (last, this, range_uj) in enumerate(zip(before, after, ranges)):
            moved = step(last, this, range_uj=range_uj, elapsed_s=elapsed_s, max_w=Domain("").max_w)
            if moved.delta_uj is None:
                raise ValueError(f"{path}: the counter {moved.problem} at {now} ns")
            totals[place] += moved.delta_uj
        yield tuple(totals)
