"""Would a tool have found the dead code that maintainers later deleted? Side by side with vulture, skylos and deadcode.

    python benchmarks/dead_code/history.py CLONES --peers VENV [--write] [--only REPOSITORY]
    python benchmarks/dead_code/history.py CLONES --sample 25

CLONES holds clones (bare or not) of the repositories in history.tsv, named OWNER+NAME or NAME. Each line of that file is a symbol
that a commit deleted as unused: repository, commit, file, kind, name. The commit says so in its subject, and in its parent no line of Python,
template or configuration names the symbol but those that the commit deletes with it. Each tool looks at the parent, all of it, with
its defaults. VENV is an environment with the three peers; without it greenlint runs alone.

Results are kept in results.jsonl, one line for a tool and a commit, so that a run that was stopped goes on where it was (`--write`);
RESULTS.md is made from them. Recall counts symbols found by file and name. Precision comes from labels.tsv (repository, commit, file, name,
"dead" or "alive", why): findings of each tool drawn by a hash, read by hand; `--sample` prints those that nobody has labelled. A share stands in the table once the
first 30 of a tool are labelled without a gap.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import takewhile
from pathlib import Path
from typing import Any

from greenlint.analysis.stats import wilson_interval

HERE = Path(__file__).parent
TEXTS = (
    ".py",
    ".toml",
    ".cfg",
    ".ini",
    ".txt",
    ".yml",
    ".yaml",
    ".sh",
    ".md",
    ".rst",
    ".html",
    ".jinja",
    ".jinja2",
    ".j2",
    ".in",
    ".pyx",
    ".pxd",
    ".c",
    ".h",
    ".tmpl",
    ".tpl",
    ".conf",
    ".json",
    ".xml",
    ".service",
    ".mk",
    ".ipynb",
)
LARGEST = 1 << 20
LIMIT_S = 900
LEAST = 60
LEVELS = (80, 60, 40, 20)
"""Confidences of greenlint that get a line of the table."""
SAMPLE = 60
WITH_GIT = "greenlint --git-history"
OURS = ("greenlint", WITH_GIT)
TOOLS = (*OURS, "vulture", "skylos", "deadcode")
_VULTURE = re.compile(r"^(.*?):\d+: unused (?:function|class|method|property) '(\w+)'")
_DEADCODE = re.compile(r"^(.*?):\d+:\d+: (?:\x1b\[\d+m)?DC0[2348](?:\x1b\[\d+m)? \w+ `(\w+)`", re.MULTILINE)
Finding = tuple[str, str, int]
"""File, name and confidence."""


def symbols() -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """(repository, commit) -> (file, kind, name) of what it deleted."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for line in (HERE / "history.tsv").read_text(encoding="utf-8").splitlines():
        repository, commit, file, kind, name = line.split("\t")
        found[repository, commit].append((file, kind, name))
    return dict(found)


def git_folder(clones: Path, repository: str) -> Path | None:
    """The git directory of a clone."""
    for name in (repository.replace("/", "+"), repository.partition("/")[2]):
        for inner in (".git", "repo", ""):
            folder = clones / name / inner if inner else clones / name
            if (folder / "HEAD").exists():
                return folder
    return None


def export(git: Path, commit: str, target: Path) -> int:
    """Write the text files of a commit's parent; returns how many. Objects that a partial clone lacks are left out."""
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
    tree = subprocess.run(
        ["git", "--git-dir", git, "ls-tree", "-r", "-z", f"{commit}^"], capture_output=True, check=True
    ).stdout
    wanted = []
    for entry in tree.split(b"\0")[:-1]:
        meta, _, path = entry.partition(b"\t")
        mode, kind, number = meta.split()
        name = os.fsdecode(path)
        if (
            kind == b"blob"
            and mode != b"120000"
            and (name.lower().endswith(TEXTS) or name.rpartition("/")[2] in ("Dockerfile", "Makefile"))
        ):
            wanted.append((number, name))
    listing = b"".join(number + b"\n" for number, _ in wanted)
    answer = subprocess.run(
        ["git", "--git-dir", git, "cat-file", "--batch"], input=listing, capture_output=True, env=environment, check=True
    )
    data, place, written = answer.stdout, 0, 0
    for _, name in wanted:
        end = data.index(b"\n", place)
        head = data[place:end].split()
        place = end + 1
        if head[-1] == b"missing":
            continue
        size = int(head[2])
        if size <= LARGEST:
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data[place : place + size])
            written += 1
        place += size + 1
    return written


