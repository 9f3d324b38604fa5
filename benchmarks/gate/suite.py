"""A hundred small benchmarks in one process, for error_rates.py: ten kinds of work in ten sizes, the CPU time of each.

    python benchmarks/gate/suite.py '{"3": 1.05}' '[]' 200

The first argument slows benchmarks down: number -> factor of the work. The second names those to run, [] for all. The third is
the work of a round: 200 take half a millisecond, 4000 ten. Prints one JSON object: number -> CPU seconds of each of ten rounds,
or of forty of a quarter of their length where it takes turns with another process, as benchmarks in a gate do.
With "serve" as only argument, for sampling_ways.py, it answers lines "number units rounds" with the CPU seconds of so many rounds.
"""

from __future__ import annotations

import json
import re
import sys
from time import process_time_ns

from greenlint.sampling.turns import turns_here

ROUNDS, PARTS = 10, 4
WORDS = [f"{number * 7919 % 10007:05d}" for number in range(120)]
TEXT = " ".join(WORDS)
PATTERN = re.compile(r"\b\d*7\d*\b")
RECORD = {word: [len(word), word] for word in WORDS[:20]}


def numbers(size: int) -> object:
    return sum(n * n for n in range(size * 4))


def floats(size: int) -> object:
    total = 0.0
    for n in range(1, size * 4):
        total += 1.0 / n
    return total


def counting(size: int) -> object:
    counts: dict[str, int] = {}
    for word in WORDS[: size * 3]:
        counts[word[:2]] = counts.get(word[:2], 0) + 1
    return counts


def sorting(size: int) -> object:
    return sorted(WORDS[: size * 3])


def joining(size: int) -> object:
    return "-".join([word[::-1] for word in WORDS[: size * 3]])


def matching(size: int) -> object:
    return PATTERN.findall(TEXT[: size * 14])


def encoding(size: int) -> object:
    return [json.dumps(RECORD[word]) for word in WORDS[: size // 2]]


def sets(size: int) -> object:
    return set(WORDS[: size * 4]) & set(WORDS[size:])


def calls(size: int) -> object:
    return [abs(int(word)) for word in WORDS[: size * 3]]


def slicing(size: int) -> object:
    return [TEXT[n : n + 9] for n in range(size * 4)]


KINDS = (numbers, floats, counting, sorting, joining, matching, encoding, sets, calls, slicing)


def cpu_s(number: int, units: float) -> list[float]:
    """CPU seconds of the rounds of one benchmark, after a round to warm up."""
    work, size, turns = KINDS[number % 10], 10 + number // 10, turns_here()
    parts = PARTS if turns is not None else 1
    found = []
    for turn in range(parts * ROUNDS + 1):
        if turns is not None and turn:
            turns.wait(str(number))
        start = process_time_ns()
        for _ in range(round(units / parts)):
            work(size)
        found.append((process_time_ns() - start) / 1e9)
    return found[1:]


def serve() -> None:
    """Rounds as they are asked for, until the input ends."""
    for line in sys.stdin:
        number, units, rounds = map(int, line.split())
        work, size = KINDS[number % 10], 10 + number // 10
        found = []
        for _ in range(rounds):
            start = process_time_ns()
            for _ in range(units):
                work(size)
            found.append((process_time_ns() - start) / 1e9)
        print(json.dumps(found), flush=True)


def main() -> None:
    """Measure and print."""
    if sys.argv[1:] == ["serve"]:
        serve()
        return
    turns_here()  # as early as the plug-in does it
    factors, chosen, units = json.loads(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
    print(json.dumps({number: cpu_s(number, units * factors.get(str(number), 1)) for number in chosen or range(100)}))


if __name__ == "__main__":
    main()
