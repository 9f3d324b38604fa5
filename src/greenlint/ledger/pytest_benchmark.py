"""Reads the JSON that pytest-benchmark saves: elapsed times only, so nothing about energy is claimed for them."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from greenlint.errors import LedgerError
from greenlint.ledger.batch import of_run, of_samples, of_status
from greenlint.ledger.exchange import Merged, finite, text_of
from greenlint.ledger.ids import ORIGIN, content_id
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.ledger.store import Ledger

_MOST_ROUNDS = 1000
_VENDORS = {"GenuineIntel": "intel", "AuthenticAMD": "amd"}


def import_benchmarks(ledger: Ledger, path: str) -> Merged:
    """Add a saved session as a run of kind "bench"; the same file is the same run. Raises LedgerError naming the file."""
    text = text_of(path)
    try:
        data = json.loads(text, parse_float=finite, parse_constant=finite)
        run = _run(data, hashlib.blake2b(text.encode(), digest_size=10).hexdigest())
        rows = [row for benchmark in data["benchmarks"] for row in _rounds(benchmark)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        what = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise LedgerError(f"{path}: is not a file of pytest-benchmark ({what})", "save one with --benchmark-json") from error
    known = ledger.run(run.run_id) is not None
    if not known:
        status = of_status(run.run_id, run.status, run.started_utc)
        ledger.add_missing([*of_run(run), of_samples(run.run_id, 0, rows), status])
    return Merged(int(not known), int(known))


def _run(data: dict[str, Any], digest: str) -> Run:
    commit = data.get("commit_info") or {}
    started = datetime.fromisoformat(data["datetime"].replace("Z", "+00:00"))
    if started.tzinfo is None:
        started = started.replace(tzinfo=timezone.utc)  # what pytest-benchmark writes without a zone is UTC
    run = Run(
        run_id="",
        kind="bench",
        started_utc=started.astimezone(timezone.utc).isoformat(timespec="milliseconds"),
        machine=_machine(data.get("machine_info") or {}),
        commit=_commit(commit),
        tool_version=f"pytest-benchmark {data.get('version', '')}".strip(),
        provider="none",
        method="none",
        project=str(commit.get("project") or ""),
        status="complete",
        notes=("imported from pytest-benchmark: elapsed times, no energy, no CPU time",),
        facts={ORIGIN: f"pytest-benchmark {digest}"},
    )
    return run._replace(run_id=content_id(run))


def _machine(info: dict[str, Any]) -> Machine:
    """A machine without its host name. The class has the shape of our own; that it was virtual only a flag can tell."""
    cpu = info.get("cpu") or {}
    count = int(cpu.get("count") or 0)
    virtual = "hypervisor" in (cpu.get("flags") or ())
    vendor = str(cpu.get("vendor_id_raw") or "unknown")
    kind = f"{cpu['family']}-{cpu['model']}" if "family" in cpu and "model" in cpu else str(info.get("machine") or "unknown")
    system = str(info.get("system") or "unknown").lower()
    name = f"{_VENDORS.get(vendor, vendor.lower())}-{kind}-{count}{'vcpu-vm' if virtual else 'cpu'}"
    return Machine(
        name if system == "linux" else f"{name}-{system}",
        str(cpu.get("brand_raw") or ""),
        count,
        0,
        virtual,
        system,
        str(info.get("release") or ""),
    )


def _commit(info: dict[str, Any]) -> Commit | None:
    sha = str(info.get("id") or "")
    if not re.fullmatch(r"[0-9a-f]{40,64}", sha):
        return None
    written = info.get("author_time") or info.get("time")
    at = int(datetime.fromisoformat(written.replace("Z", "+00:00")).timestamp()) if written else 0
    return Commit(sha, "", at, bool(info.get("dirty")), str(info.get("branch") or ""))


def _rounds(benchmark: dict[str, Any]) -> Iterator[Measurement]:
    """One measurement per round; of a file without the single rounds, their median as one."""
    stats = benchmark["stats"]
    iterations = max(1, int(stats["iterations"]))
    seconds = sorted(stats.get("data") or [stats["median"]])
    facts = {"iterations": str(iterations), "rounds": str(stats["rounds"]), "cpu": "unknown"}
    if benchmark.get("group"):
        facts["group"] = str(benchmark["group"])
    if len(seconds) > _MOST_ROUNDS:  # evenly through the sorted values, so that quantiles stay
        last = len(seconds) - 1
        seconds = [seconds[round(number * last / (_MOST_ROUNDS - 1))] for number in range(_MOST_ROUNDS)]
    for number, value in enumerate(seconds):
        wall_ns = round(float(value) * iterations * 1e9)
        if not 0 <= wall_ns < 1 << 63:
            raise ValueError(f"{value} s is no time")
        yield Measurement(str(benchmark["fullname"]), "bench", None, wall_ns, 0, extra={**facts, "round": str(number)})