def as_repository(tree: Path, git: Path, commit: str) -> None:
    """Make the tree a repository at the parent of `commit`, whose objects are those of the clone."""
    subprocess.run(["git", "init", "-q", tree], check=True)
    (tree / ".git" / "objects" / "info" / "alternates").write_text(f"{git.resolve()}/objects\n", encoding="utf-8")
    parent = subprocess.run(
        ["git", "--git-dir", git, "rev-parse", f"{commit}^"], capture_output=True, check=True, text=True
    ).stdout.strip()
    (tree / ".git" / "HEAD").write_text(f"{parent}\n", encoding="utf-8")


def run_tool(tool: str, tree: Path, peers: Path | None) -> list[Finding]:
    """What a tool calls unused among functions, methods and classes. Raises TimeoutExpired."""
    place = str(tree)
    commands = {
        "greenlint": [
            sys.executable,
            "-m",
            "greenlint",
            "check",
            ".",
            "--select",
            "GL102,GL103,GL104,GL114",
            "--preview",
            "--no-cache",
        ],
        "vulture": [f"{peers}/bin/vulture", place],
        "skylos": [f"{peers}/bin/skylos", place, "--json"],
        "deadcode": [f"{peers}/bin/deadcode", place, "--no-color"],
    }
    commands[WITH_GIT] = [*commands["greenlint"], "--git-history"]
    for ours in OURS:
        commands[ours] += ["--min-confidence", "1", "--output-format", "json", "--exit-zero", "--jobs", "1"]
    with tempfile.TemporaryDirectory() as elsewhere:
        cwd = place if tool in OURS else elsewhere
        done = subprocess.run(
            commands[tool], cwd=cwd, capture_output=True, text=True, errors="replace", timeout=LIMIT_S, check=False
        )
    return sorted(set(READERS[tool](done.stdout, place)))


def _read_greenlint(text: str, _place: str) -> list[Finding]:
    findings = [one for one in json.loads(text)["findings"] if one["code"] in ("GL102", "GL103", "GL104", "GL114")]
    return [(one["path"], one["message"].split("`")[1].rpartition(".")[2], one["confidence"]) for one in findings]


def _read_lines(pattern: re.Pattern[str]) -> Any:
    def read(text: str, place: str) -> list[Finding]:
        matches = [match for line in text.splitlines() if (match := pattern.match(line))]
        return [(os.path.relpath(match[1], place), match[2], LEAST) for match in matches]

    return read


def _read_skylos(text: str, place: str) -> list[Finding]:
    data = json.loads(text[text.index("{") :])
    listed = [*data.get("unused_functions", ()), *data.get("unused_classes", ())]
    return [(os.path.relpath(one["file"], place), one["simple_name"].rpartition(".")[2], one["confidence"]) for one in listed]


READERS: dict[str, Any] = {
    **dict.fromkeys(OURS, _read_greenlint),
    "vulture": _read_lines(_VULTURE),
    "skylos": _read_skylos,
    "deadcode": _read_lines(_DEADCODE),
}


def results() -> dict[tuple[str, str, str], dict[str, Any]]:
    """(repository, commit, tool) -> kept result."""
    path = HERE / "results.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [json.loads(line) for line in lines]
    return {(row["repository"], row["commit"], row["tool"]): row for row in rows}


