"""What greenlint costs a test suite beside other plug-ins that measure, each in an environment of its own.

    python benchmarks/plugin/peers.py [--python python3.11] [--keep FOLDER] [--rounds 15]
    python benchmarks/plugin/peers.py --disk

For each: CPU time that a trivial test costs more than in the same environment without it (median of paired runs, 95 % interval),
CPU time of start-up, what it adds to the environment on disk (as installed, and with the byte code that pip compiles) and to peak
memory, and what it says an empty test used. With --disk only what greenlint adds on disk, package by package.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
EMPTY = "def test_empty(): pass\n"
TRACKER = """
import pytest
from codecarbon import OfflineEmissionsTracker
options = dict(country_iso_code="FRA", save_to_file=False, log_level="critical", measure_power_secs=1)
"""
PER_TEST = """
@pytest.fixture(autouse=True)
def carbon():
    tracker = OfflineEmissionsTracker(**options)
    tracker.start()
    yield
    tracker.stop()
    with open("said.txt", "w") as file: file.write(f"{tracker.final_emissions_data.energy_consumed * 3.6e6:.3g} J")
"""
PER_TASK = """
@pytest.fixture(scope="session")
def tracker():
    with OfflineEmissionsTracker(**options) as found: yield found
@pytest.fixture(autouse=True)
def carbon(tracker, request):
    tracker.start_task(request.node.name)
    yield
    data = tracker.stop_task()
    with open("said.txt", "w") as file: file.write(f"{data.energy_consumed * 3.6e6:.3g} J")
"""


class Peer(NamedTuple):
    """What to install, how to turn it on and off, and how many trivial tests its cost is measured with."""

    install: tuple[str, ...]
    on: tuple[str, ...]
    off: tuple[str, ...]
    conftest: str = ""
    tests: int = 1000
    says: str = ""


PEERS = {
    "greenlint --energy": Peer((str(ROOT),), ("--energy",), ("-p", "no:greenlint"), says="-"),
    "greenlint, installed and off": Peer((str(ROOT),), (), ("-p", "no:greenlint")),
    "pytest-benchmark, not used": Peer(("pytest-benchmark",), (), ("-p", "no:benchmark")),
    "pytest-codspeed, not used": Peer(("pytest-codspeed",), (), ("-p", "no:codspeed")),
    "pytest-monitor": Peer(("pytest-monitor",), (), ("-p", "no:monitor"), tests=40),
    "CodeCarbon, a tracker for each test": Peer(("codecarbon",), (), (), TRACKER + PER_TEST, 20),
    "CodeCarbon, a task of one tracker for each test": Peer(("codecarbon",), (), (), TRACKER + PER_TASK, 200),
}


def environment(folder: Path, python: str, wanted: tuple[str, ...]) -> Path:
    """The interpreter of a fresh environment with pytest and `wanted`."""
    found = folder / "bin" / "python"
    if not found.exists():
        subprocess.run([python, "-m", "venv", folder], check=True)
        subprocess.run([found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pytest", *wanted], check=True)
    return found


class Disk(NamedTuple):
    """MB without byte code, and with it."""

    files: float
    compiled: float


def on_disk(folder: Path) -> dict[str, Disk]:
    """Size of each installed package, by its folder or file in site-packages."""
    (packages,) = folder.glob("lib/python*/site-packages")
    sizes: dict[str, Disk] = {}
    for file in packages.glob("**/*"):
        if file.is_file():
            name, size = file.relative_to(packages).parts[0], file.stat().st_size / 1e6
            before = sizes.get(name, Disk(0.0, 0.0))
            sizes[name] = Disk(before.files + (size if file.suffix != ".pyc" else 0.0), before.compiled + size)
    return sizes


def megabytes(folder: Path) -> Disk:
    """Size of all installed packages."""
    sizes = on_disk(folder).values()
    return Disk(sum(size.files for size in sizes), sum(size.compiled for size in sizes))


def show_disk(alone: Path, folder: Path) -> None:
    """What is in one environment and not in the other."""
    before, after = on_disk(alone), on_disk(folder)
    more = {name: size for name, size in after.items() if name not in before}
    print("| installed | MB | MB with byte code |\n| --- | --- | --- |")
    for name, size in sorted(more.items(), key=lambda item: -item[1].files):
        print(f"| {name} | {size.files:.2f} | {size.compiled:.2f} |")
    less, whole = megabytes(alone), megabytes(folder)
    print(f"| all | {whole.files - less.files:.2f} | {whole.compiled - less.compiled:.2f} |")


def used(python: Path, folder: Path, options: tuple[str, ...]) -> tuple[float, float, int]:
    """CPU seconds and peak memory in MB of one run, and its exit code."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    process = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e3, process.returncode


