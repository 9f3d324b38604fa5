"""Bench of GLA111: a real git repository cloned with and without a large data file in it.

python benchmarks/rules/GLA111/bench.py
Each clone goes through git's transport (--no-local), as over a network; CPU time is that of both of its ends. The bytes are those
of the pack that arrives. "said by GLA111" is what the rule reports for the file.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import statistics
import subprocess
import tempfile

from greenlint.profiler.machine import describe_machine
from greenlint.rules.assets.large_data_in_git import LargeDataInGit
from greenlint.source.asset import Asset

ROUNDS = 7


def git(folder: str, *arguments: str) -> None:
    """Run git quietly."""
    identity = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)


def table(rows: int, seed: int) -> bytes:
    """Measurements as CSV."""
    rng = random.Random(seed)
    lines = [f"{i},{rng.randrange(1000)},{rng.gauss(20, 5):.3f},station-{rng.randrange(50)}" for i in range(rows)]
    return ("time,sensor,value,station\n" + "\n".join(lines) + "\n").encode()


def repository(folder: str, rows: int, versions: int) -> str:
    """100 small source files, and perhaps a data file with some versions; returns its path."""
    os.makedirs(os.path.join(folder, "src"))
    git(folder, "init", "-q")
    for number in range(100):
        with open(os.path.join(folder, "src", f"part{number}.py"), "w", encoding="utf-8") as file:
            file.write("\n".join(f"def step{number}_{i}(value):\n    return value + {i * number}\n" for i in range(40)))
    data = os.path.join(folder, "measurements.csv")
    for version in range(max(1, versions)):
        if versions:
            with open(data, "wb") as file:
                file.write(table(rows, version))
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", f"version {version}")
    git(folder, "gc", "-q")
    return data


def clone(source: str) -> tuple[int, float]:
    """(bytes of the pack that arrived, CPU seconds of both ends) of one clone."""
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "clone")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(["git", "clone", "-q", "--no-local", source, target], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        packs = os.path.join(target, ".git", "objects", "pack")
        size = sum(os.path.getsize(os.path.join(packs, name)) for name in os.listdir(packs) if name.endswith(".pack"))
        return size, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Interleaved clones of repositories without and with data."""
    print(f"{describe_machine().machine_class}, CPython {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    print(subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout)
    cases = [("no data", 0, 0), ("1.2 MB CSV", 40_000, 1), ("12 MB CSV", 400_000, 1), ("1.2 MB CSV, 5 versions", 40_000, 5)]
    with tempfile.TemporaryDirectory() as folder:
        said = {}
        for name, rows, versions in cases:
            path = os.path.join(folder, name)
            data = repository(path, rows, versions)
            if versions:
                asset = Asset("measurements.csv", data, os.path.getsize(data), True, path)
                (finding,) = LargeDataInGit().check(asset)
                said[name] = finding.effect.bytes_saved
        sizes: dict[str, int] = {}
        times: dict[str, list[float]] = {name: [] for name, _, _ in cases}
        for _ in range(ROUNDS):
            for name, _, _ in cases:
                sizes[name], seconds = clone(os.path.join(folder, name))
                times[name].append(seconds)
        print("| repository | pack per clone B | more than without B | said by GLA111 B | CPU per clone s |")
        print("|---|--:|--:|--:|--:|")
        for name, _, _ in cases:
            print(
                f"| {name} | {sizes[name]} | {sizes[name] - sizes['no data']} | {said.get(name, '-')} "
                f"| {statistics.median(times[name]):.3f} |"
            )


if __name__ == "__main__":
    main()
