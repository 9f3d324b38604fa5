"""greenlint with all default rules over large projects: beside parsing alone, ruff and vulture; cold, warm, changed, restored; memory.

    python benchmarks/self/large_projects.py PROJECT... [--rounds 5] [--tools BIN] [--out PAGE.md] [--git]

BIN is the folder of an environment with ruff and vulture. Each project is copied, with `--git` into a new repository; every round runs each state once, in random order, and
a ratio is the median of the ratios of the rounds, with their quartiles.

parse        `ast.parse` of the same files in as many processes, read from disk: what no linter that parses in Python can go below
cold         no cache; ruff `--select PERF,FURB,C4,SIM,PLW --no-cache`, vulture as it comes
warm         nothing changed since the last run; changed  one file has another line at its top; named  one file
             mentions another name; defined  one file has another function; restored  every file has a new time stamp,
             with `--git` by a fresh checkout
memory       resident set of the largest process, per million lines
goals        of the project's own plan: cold at most 1.6 parse, 6.5 ruff, 0.3 vulture; warm at most 0.5 ruff; changed at most 1.0 ruff;
             restored at most 0.35 ruff; 120 MB per million lines
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

RUFF = ("check", "--isolated", "-q", "--exit-zero", "--output-format", "concise", "--select", "PERF,FURB,C4,SIM,PLW")
PARSE = """
import ast, gc, multiprocessing, sys
gc.disable()
def parse(path):
    try:
        with open(path, "rb") as file: ast.parse(file.read())
    except (SyntaxError, ValueError, RecursionError): pass
paths = open(sys.argv[1]).read().split("\\n")
with multiprocessing.Pool() as pool:
    for _ in pool.imap_unordered(parse, paths, 16): pass
