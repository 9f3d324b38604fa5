"""Measure advice that other tools give and greenlint does not, and write the page that says why.

    python benchmarks/rules/rejected.py [--processes 9] [--write]

Each pair runs in fresh processes that time both sides in turn, so that both see the same machine; a process counts by the median of
its rounds. Above 1 the advice helps. Interval: 95 %, exact, over the processes.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import platform
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from greenlint.analysis.stats import hodges_lehmann, walsh_interval
from greenlint.profiler.machine import describe_machine

PAGE = Path(__file__).parents[2] / "docs" / "rules" / "rejected.md"


class Advice(NamedTuple):
    """What a tool advises: code before and after, run in a function after `setup`."""

    title: str
    who: str
    setup: str
    before: str
    after: str
    why: str


_NUMBERS = "numbers = list(range(1000))"
ADVICE = (
    Advice(
        "match instead of a chain of if and elif",
        "Creedengo GCI2 (deprecated there for Python in 2026)",
        "values = [n % 6 for n in range(1000)]",
        "t = 0\nfor v in values:\n    if v == 0:\n        t += 1\n    elif v == 1:\n        t += 2\n    elif v == 2:\n        t += 3\n"
        "    elif v == 3:\n        t += 4\n    else:\n        t += 5\nresult = t",
        "t = 0\nfor v in values:\n    match v:\n        case 0:\n            t += 1\n        case 1:\n            t += 2\n        case 2:\n"
        "            t += 3\n        case 3:\n            t += 4\n        case _:\n            t += 5\nresult = t",
        "the interpreter compares one after another in both",
    ),
    Advice(
        "a local name for a global one that a loop reads",
        "Creedengo GCI4, perflint W8202",
        f"global factor\nfactor = 3\n{_NUMBERS}",
        "t = 0\nfor n in numbers:\n    t += n * factor\nresult = t",
        "local = factor\nt = 0\nfor n in numbers:\n    t += n * local\nresult = t",
        "a few nanoseconds a turn; 7 to 14 findings in 1,000 lines of real code, half of them on constants",
    ),
    Advice(
        "ask whether a file exists before opening it (it does)",
        "Creedengo GCI35",
        "import os, sys\npath = sys.executable",
        "try:\n    with open(path, 'rb') as f:\n        result = f.fileno() > 0\nexcept OSError:\n    result = False",
        "if os.path.exists(path):\n    with open(path, 'rb') as f:\n        result = f.fileno() > 0\nelse:\n    result = False",
        "one more system call where the file is there, and a race",
    ),
    Advice(
        "a generator instead of a list inside sum()",
        "pylint R1728",
        _NUMBERS,
        "result = sum([n * 2 for n in numbers])",
        "result = sum(n * 2 for n in numbers)",
        "resuming a generator costs more than the list; memory counts only for very long ones",
    ),
    Advice(
        "get() instead of try and except KeyError (the key is there)",
        "Creedengo GCI109",
        "table = {n: n for n in range(1000)}\nnumbers = list(table)",
        "t = 0\nfor n in numbers:\n    try:\n        t += table[n]\n    except KeyError:\n        t += 0\nresult = t",
        "t = 0\nfor n in numbers:\n    t += table.get(n, 0)\nresult = t",
        "a try statement that catches nothing is nearly free; where keys are often missing GL222 of the catalogue is another matter",
    ),
    Advice(
        "enumerate instead of range(len()) where the index is needed",
        "Creedengo GCI114",
        _NUMBERS,
        "t = 0\nfor i in range(len(numbers)):\n    t += i * numbers[i]\nresult = t",
        "t = 0\nfor i, n in enumerate(numbers):\n    t += i * n\nresult = t",
        "GL216 speaks only where the index serves nothing else",
    ),
    Advice(
        "a property instead of a getter",
        "Creedengo GCI7",
        "class A:\n    def __init__(self):\n        self._x = 1\n    def get(self):\n        return self._x\n    @property\n    def x(self):\n"
        "        return self._x\na = A()\nturns = range(1000)",
        "t = 0\nfor _ in turns:\n    t += a.get()\nresult = t",
        "t = 0\nfor _ in turns:\n    t += a.x\nresult = t",
        "it is the same call in other clothes",
    ),
    Advice(
        "math.sqrt over a list by numpy, for ten items",
        "Creedengo GCI106",
        "import math\nimport numpy as np\nsmall = [float(n) for n in range(10)]",
        "result = round(sum([math.sqrt(n) for n in small]), 6)",
        "result = round(float(np.sum(np.sqrt(small))), 6)",
        "making the array costs more than ten roots",
    ),
    Advice(
        "lazy formatting of a log call whose argument is a plain name",
        "Creedengo GCI111, pylint W1203",
        "import logging\nlog = logging.getLogger('quiet')\nlog.setLevel(logging.ERROR)\nname = 'x'",
        "log.debug(f'name {name}')\nresult = 0",
        "log.debug('name %s', name)\nresult = 0",
        "the call itself is most of it; GL601 and GL602 look at costly arguments",
    ),
    Advice(
        "compress the text that a program writes (GL322 of our own catalogue)",
        "Green Software Foundation, compress stored data; Creedengo GCI504 for Android",
        "import gzip, os, tempfile\ntext = '\\n'.join(f'{n},{n * 7 % 1000},name{n % 50}' for n in range(5000)).encode()\n"
        "path = os.path.join(tempfile.mkdtemp(), 'rows.csv')",
        "with open(path, 'wb') as f:\n    f.write(text)\nresult = len(text)",
        "with gzip.open(path, 'wb') as f:\n    f.write(text)\nresult = len(text)",
        "fewer bytes for more CPU time: it pays for what is kept for long or sent far, and no line of code says which that is",
    ),
)

NOT_BUILT = """
## Rules of the catalogue that were not built

