"""Bench of GLA109: bytes and CPU time of text that is served raw against a compressed copy made once.

python benchmarks/rules/GLA109/bench.py                 generated texts
python benchmarks/rules/GLA109/bench.py --corpus DIR    every js, css, svg, json, html, xml of 8 kB or more below DIR
CPU time is that of this process. Pressing happens once per change (or cache miss), unpacking once per download, in the
reader's program; the energy of moving the bytes is not measured here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import statistics
import time

from greenlint.profiler.machine import describe_machine

ROUNDS = 9
SUFFIXES = (".js", ".mjs", ".css", ".svg", ".json", ".html", ".xml")
WORDS = "value index item state render update event handler option default result element node style width height".split()


def script(size: int) -> bytes:
    """Functions with names and numbers that differ."""
    rng, parts, length = random.Random(1), [], 0
    while length < size:
        a, b, c = rng.choices(WORDS, k=3)
        part = f"function {a}{rng.randrange(900)}({b}, {c}) {{ return {b}.{a} + {rng.randrange(10_000)} * {c}; }}\n"
        parts.append(part)
        length += len(part)
    return "".join(parts).encode()


def style(size: int) -> bytes:
    """Rules with colours and lengths."""
    rng, parts, length = random.Random(2), [], 0
    while length < size:
        part = f".{rng.choice(WORDS)}-{rng.randrange(99)} {{ margin: {rng.randrange(40)}px; color: #{rng.randrange(1 << 24):06x}; }}\n"
        parts.append(part)
        length += len(part)
    return "".join(parts).encode()


def records(size: int) -> bytes:
    """A list of objects."""
    rng = random.Random(3)
    entries = [
        {"id": i, "name": " ".join(rng.choices(WORDS, k=2)), "price": rng.randrange(10_000), "stock": rng.randrange(100)}
        for i in range(size // 70)
    ]
    return json.dumps(entries).encode()


def cpu(work: object, *arguments: object) -> float:
    """Median CPU seconds of one call."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work(*arguments)
        times.append(time.process_time() - start)
    return statistics.median(times)


def generated() -> None:
    """One line for each text."""
    print("| text | raw B | gzip -9 B | saved | pressing once ms | unpacking per download ms |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, make in (("js", script), ("css", style), ("json", records)):
        for size in (10_000, 100_000, 1_000_000):
            raw = make(size)
            packed = gzip.compress(raw, 9, mtime=0)
            assert gzip.decompress(packed) == raw
            print(
                f"| {name} | {len(raw)} | {len(packed)} | {100 * (1 - len(packed) / len(raw)):.0f} % "
                f"| {1e3 * cpu(gzip.compress, raw, 9):.2f} | {1e3 * cpu(gzip.decompress, packed):.2f} |"
            )


def corpus(folder: str) -> None:
    """Totals over real files."""
    files = raw = packed = 0
    press = unpack = 0.0
    for directory, _, names in os.walk(folder):
        for name in sorted(names):
            path = os.path.join(directory, name)
            if not name.endswith(SUFFIXES) or not os.path.isfile(path) or not 8192 <= os.path.getsize(path) <= 16 << 20:
                continue
            with open(path, "rb") as file:
                data = file.read()
            start = time.process_time()
            small = gzip.compress(data, 9, mtime=0)
            press += time.process_time() - start
            start = time.process_time()
            gzip.decompress(small)
            unpack += time.process_time() - start
            files, raw, packed = files + 1, raw + len(data), packed + len(small)
    print(f"{files} files, {raw / 1e6:.2f} MB raw, {packed / 1e6:.2f} MB with gzip -9 ({100 * (1 - packed / raw):.0f} % saved)")
    print(f"pressing all once {press:.2f} s of CPU, unpacking all once {unpack:.3f} s")


def main() -> None:
    """Print where this runs, then the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", help="folder with real web files")
    folder = parser.parse_args().corpus
    print(f"{describe_machine().machine_class}, CPython {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n")
    corpus(folder) if folder else generated()


if __name__ == "__main__":
    main()
