"""How much two processes of the same code differ on a machine class, kept for the gates by `greenlint doctor --aa`."""

from __future__ import annotations

import math
import os
from typing import Any, NamedTuple

from greenlint.errors import ConfigError
from greenlint.profiler.calibration import default_path as calibration_path

VERSION = 1
"""Of the file; another version is an error that names the file."""

_REMEDY = "remove it and run `greenlint doctor --aa`"


class PairNoise(NamedTuple):
    """The machine against itself.

    metric   "energy" or "cpu"; sd  standard deviation of the logarithm of one process over another of the same code
    pairs    how many pairs showed it; benchmarks  how many there were, `sd` is their median
    workload what was run; date  ISO 8601
    """

    machine_class: str
    metric: str
    sd: float
    pairs: int
    benchmarks: int
    workload: str
    date: str

    @property
    def process_sd(self) -> float:
        """Of one process alone: a pair is the difference of two."""
        return self.sd / math.sqrt(2)


def default_path() -> str:
    """Where it is kept for this user, beside the calibrations; it need not exist."""
    return os.path.join(os.path.dirname(calibration_path()), "noise.json")


def find_noise(machine_class: str, metric: str, path: str | None = None) -> PairNoise | None:
    """The noise of a machine class by a metric, or None where nobody measured it; a broken file counts as none."""
    try:
        return load(path or default_path()).get((machine_class, metric))
    except ConfigError:
        return None


def load(path: str) -> dict[tuple[str, str], PairNoise]:
    """All that a file holds, by machine class and metric; none without a file. Raises ConfigError for a broken one."""
    import json

    try:
        with open(path, encoding="utf-8") as file:
            stored = json.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}", _REMEDY) from error
    if not isinstance(stored, dict) or stored.get("version") != VERSION or not isinstance(stored.get("noises"), list):
        raise ConfigError(f"{path}: not a noise file of version {VERSION}", _REMEDY)
    found = [_from_json(path, record) for record in stored["noises"]]
    return {(one.machine_class, one.metric): one for one in found}


def save(noise: PairNoise, path: str) -> None:
    """Put it into the file, in place of that of the same class and metric. Raises ConfigError or OSError."""
    import json

    kept = {**load(path), (noise.machine_class, noise.metric): noise}
    text = json.dumps({"version": VERSION, "noises": [one._asdict() for one in kept.values()]}, indent=1)
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    part = f"{path}.{os.getpid()}"
    with open(part, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
    os.replace(part, path)


def _from_json(path: str, record: Any) -> PairNoise:
    if not isinstance(record, dict) or set(record) != set(PairNoise._fields):
        raise ConfigError(f"{path}: a record needs the fields {', '.join(PairNoise._fields)}", _REMEDY)
    sd = record["sd"]
    texts = [record[name] for name in ("machine_class", "metric", "workload", "date")]
    counts = [record["pairs"], record["benchmarks"]]
    sound = type(sd) in (int, float) and 0 < sd < 10 and all(isinstance(text, str) for text in texts)
    if not sound or not all(type(count) is int and count > 0 for count in counts):
        raise ConfigError(f"{path}: a record of {record['machine_class']!r} is not a noise", _REMEDY)
    return PairNoise(**record)