def pairs(python: Path, peer: Peer, tests: int, rounds: int) -> tuple[list[float], float, set[int]]:
    """CPU seconds more than without, by round; the median of the peak memory more, MB; exit codes."""
    more, peaks, codes = [], [], set()
    with tempfile.TemporaryDirectory() as name:
        for side in ("on", "off"):
            folder = Path(name) / side
            folder.mkdir()
            (folder / "test_many.py").write_text("".join(f"def test_{n}(): pass\n" for n in range(tests)))
            if side == "on" and peer.conftest:
                (folder / "conftest.py").write_text(peer.conftest)
        for number in range(rounds + 1):
            values = {}
            for side in random.sample(["on", "off"], 2):
                values[side] = used(python, Path(name) / side, peer.on if side == "on" else peer.off)
            if number:  # the first round compiles
                more.append(values["on"][0] - values["off"][0])
                peaks.append(values["on"][1] - values["off"][1])
                codes.add(values["on"][2])
    return more, statistics.median(peaks), codes


def interval(values: list[float], scale: float) -> str:
    """Median and its 95 % interval by order statistics."""
    ordered, size = sorted(values), len(values)
    low = max(0, int(size / 2 - 0.98 * size**0.5))
    return f"{statistics.median(ordered) * scale:.0f} [{ordered[low] * scale:.0f}, {ordered[size - 1 - low] * scale:.0f}]"


def empty_test(python: Path, peer: Peer) -> str:
    """What it says an empty test used, in its own words."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "test_one.py").write_text(EMPTY)
        if peer.conftest:
            (folder / "conftest.py").write_text(peer.conftest)
        done = subprocess.run([python, "-m", "pytest", "-q", *peer.on], cwd=folder, capture_output=True, text=True, check=False)
        if (folder / "said.txt").exists():
            return (folder / "said.txt").read_text()
        line = next((line for line in done.stdout.splitlines() if line.startswith("test_one.py::")), "-")
        return " ".join(line.split()[1:]) or "-"


def main() -> None:
    """Make the environments, measure, print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--keep", type=Path, help="folder for the environments, used again when they are there")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--disk", action="store_true", help="only what greenlint adds on disk")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = (arguments.keep or Path(temporary)).absolute()
        bare = environment(home / "alone", arguments.python, ()).parents[1]
        if arguments.disk:
            show_disk(bare, environment(home / ROOT.name, arguments.python, (str(ROOT),)).parents[1])
            return
        alone = megabytes(bare)
        print(
            f"{arguments.rounds} paired rounds, load {os.getloadavg()[0]:.1f} before; "
            f"pytest alone takes {alone.files:.0f} MB, {alone.compiled:.0f} with byte code\n"
        )
        print(
            "| with | µs more CPU a test | ms more to start | MB more on disk (with byte code) | MB more memory | exit codes | an empty test |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for label, peer in PEERS.items():
            python = environment(
                home / "-".join(name.rpartition("/")[2] for name in peer.install), arguments.python, peer.install
            )
            start, _, _ = pairs(python, peer, 1, arguments.rounds)
            more, peak, codes = pairs(python, peer, peer.tests, arguments.rounds)
            begun = statistics.median(start)
            cost = interval([(value - begun) / peer.tests for value in more], 1e6)
            disk = megabytes(python.parents[1])
            shown = ", ".join(str(code) for code in sorted(codes))
            row = (
                label,
                f"{cost} ({peer.tests} tests)",
                interval(start, 1e3),
                f"{disk.files - alone.files:.1f} ({disk.compiled - alone.compiled:.1f})",
                f"{peak:.0f}",
                shown,
                empty_test(python, peer),
            )
            print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
