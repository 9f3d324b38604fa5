"""Runs from one ledger to another, directly or as JSON Lines; a run is known by its id, so nothing is ever added twice."""

from __future__ import annotations

import json
import math
import os
from typing import TYPE_CHECKING, Any

from greenlint.errors import LedgerError
from greenlint.ledger.batch import VERDICT_COLUMNS, Batch, of_run, of_samples, of_status
from greenlint.ledger.opening import spool_files
from greenlint.model.annotation import KINDS, Annotation
from greenlint.model.energy import Energy
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine, Run
from greenlint.model.text import counted, encodable
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from greenlint.ledger.intake import Taken
    from greenlint.ledger.store import Ledger

LINES_VERSION = 1


class Merged(NamedTuple):
    """How many runs were new, how many were there already, and how many of those lacked something that they have now.

    marks  remarks on commits that were new; counted where a file names them one by one
    """

    added: int
    known: int
    completed: int = 0
    marks: int = 0

    def __str__(self) -> str:
        """ "2 runs added, 1 known already"."""
        completed = f", {self.completed} of them completed" if self.completed else ""
        marks = f"; {counted(self.marks, 'mark')} added" if self.marks else ""
        return f"{counted(self.added, 'run')} added, {self.known} known already{completed}{marks}"


def merge_from(ledger: Ledger, other: Ledger) -> Merged:
    """Add the rows that `ledger` lacks: all of them, or none when it raises LedgerError.

    A run that was merged while it still ran is completed; verdicts and marks come along.
    """
    present = {run.run_id: run.status for run in ledger.runs()}
    found = other.runs()
    sizes = {run.run_id: ledger.size(run.run_id) for run in found if run.run_id in present}
    try:
        ledger.add_missing(other.batches())
    except LedgerError as error:
        raise LedgerError(f"{other.path}: cannot be merged: {error.message}", error.hint) from error
    completed = sum(ledger.size(run_id) > size for run_id, size in sizes.items())
    return Merged(len(found) - len(sizes), len(sizes), completed)


def merge_spool(ledger: Ledger, folder: str) -> Taken:
    """Add what the spool files in a folder (or in the `spool` inside it) hold; they stay where they are. Raises LedgerError."""
    inner = os.path.join(folder, "spool")
    if not spool_files(folder) and os.path.isdir(inner):
        folder = inner
    if not spool_files(folder):
        raise LedgerError(f"{folder}: is a folder without spool files (*.jsonl)")
    return ledger.take_in(folder, remove=False)


def import_lines(ledger: Ledger, path: str) -> Merged:
    """Add the runs and marks of an exported file.

    Raises LedgerError naming the line that is wrong; what stands before it is added.
    """
    total = Merged(0, 0)
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if not line.strip():
            continue
        run, batches = _parse(path, number, line)
        before = None if run is None else ledger.run(run.run_id)
        if run is not None and before is not None and before.status == run.status:
            batches = [batch for batch in batches if batch.table != "run_status"]
        try:
            new = sum(ledger.add_missing(batches).values())
        except LedgerError as error:
            raise LedgerError(f"{path}:{number}: cannot be imported: {error.message}", error.hint) from error
        if run is None:
            one = Merged(0, 0, 0, new)
        else:
            one = Merged(int(before is None), int(before is not None), int(before is not None and new > 0))
        total = Merged(*map(sum, zip(total, one)))
    return total


def text_of(path: str) -> str:
    """The text of a file to import. Raises LedgerError naming it."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LedgerError(
            f"{path}: is not UTF-8 (byte {error.start})", "import files that `greenlint ledger export` wrote"
        ) from error


def _parse(path: str, number: int, line: str) -> tuple[Run | None, list[Batch]]:
    """A run and its rows, or no run and a mark."""
    try:
        data = json.loads(line, parse_float=finite, parse_constant=finite)
        if data["version"] != LINES_VERSION:
            raise LedgerError(f"{path}:{number}: is of export version {data['version']}", "upgrade greenlint")
        if "mark" in data:
            return None, [_mark(data["mark"])]
        run = _run(data["run"])
        batches = [*of_run(run), of_samples(run.run_id, 0, [_measurement(row) for row in data["measurements"]])]
        if run.status != "open":
            batches.append(of_status(run.run_id, run.status, _text(data.get("ended_utc", ""))))
        if data.get("verdicts"):
            batches.append(_verdicts(run.run_id, data["verdicts"]))
        return run, batches
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LedgerError(f"{path}:{number}: is not an exported run or mark ({error})") from error


def _mark(data: dict[str, Any]) -> Batch:
    """Raises KeyError, TypeError or ValueError for what is no mark."""
    mark = Annotation(**data)
    if not all(isinstance(text, str) for text in mark):
        raise TypeError("a mark holds something that is no text")
    if mark.kind not in KINDS:
        raise ValueError(f"{mark.kind!r} is no kind of mark")
    return Batch("annotation", mark._fields, [tuple(map(encodable, mark))])


def _verdicts(run_id: str, rows: list[dict[str, Any]]) -> Batch:
    """Raises KeyError or TypeError for rows that are no verdicts."""
    for row in rows:
        if not isinstance(row, dict):
            raise TypeError(f"{row!r} is no verdict")
        if not all(value is None or isinstance(value, (str, int, float)) for value in row.values()):
            raise TypeError("a verdict has a value that is no text or number")
    return Batch("verdict", VERDICT_COLUMNS, [(run_id, *(row[name] for name in VERDICT_COLUMNS[1:])) for row in rows])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _run(data: dict[str, Any]) -> Run:
    commit = Commit(**data["commit"]) if data["commit"] else None
    lists = {key: tuple(data[key]) for key in ("args", "notes")}
    run = Run(**{**data, **lists, "machine": Machine(**data["machine"]), "commit": commit})
    for part in (run, run.machine, run.commit):
        _check_types(part)
    if not all(isinstance(text, str) for text in (*run.args, *run.notes)) or not isinstance(run.facts, dict):
        raise TypeError("args and notes are texts, facts an object")
    return run


def _measurement(row: dict[str, Any]) -> Measurement:
    measurement = Measurement(
        row["name"],
        row["phase"],
        Energy.from_json(row["energy"]) if row["energy"] else None,
        row["wall_ns"],
        row["cpu_ns"],
        row["peak_bytes"],
        row["outcome"],
        row["language"],
        row["attempt"],
        row["excluded"],
        row["t0_ns"],
        dict(row["extra"]),
    )
    _check_types(measurement)
    return measurement


_TYPES: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "bool": (bool,), "int | None": (int, type(None))}


def _check_types(part: object) -> None:
    """Raise TypeError for a field that is not of the type that its class says, or is a number that the store cannot hold."""
    for name, written in getattr(type(part), "__annotations__", {}).items():  # as it stands in the source
        value = getattr(part, name)
        wanted = _TYPES.get(written)
        if wanted is not None and not isinstance(value, wanted):
            raise TypeError(f"{name} is {value!r}, not of type {written}")
        if isinstance(value, int) and abs(value) >= 1 << 63:
            raise TypeError(f"{name} is {value}, too large a number")


def finite(text: str) -> float:
    """A number of a JSON document. Raises ValueError for one beyond all limits, and for NaN, which is no JSON."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is no number")
    return value
