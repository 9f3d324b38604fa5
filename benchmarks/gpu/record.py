"""Records the energy counter of an NVIDIA board under known loads, and prints what greenlint states beside the truth.

python benchmarks/gpu/record.py OUT [--device 0]

Writes OUT/trace.csv (one row per read of the counter or the gauge) and OUT/marks.json (what ran when), in the format of
tests/profiler/data, and prints the tables of benchmarks/gpu/table.py for it. Takes about a minute. The loads are bf16
matrix products and need torch; without it only idle is recorded. Nothing else should run on the board.
Exit code 4 where there is no NVIDIA board.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from threading import Event, Thread
from time import perf_counter_ns, sleep
from typing import TYPE_CHECKING, Any, NoReturn

from gpu_trace import FIELDS, load
from table import report

if TYPE_CHECKING:
    from collections.abc import Callable

_LENGTHS_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_BURSTS, _BURST_S = 6, 0.3
_REST_S, _IDLE_S = 1.5, 5.0
_ENERGY_PACE_S, _POWER_PACE_S = 0.01, 0.02
_SIDE = 8192
_WARM_UP_S = 1.0


class Reader:
    """Two threads that read counter and gauge as fast as they are paced; rows are kept in memory until the end."""

    def __init__(self, library: Any, handle: Any) -> None:
        self._library, self._handle = library, handle
        self.rows: list[tuple[int, int | str, int | str, int | str]] = []
        self._ended = Event()
        self._threads = [Thread(target=self._energy), Thread(target=self._power)]

    def __enter__(self) -> Reader:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _energy(self) -> None:
        while not self._ended.wait(_ENERGY_PACE_S):
            start = perf_counter_ns()
            energy_mj = self._library.nvmlDeviceGetTotalEnergyConsumption(self._handle)
            self.rows.append((start, perf_counter_ns(), energy_mj, ""))

    def _power(self) -> None:
        while not self._ended.wait(_POWER_PACE_S):
            try:
                power_mw = self._library.nvmlDeviceGetPowerUsage(self._handle)
            except self._library.NVMLError:
                return  # this board has no gauge
            self.rows.append((perf_counter_ns(), "", "", power_mw))


def products(device: int) -> Callable[[float], int] | None:
    """A function that multiplies matrices for some seconds and returns how often; None without torch."""
    try:
        import torch
    except ImportError:
        return None
    if not torch.cuda.is_available():
        return None
    with torch.cuda.device(device):
        left, right = (torch.randn(_SIDE, _SIDE, device="cuda", dtype=torch.bfloat16) for _ in range(2))
        result = torch.empty_like(left)

    def run(seconds: float) -> int:
        end, done = perf_counter_ns() + int(seconds * 1e9), 0
        with torch.cuda.device(device):
            while perf_counter_ns() < end:
                torch.matmul(left, right, out=result)
                torch.cuda.synchronize()
                done += 1
        return done

    run(_WARM_UP_S)
    return run


def idle(seconds: float) -> int:
    """Sleep; an iteration is 50 ms."""
    sleep(seconds)
    return round(seconds / 0.05)


def phases(product: Callable[[float], int] | None) -> list[tuple[str, Callable[[float], int], float]]:
    """Name, load and length of every phase, in order."""
    plan: list[tuple[str, Callable[[float], int], float]] = [("idle-5s", idle, _IDLE_S)]
    if product is not None:
        plan += [(f"matmul-bf16-{_SIDE}-{length:g}s", product, length) for length in _LENGTHS_S]
        plan += [(f"matmul-burst-{number}", product, _BURST_S) for number in range(_BURSTS)]
    return [*plan, ("idle-end-5s", idle, _IDLE_S)]


def record(library: Any, device: int, out: str) -> tuple[str, str]:
    """Run all phases, write trace and marks, return their paths."""
    handle = library.nvmlDeviceGetHandleByIndex(device)
    product = products(device)
    if product is None:
        print("note: torch with CUDA is not installed, so only idle is recorded", file=sys.stderr)
    marks = []
    with Reader(library, handle) as reader:
        sleep(_REST_S)
        for name, load_of, seconds in phases(product):
            start = perf_counter_ns()
            iterations = load_of(seconds)
            marks.append({"name": name, "start_ns": start, "end_ns": perf_counter_ns(), "iterations": iterations})
            sleep(_REST_S)
    os.makedirs(out, exist_ok=True)
    trace_path, marks_path = os.path.join(out, "trace.csv"), os.path.join(out, "marks.json")
    with open(trace_path, "w", newline="", encoding="ascii") as file:
        writer = csv.writer(file)
        writer.writerow(FIELDS)
        writer.writerows(sorted(reader.rows, key=lambda row: row[0]))
    with open(marks_path, "w", encoding="utf-8") as file:
        model, driver = library.nvmlDeviceGetName(handle), library.nvmlSystemGetDriverVersion()
        json.dump({"device": model, "driver": driver, "marks": marks}, file, indent=1)
    return trace_path, marks_path


def main() -> None:
    """Parse the command line, record, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", help="folder for trace.csv and marks.json")
    parser.add_argument("--device", type=int, default=0, help="number of the board, by PCI bus")
    options = parser.parse_args()
    # CUDA numbers boards by speed unless told otherwise; the management library goes by PCI bus.
    os.environ.setdefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
    try:
        import pynvml
    except ImportError:
        _stop("nvidia-ml-py is not installed: pip install 'greenlint[gpu]'")
    try:
        pynvml.nvmlInit()
        paths = record(pynvml, options.device, options.out)
        pynvml.nvmlShutdown()
    except pynvml.NVMLError as error:
        _stop(f"no NVIDIA board can be read here: {error}")
    print(report(*load(*paths), 10.0))


def _stop(reason: str) -> NoReturn:
    print(f"record.py: {reason}", file=sys.stderr)
    raise SystemExit(4)


if __name__ == "__main__":
    main()