def look(clones: Path, repository: str, commit: str, tools: list[str], peers: Path | None) -> list[dict[str, Any]]:
    """One row for each tool that has not looked yet."""
    git = git_folder(clones, repository)
    if git is None:
        print(f"{repository}: no clone", file=sys.stderr)
        return []
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder).resolve()
        files = export(git, commit, tree)
        for tool in tools:
            row: dict[str, Any] = {"repository": repository, "commit": commit, "tool": tool, "files": files}
            if tool == WITH_GIT:
                as_repository(tree, git, commit)
            started = time.monotonic()
            try:
                row["findings"] = run_tool(tool, tree, peers)
            except (subprocess.TimeoutExpired, ValueError, KeyError) as error:
                row["failed"] = type(error).__name__
            row["seconds"] = round(time.monotonic() - started, 1)
            rows.append(row)
    return rows


def found_by(row: dict[str, Any], least: int) -> set[tuple[str, str]]:
    """Files and names that a tool reports at a confidence of at least `least`."""
    return {(file, name) for file, name, confidence in row.get("findings", ()) if confidence >= least}


def labels() -> dict[tuple[str, str, str, str], bool]:
    """(repository, commit, file, name) -> whether it is dead; ValueError names a line that is none."""
    path = HERE / "labels.tsv"
    found: dict[tuple[str, str, str, str], bool] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else [], 1):
        *key, verdict, why = line.split("\t")
        if len(key) != 4 or verdict not in ("dead", "alive") or not why:
            raise ValueError(f"labels.tsv:{number}: repository, commit, file, name, dead or alive, and a reason")
        found[key[0], key[1], key[2], key[3]] = verdict == "dead"
    return found


def sample(
    tool: str, kept: dict[tuple[str, str, str], dict[str, Any]], size: int, least: int
) -> list[tuple[str, str, str, str]]:
    """Findings of a tool: the first ones in the order of a hash of the place, each symbol once, at its first commit.

    So a tool that reports less than before keeps what is left of its sample.
    """
    every: dict[tuple[str, str, str], tuple[str, str, str, str]] = {}
    for (repository, commit, one), row in sorted(kept.items()):
        if one == tool:
            for file, name in found_by(row, least):
                every.setdefault((repository, file, name), (repository, commit, file, name))
    return [every[place] for place in sorted(every, key=_drawn)[:size]]


def _drawn(place: tuple[str, str, str]) -> bytes:
    return hashlib.blake2b("\t".join(place).encode()).digest()


def report(kept: dict[tuple[str, str, str], dict[str, Any]]) -> str:
    """The tables of RESULTS.md: all commits for the tools that have looked at all of them, and the part that every tool has looked at."""
    wanted = symbols()
    finished = {tool: [key for key in wanted if "findings" in kept.get((*key, tool), {})] for tool in TOOLS}
    whole = [tool for tool in TOOLS if len(finished[tool]) == len(wanted)]
    some = [tool for tool in TOOLS if finished[tool]]
    common = [key for key in wanted if all(key in finished[tool] for tool in some)]
    tables = [_table(whole, list(wanted), wanted, kept), _precise(whole, wanted, kept)] if whole else []
    if some != whole and common:
        tables.append(_table(some, common, wanted, kept))
    return "\n".join(tables) or "Nobody has looked yet.\n"


def _precise(tools: list[str], wanted: Any, kept: Any) -> str:
    """The best recall of each tool where at least 0.9 of what is labelled is dead."""
    said = []
    total = sum(map(len, wanted.values()))
    for tool in tools:
        best = 0
        for least in LEVELS if tool in OURS else (0,):
            judged = _judged(tool, least, kept)
            if judged and sum(judged) >= 0.9 * len(judged):
                places = {key: found_by(kept[(*key, tool)], least) for key in wanted}
                best = max(best, sum((file, name) in places[key] for key in wanted for file, _, name in wanted[key]))
        said.append(
            f"{tool} {best / total:.2f}" if best else f"{tool} none (it has no such setting, or nobody has labelled it)"
        )
    return f"Recall where at least 0.9 of the labelled findings are dead: {', '.join(said)}.\n"


def _judged(tool: str, least: int, kept: Any) -> list[bool]:
    """Whether the findings of a tool's sample are dead, as far as they are labelled without a gap; none when these are few."""
    known = labels()
    judged = [known[place] for place in takewhile(known.__contains__, sample(tool, kept, SAMPLE, least))]
    return judged if len(judged) >= SAMPLE // 2 else []


