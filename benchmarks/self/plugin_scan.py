"""CPU milliseconds of looking for plug-ins in a directory of 60 and of 400 distributions, in fresh processes.

    python benchmarks/self/plugin_scan.py [--rounds 15]

"importlib.metadata" is what it replaces: its import and its own look at the same directories.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

START = "import sys, time\nsys.path.append(sys.argv[1])\n"
BARE = "sys.path = [path for path in sys.path if not path.endswith('site-packages')]\nstart = time.process_time()\n"
END = "print((time.process_time() - start) * 1000)"
SCAN = f"{START}from greenlint.plugins.discovery import declared\n{BARE}declared()\n{END}"
METADATA = f"{START}{BARE}from importlib.metadata import entry_points\nentry_points(group='greenlint')\n{END}"


def fill(folder: str, count: int) -> None:
    """Make `count` distributions, a third of them with commands."""
    for number in range(count):
        info = os.path.join(folder, f"package{number}-1.0.dist-info")
        os.makedirs(info)
        files = {"METADATA": f"Metadata-Version: 2.1\nName: package{number}\nVersion: 1.0\n", "RECORD": "", "WHEEL": ""}
        if number % 3 == 0:
            files["entry_points.txt"] = f"[console_scripts]\ncommand{number} = package{number}:main\n"
        for name, text in files.items():
            with open(os.path.join(info, name), "w", encoding="utf-8") as file:
                file.write(text)


def cpu_ms(code: str, folder: str) -> float:
    """What the code says about itself; only the standard library and `folder` are on the path while it looks."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", code, folder], env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    print(f"Python {sys.version.split()[0]}, {rounds} interleaved rounds, medians, CPU ms\n")
    print("| distributions | greenlint | importlib.metadata |\n| --- | --- | --- |")
    for count in (60, 400):
        with tempfile.TemporaryDirectory() as folder:
            fill(folder, count)
            rows = [(cpu_ms(SCAN, folder), cpu_ms(METADATA, folder)) for _ in range(rounds)]
        scan, metadata = (statistics.median(column) for column in zip(*rows))
        print(f"| {count} | {scan:.2f} | {metadata:.1f} |")


if __name__ == "__main__":
    main()
