"""Fetch and unpack the real code of corpus.txt, and copy this Python's own library beside it.

    python benchmarks/rules/corpus.py FOLDER

Each package lands in FOLDER/NAME-VERSION; what is there already is left alone. A package that has no wheel for this Python is
named and left out.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

LIST = Path(__file__).with_name("corpus.txt")


def wanted() -> list[str]:
    """The `NAME==VERSION` lines."""
    return [line for line in LIST.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]


def fetch(requirement: str, target: Path) -> str:
    """Unpack one wheel; "" or what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "-d",
            folder,
            requirement,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            return (done.stderr.strip().splitlines() or ["no wheel"])[-1]
        with zipfile.ZipFile(wheels[0]) as archive:
            members = [
                name for name in archive.namelist() if name.endswith((".py", ".pyi", ".toml", ".cfg", "entry_points.txt"))
            ]
            archive.extractall(target, members)
    return ""


def main() -> None:
    """Fetch what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    library = folder / f"cpython-{sys.version.split()[0]}"
    if not library.exists():
        ignored = shutil.ignore_patterns("site-packages", "__pycache__", "config-*", "lib-dynload")
        shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=ignored)
    for requirement in wanted():
        target = folder / requirement.replace("==", "-")
        problem = "" if target.exists() else fetch(requirement, target)
        if problem:
            print(f"{requirement}: {problem}", file=sys.stderr)


if __name__ == "__main__":
    main()