Neither can be shown by a pair of programs that print the same, so there is no effect to claim.

- GL812, a long training without checkpoints: what is saved is the training that a crash would repeat. It depends on how often
  the machine fails, and on nothing that the code says.
- GL813, a large model for a small task: a smaller model gives other answers. Whether they are good enough is for the one who asks.
"""

_PROGRAM = """
import json, statistics, sys, time
setup, before, after, rounds = json.loads(sys.stdin.read())
def function(name, body):
    text = f"def {name}():\\n" + "".join(f"    {line}\\n" for line in body.split("\\n")) + "    return result\\n"
    exec(text, space)
    return space[name]
space = {}
exec(setup, space)
sides = [function("before", before), function("after", after)]
assert sides[0]() == sides[1](), (sides[0](), sides[1]())
loops = 1
while True:
    began = time.process_time()
    for _ in range(loops):
        sides[0]()
    if time.process_time() - began > 0.01:
        break
    loops *= 2
times = [[], []]
for number in range(rounds):
    for side in ((0, 1), (1, 0))[number % 2]:
        run = sides[side]
        began = time.process_time()
        for _ in range(loops):
            run()
        times[side].append((time.process_time() - began) / loops)
print(json.dumps([statistics.median(side) for side in times]))
"""


def measure(advice: Advice, processes: int) -> tuple[float, float, float, float]:
    """Ratio with its interval, and the seconds of the side before."""
    logs, seconds = [], []
    for _ in range(processes):
        text = json.dumps([advice.setup, advice.before, advice.after, 30])
        done = subprocess.run([sys.executable, "-c", _PROGRAM], input=text, capture_output=True, text=True, check=True)
        before, after = json.loads(done.stdout)
        logs.append(math.log(before / after))
        seconds.append(before)
    low, high = walsh_interval(logs)
    return math.exp(hodges_lehmann(logs)), math.exp(low), math.exp(high), sorted(seconds)[len(seconds) // 2]


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=9, help="6 or more give a 95 %% interval")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    lines = [
        "# Advice that was measured and rejected",
        "",
        f"    python benchmarks/rules/rejected.py --processes {arguments.processes} --write",
        "",
        "What other tools advise and greenlint does not. Above 1 the advice helps; CPU time, median of rounds in fresh processes,",
        f"exact 95 % interval over the processes. CPython {platform.python_version()}, `{describe_machine().machine_class}`,",
        f"{datetime.date.today().isoformat()}.",
        "",
        "| advice | who gives it | ratio, 95 % interval | each time | why not |",
        "| --- | --- | --- | --: | --- |",
    ]
    for advice in ADVICE:
        ratio, low, high, seconds = measure(advice, arguments.processes)
        lines.append(
            f"| {advice.title} | {advice.who} | {ratio:.2f} [{low:.2f}, {high:.2f}] | {seconds * 1e6:.3g} µs | {advice.why} |"
        )
    text = "\n".join(lines) + "\n" + NOT_BUILT
    if arguments.write:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
