"""What it costs to import a package: CPU time of a fresh process that imports it, less that of one that imports nothing.

    python benchmarks/rules/GL101/import_costs.py [--rounds 7] NAME...

Prints `NAME MILLISECONDS VERSION` for each that is installed: medians over interleaved processes, compiled files present. The
table of `greenlint.rules.dead_code._import_costs` was made so, from the newest releases in a fresh environment.
"""

import argparse
import importlib.metadata
import random
import resource
import statistics
import subprocess
import sys


def cpu_of(statement: str) -> float:
    """CPU seconds of one process; raises CalledProcessError when the import fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", statement], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def version_of(name: str) -> str:
    """The release that holds a module."""
    distributions = importlib.metadata.packages_distributions().get(name.partition(".")[0])
    return importlib.metadata.version(distributions[0]) if distributions else "standard library"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", metavar="NAME")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    times: dict[str, list[float]] = {"": []}
    for name in arguments.names:
        try:
            cpu_of(f"import {name}")
            times[name] = []
        except subprocess.CalledProcessError:
            print(f"{name}: cannot be imported", file=sys.stderr)
    names = sorted(times)
    for _ in range(arguments.rounds):
        for name in random.sample(names, len(names)):
            times[name].append(cpu_of(f"import {name}" if name else "pass"))
    nothing = statistics.median(times.pop(""))
    for name, values in times.items():
        print(f"{name} {1000 * (statistics.median(values) - nothing):.0f} {version_of(name)}")


if __name__ == "__main__":
    main()