def _table(tools: list[str], done: list[tuple[str, str]], wanted: Any, kept: Any) -> str:
    total = sum(len(wanted[key]) for key in done)
    repositories = {repository for repository, _ in done}
    lines = [
        f"{total} symbols deleted by {len(done)} commits in {len(repositories)} repositories, looked for in the parents of the commits.",
        "",
        "| tool | found | recall, 95 % interval | functions | methods | classes | reported in all | labelled | dead, 95 % interval | wall time, s |",
        "| --- | --: | --- | --: | --: | --: | --: | --: | --- | --: |",
    ]
    levels = [(tool, least) for tool in tools for least in (LEVELS if tool in OURS else (0,))]
    lines += [_line(tool, least, done, wanted, kept) for tool, least in levels]
    return "\n".join(lines) + "\n"


def keep(rows: list[dict[str, Any]]) -> None:
    """Add rows to results.jsonl, in the place of older ones; another run may have added some meanwhile."""
    kept = results() | {(row["repository"], row["commit"], row["tool"]): row for row in rows}
    text = "".join(json.dumps(row) + "\n" for _, row in sorted(kept.items()))
    (HERE / "results.jsonl").write_text(text, encoding="utf-8")


def _line(tool: str, least: int, done: list[tuple[str, str]], wanted: Any, kept: Any) -> str:
    hits: dict[str, list[bool]] = defaultdict(list)
    reported = 0
    for key in done:
        places = found_by(kept[(*key, tool)], least)
        reported += len(places)
        for file, kind, name in wanted[key]:
            hits[kind].append((file, name) in places)
    every = [hit for of_kind in hits.values() for hit in of_kind]
    low, high = wilson_interval(sum(every), len(every)) if every else (0.0, 1.0)
    judged = _judged(tool, least, kept)
    bounds = wilson_interval(sum(judged), len(judged)) if judged else (0.0, 1.0)
    share = f"{sum(judged) / len(judged):.2f} [{bounds[0]:.2f}, {bounds[1]:.2f}]" if judged else "-"
    kinds = " | ".join(f"{sum(hits[kind])}/{len(hits[kind])}" for kind in ("function", "method", "class"))
    seconds = sum(kept[(*key, tool)]["seconds"] for key in done)
    name = f"{tool}, confidence {least}" if least else tool
    rate = f"{sum(every) / max(1, len(every)):.2f} [{low:.2f}, {high:.2f}]"
    return f"| {name} | {sum(every)} | {rate} | {kinds} | {reported} | {len(judged)} | {share} | {seconds:.0f} |"


def main() -> None:
    """Look at what nobody has looked at, keep it, and print the table or a sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", type=Path)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--only", metavar="REPOSITORY")
    parser.add_argument("--again", metavar="TOOL", help="forget what this tool has found")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sample", type=int, metavar="N")
    arguments = parser.parse_args()
    kept = {key: row for key, row in results().items() if key[2] != arguments.again}
    if arguments.sample:
        known = labels()
        for tool in TOOLS:
            for least in LEVELS if tool in OURS else (0,):
                for place in sample(tool, kept, arguments.sample, least):
                    print(tool, least, *place, "" if place not in known else "labelled", sep="\t")
        return
    tools = arguments.tools if arguments.peers else list(OURS)
    for repository, commit in symbols():
        missing = [tool for tool in tools if (repository, commit, tool) not in kept]
        if not missing or arguments.only not in (None, repository):
            continue
        rows = look(arguments.clones, repository, commit, missing, arguments.peers)
        kept |= {(repository, commit, row["tool"]): row for row in rows}
        if arguments.write:
            keep(rows)
    table = report(kept)
    print(table)
    if arguments.write:
        head = (
            "# Dead code that maintainers deleted\n\n    python benchmarks/dead_code/history.py CLONES --peers VENV --write\n\n"
        )
        (HERE / "RESULTS.md").write_text(head + table, encoding="utf-8")


if __name__ == "__main__":
    main()
