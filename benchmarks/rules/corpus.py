"""Fetch and unpack the real code of corpus.txt, and copy this Python's own library beside it.

    python benchmarks/rules/corpus.py FOLDER
    python benchmarks/rules/corpus.py FOLDER --github

Each package lands in FOLDER/NAME-VERSION, with `--github` each application of corpus-github.txt in FOLDER/NAME-COMMIT; what is there
already is left alone. What cannot be had is named and left out.
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

HERE = Path(__file__).parent
GITHUB = "https://github.com/"


def wanted(name: str) -> list[str]:
    """The lines of a list that are no comments."""
    return [line for line in (HERE / name).read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]


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


def check_out(repository: str, commit: str, target: Path, base: str) -> str:
    """The Python files of one commit; "" or what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        steps = (["init", "-q"], ["fetch", "-q", f"{base}{repository}"], ["checkout", "-q", commit])
        for step in steps:
            done = subprocess.run(["git", "-C", folder, *step], capture_output=True, text=True, check=False)
            if done.returncode:
                return (done.stderr.strip().splitlines() or [f"git {step[0]} failed"])[-1]
        for path in Path(folder).rglob("*.py"):
            if path.is_file() and not path.is_symlink():
                copy = target / path.relative_to(folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
    return ""


def main() -> None:
    """Fetch what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--github", action="store_true", help="the applications instead of the packages")
    parser.add_argument("--base", default=GITHUB, help="where the repositories are; a mirror has them as OWNER/NAME as well")
    arguments = parser.parse_args()
    folder = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    problems: dict[str, str] = {}
    if arguments.github:
        for repository, commit in map(str.split, wanted("corpus-github.txt")):
            target = folder / f"{repository.rpartition('/')[2]}-{commit}"
            problems[repository] = "" if target.exists() else check_out(repository, commit, target, arguments.base)
    else:
        library = folder / f"cpython-{sys.version.split()[0]}"
        if not library.exists():
            ignored = shutil.ignore_patterns("site-packages", "__pycache__", "config-*", "lib-dynload")
            shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=ignored)
        for requirement in wanted("corpus.txt"):
            target = folder / requirement.replace("==", "-")
            problems[requirement] = "" if target.exists() else fetch(requirement, target)
    for name, problem in problems.items():
        if problem:
            print(f"{name}: {problem}", file=sys.stderr)


if __name__ == "__main__":
    main()