"""
RATIOS = (
    ("cold", "parse", 1.6),
    ("cold", "ruff cold", 6.5),
    ("cold", "vulture", 0.3),
    ("warm", "ruff warm", 0.5),
    ("changed", "ruff changed", 1.0),
    ("named", "ruff named", 1.0),
    ("defined", "ruff defined", 1.0),
    ("restored", "ruff restored", 0.35),
)


SETTLED_S = 2.1
"""A pause after what an earlier state changed: two seconds long greenlint asks contents and not time stamps."""


class State(NamedTuple):
    """What one line of a round runs, and what is done to the project before it."""

    command: list[str]
    before: Callable[[], None]


class Took(NamedTuple):
    """Wall and CPU seconds of a process tree, megabytes of its largest process."""

    wall_s: float
    cpu_s: float
    memory_mb: float


def run(command: list[str], environment: dict[str, str]) -> Took:
    """Run one command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return Took(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def git(project: Path, *arguments: str) -> None:
    """Run git in the project."""
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    subprocess.run(command, cwd=project, check=True, stdout=subprocess.DEVNULL)


def states(project: Path, binaries: Path, scratch: Path) -> dict[str, State]:
    """All states by name."""
    repository = (project / ".git").exists()
    files = sorted(path for path in project.rglob("*.py") if path.is_file())
    listing = scratch / "files"
    listing.write_text("\n".join(map(str, files)))
    some = sorted(files, key=lambda path: path.stat().st_size)[len(files) // 2]
    count = iter(range(1, 10**6))

    def change() -> None:
        some.write_text(f"# {next(count)}\n{some.read_text()}")

    def name() -> None:
        with some.open("a") as file:
            file.write(f"print('name_{next(count)}')\n")

    def define() -> None:
        name = f"function_{next(count)}"
        with some.open("a") as file:
            file.write(f"def {name}(x):\n    return x\n\n\nprint({name}(1))\n")

    def restamp() -> None:
        if repository:
            for path in project.iterdir():
                if path.is_dir() and path.name != ".git":
                    shutil.rmtree(path)
                elif path.is_file():
                    path.unlink()
            git(project, "checkout", "-q", "--force", "HEAD", "--", ".")
            return
        now = time.time() - random.random() * 1e6
        for path in files:
            os.utime(path, (now, now))

    def nothing() -> None:
        pass

    ruff = [str(binaries / "ruff"), *RUFF]
    green = [
        str(Path(sys.executable).with_name("greenlint")),
        "check",
        "--output-format",
        "concise",
        "--exit-zero",
        "-q",
        "--ignore",
        "GLA",
    ]
    cached = [*ruff, "--cache-dir", str(scratch / "ruff"), str(project)]
    return {
        "parse": State([sys.executable, "-c", PARSE, str(listing)], nothing),
        "cold": State([*green, "--no-cache", str(project)], nothing),
        "ruff cold": State([*ruff, "--no-cache", str(project)], nothing),
        "vulture": State([str(binaries / "vulture"), str(project)], nothing),
        "warm": State([*green, str(project)], nothing),
        "ruff warm": State(cached, nothing),
        "changed": State([*green, str(project)], change),
        "ruff changed": State(cached, change),
        "named": State([*green, str(project)], name),
        "ruff named": State(cached, name),
        "defined": State([*green, str(project)], define),
        "ruff defined": State(cached, define),
        "restored": State([*green, str(project)], restamp),
        "ruff restored": State(cached, restamp),
    }


def measure(source: Path, binaries: Path, rounds: int, *, repository: bool) -> tuple[dict[str, list[Took]], int, int]:
    """What each state took in each round, and the files and lines of the project."""
    with tempfile.TemporaryDirectory() as folder:
        project, scratch = Path(folder) / source.name, Path(folder) / "scratch"
        shutil.copytree(source, project, ignore=shutil.ignore_patterns(".git", ".greenlint", "__pycache__"))
        scratch.mkdir()
        if repository:
            git(project, "init", "-q")
            git(project, "add", "--all", "--force")
            git(project, "commit", "-q", "-m", "as published")
        environment = {**os.environ, "GREENLINT_CACHE_DIR": str(scratch), "NO_COLOR": "1"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        found: dict[str, list[Took]] = {}
        known = states(project, binaries, scratch)
        lines = sum(path.read_bytes().count(b"\n") for path in project.rglob("*.py") if path.is_file())
        settle = {"changed": "warm", "named": "warm", "defined": "warm", "restored": "warm", "warm": "warm"}
        names = sorted(known)
        for number in range(rounds + 1):  # the first round fills the caches
            for name in random.sample(names, len(names)):
                state = known[name]
                if name.removeprefix("ruff ") in settle:  # what an earlier state changed is in the cache again
                    time.sleep(SETTLED_S)
                    run(known["ruff warm" if name.startswith("ruff") else "warm"].command, environment)
                state.before()
                took = run(state.command, environment)
                if number:
                    found.setdefault(name, []).append(took)
        return found, sum(1 for path in project.rglob("*.py") if path.is_file()), lines


def page(name: str, found: dict[str, list[Took]], files: int, lines: int) -> str:
    """Markdown about one project."""
    rows = [
        f"### {name}: {files:,} files, {lines:,} lines\n",
        "| state | wall, s | CPU, s | largest process, MB |",
        "| --- | --: | --: | --: |",
    ]
    for state, runs in found.items():
        wall, cpu, memory = (statistics.median(values) for values in zip(*runs))
        rows.append(f"| {state} | {wall:.2f} | {cpu:.2f} | {memory:.0f} |")
    rows += ["", "| ratio of wall times | median [quartiles] | goal | |", "| --- | --- | --: | --- |"]
    for state, peer, goal in RATIOS:
        ratios = sorted(own.wall_s / other.wall_s for own, other in zip(found[state], found[peer]))
        middle = statistics.median(ratios)
        low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
        rows.append(
            f"| {state} / {peer} | {middle:.2f} [{low:.2f}, {high:.2f}] | {goal} | {'met' if middle <= goal else 'NOT MET'} |"
        )
    cpu = statistics.median(own.cpu_s / other.cpu_s for own, other in zip(found["cold"], found["parse"]))
    memory = max(took.memory_mb for took in found["cold"]) / (lines / 1e6)
    rows.append(f"| cold / parse, CPU | {cpu:.2f} | 1.6 | {'met' if cpu <= 1.6 else 'NOT MET'} |")
    rows.append(f"| MB per million lines, cold | {memory:.0f} | 120 | {'met' if memory <= 120 else 'NOT MET'} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Print a section for each project."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tools", type=Path, default=Path(sys.executable).parent)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--git", action="store_true")
    arguments = parser.parse_args()
    text = ""
    for project in arguments.projects:
        section = page(project.name, *measure(project, arguments.tools, arguments.rounds, repository=arguments.git))
        print(section, flush=True)
        text += section + "\n"
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
