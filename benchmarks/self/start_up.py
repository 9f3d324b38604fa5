"""CPU milliseconds of whole processes: a bare interpreter, `--version`, and one linted file.

python benchmarks/self/start_up.py FILE [--rounds 15]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys


def cpu_ms(command: list[str]) -> float:
    """User + system time of one process, ms."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return (usage.ru_utime + usage.ru_stime) * 1000


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    greenlint = os.path.join(os.path.dirname(sys.executable), "greenlint")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "greenlint --version": [greenlint, "--version"],
        "greenlint FILE": [greenlint, arguments.file],
        "greenlint check --quiet FILE": [greenlint, "check", "--quiet", arguments.file],
    }
    for command in commands.values():
        cpu_ms(command)
    rows: dict[str, list[float]] = {label: [] for label in commands}
    for _ in range(arguments.rounds):
        for label, command in commands.items():
            rows[label].append(cpu_ms(command))
    print(
        f"Python {sys.version.split()[0]}, {arguments.rounds} interleaved rounds, medians, load {os.getloadavg()[0]:.1f} after\n"
    )
    print("| command | CPU ms |")
    print("| --- | --- |")
    for label, values in rows.items():
        print(f"| `{label}` | {statistics.median(values):.1f} |")


if __name__ == "__main__":
    main()
