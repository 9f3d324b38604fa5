"""What `--energy` costs a trivial test, told apart in one process: with and without the hooks, block by block, and writing the rows.

    python benchmarks/self/cost_per_test.py [--rounds 10] [--tests 4000]

`pytest_overhead.py` compares whole processes, whose CPU time differs by several per cent from one moment to the next; so does every
difference between them. Here blocks of 20 tests run alternately with our hooks registered and without, in the order ABBA, and the
median of the differences of neighbours is taken, so that both sides see the same machine. What the ledger's rows take is timed where
they are written, and divided by the tests that had hooks. Run it in an environment with pytest and greenlint alone.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

BLOCK = 20
FIRST = 2
"""Tests that begin each block and are not timed: registering and unregistering leaves the processor's caches cold."""

NAME = "greenlint-energy"


class Alternating:
    """A pytest plug-in that runs the collected tests in blocks with and without the hooks of greenlint."""

    def __init__(self) -> None:
        self.writing_ns = 0
        self.found: dict[str, float] = {}

    def _timed(self, function: Any) -> Any:
        def timed(*arguments: Any) -> Any:
            start = time.process_time_ns()
            try:
                return function(*arguments)
            finally:
                self.writing_ns += time.process_time_ns() - start

        return timed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All tests, in pairs of blocks."""
        items, manager = session.items, session.config.pluginmanager
        plugin: Any = manager.get_plugin(NAME)
        session_of = plugin.session
        session_of.flush = self._timed(session_of.flush)

        def run(places: range) -> None:
            for place in places:
                following = items[place + 1] if place + 1 < len(items) else None
                items[place].ihook.pytest_runtest_protocol(item=items[place], nextitem=following)

        def cost(first: int) -> float:
            run(range(first, first + FIRST))
            written, start = self.writing_ns, time.process_time_ns()
            run(range(first + FIRST, first + FIRST + BLOCK))
            return (time.process_time_ns() - start - (self.writing_ns - written)) / BLOCK / 1e3

        def without(first: int) -> float:
            manager.unregister(plugin, NAME)
            taken = cost(first)
            manager.register(plugin, NAME)
            return taken

        pairs = []
        whole = FIRST + BLOCK
        for number in range(len(items) // (2 * whole)):
            first, second = 2 * number * whole, (2 * number + 1) * whole
            pairs.append((without(first), cost(second)) if number % 2 else (cost(first), without(second))[::-1])
        session_of.flush()
        self.found = {
            "pytest": statistics.median(bare for bare, _ in pairs),
            "hooks": statistics.median(with_hooks - bare for bare, with_hooks in pairs),
            "rows": self.writing_ns / 1e3 / (len(pairs) * whole),
        }
        return True


def one_process(folder: str) -> None:
    """Run the suite in this process and print what was found as JSON on the last line."""
    plugin = Alternating()
    code = pytest.main(["-q", "-p", "no:cacheprovider", "--energy", folder], plugins=[plugin])
    if code:
        raise SystemExit(code)
    print(json.dumps(plugin.found))


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--tests", type=int, default=4000)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        one_process(arguments.one)
        return
    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "test_many.py").write_text("".join(f"def test_{n}(): pass\n" for n in range(arguments.tests)))
        for _ in range(arguments.rounds):
            command = [sys.executable, __file__, "--one", folder]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
            rounds.append(json.loads(done.stdout.splitlines()[-1]))
    print("| process | pytest itself, µs a test | hooks, µs | rows of the ledger, µs | together, µs | part of pytest's |")
    print("| --- | --: | --: | --: | --: | --: |")
    rounds.sort(key=lambda one: one["pytest"])
    for label, one in (("fastest", rounds[0]), ("middle", rounds[len(rounds) // 2]), ("slowest", rounds[-1])):
        both = one["hooks"] + one["rows"]
        print(
            f"| {label} | {one['pytest']:.0f} | {one['hooks']:.0f} | {one['rows']:.0f} | {both:.0f} | {both / one['pytest']:.1%} |"
        )


if __name__ == "__main__":
    main()
