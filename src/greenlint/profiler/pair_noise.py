"""How much two processes of the same code differ on a machine class, kept for the gates by `greenlint doctor --aa`."""

from __future__ import annotations

import math
from typing import Any

from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.machine import user_file
from greenlint.profiler.records import RecordFile

_REMEDY = "remove it and run `greenlint doctor --aa`"
_FILE = RecordFile("noise", "noises", 1, _REMEDY)


class PairNoise(NamedTuple):
    """The machine against itself.

    metric   "energy" or "cpu"; sd  standard deviation of the logarithm of one process over another of the same code
    pairs    how many pairs showed it; benchmarks  how many there were, `sd` is their median
    workload what was run; date  ISO 8601
    alone_sd the same of one process over all pairs, whose times lie minutes apart; None where it was not told
    """

    machine_class: str
    metric: str
    sd: float
    pairs: int
    benchmarks: int
    workload: str
    date: str
    alone_sd: float | None = None

    @property
    def process_sd(self) -> float:
        """Of one process alone. A pair is the difference of two, but two that took turns saw the same machine."""
        return max(self.sd / math.sqrt(2), self.alone_sd or 0.0)


def default_path() -> str:
    """Where it is kept for this user, beside the calibrations; it need not exist. "" without a home directory."""
    return user_file("data", "noise.json")


def find_noise(machine_class: str, metric: str, path: str | None = None) -> PairNoise | None:
    """The noise of a machine class by a metric, or None where nobody measured it; a broken file counts as none."""
    try:
        return load(path or default_path()).get((machine_class, metric))
    except ConfigError:
        return None


def load(path: str) -> dict[tuple[str, str], PairNoise]:
    """All that a file holds, by machine class and metric; none without a file. Raises ConfigError for a broken one."""
    found = [_from_json(path, record) for record in _FILE.load(path)]
    return {(one.machine_class, one.metric): one for one in found}


def save(noise: PairNoise, path: str) -> None:
    """Put it into the file, in place of that of the same class and metric. Raises ConfigError or OSError."""
    kept = {**load(path), (noise.machine_class, noise.metric): noise}
    _FILE.save(path, [one._asdict() for one in kept.values()])


def _from_json(path: str, record: Any) -> PairNoise:
    if not isinstance(record, dict) or {*record, "alone_sd"} != set(PairNoise._fields):
        raise ConfigError(f"{path}: a record needs the fields {', '.join(PairNoise._fields)}", _REMEDY)
    sd, alone = record["sd"], record.get("alone_sd")
    texts = [record[name] for name in ("machine_class", "metric", "workload", "date")]
    counts = [record["pairs"], record["benchmarks"]]
    sound = all(type(one) in (int, float) and 0 < one < 10 for one in (sd, sd if alone is None else alone)) and all(
        isinstance(text, str) for text in texts
    )
    if not sound or not all(type(count) is int and count > 0 for count in counts):
        raise ConfigError(f"{path}: a record of {record['machine_class']!r} is not a noise", _REMEDY)
    return PairNoise(**record)
