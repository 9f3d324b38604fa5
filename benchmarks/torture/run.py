"""The torture table, measured: every tool on every simulated machine; writes results.json and docs/torture.md.

    python benchmarks/torture/run.py [--envs FOLDER] [--case CASE]... [--tool TOOL]... [--update] [--window SECONDS]

Needs Linux and the right to have mounts of its own (root, or user namespaces). Exit code: 0 when greenlint is right on every row,
1 when it is not, 77 when the system does not allow the simulated machines.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from typing import Any

from cells import NEAR, RIGHT, WRONG, Cell, cell_of_greenlint, cell_of_other
from page import render
from tools import GREENLINT, HERE, TOOLS, Tool, command_of

import greenlint.testing.torture as torture
from greenlint.profiler.busy import BusyClock
from greenlint.profiler.machine import describe_machine
from greenlint.testing.torture.cases import CASES
from greenlint.testing.torture.world import FORBIDDEN

SOUND = "one-socket"
_TRIES = 4
_QUIET_WITHIN_S = 60.0


def main() -> int:
    given = _arguments()
    cases = [case for case in CASES if not given.case or case.key in given.case]
    tools = [tool for tool in (GREENLINT, *TOOLS) if not given.tool or tool.name in given.tool]
    with tempfile.TemporaryDirectory() as folder:
        commands = {tool: command_of(tool, given.envs or folder) for tool in tools}
        usual = {tool: _ask(tool, commands[tool], SOUND, given.window)[0].get("stderr", "") for tool in tools}
        rows = [_row(case, commands, usual, given.window) for case in cases]
    if given.update:
        rows = _merged(rows)
        tools = [GREENLINT, *TOOLS]
    if given.update or not (given.case or given.tool):
        _write(_results(rows, tools, given.window), given.envs or folder)
    wrong = [row for row in rows if row["cells"].get("greenlint", {}).get("status") == WRONG]
    for row in wrong:
        sys.stderr.write(f"greenlint is wrong on {row['key']}: {'; '.join(row['cells']['greenlint']['problems'])}\n")
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--envs", help="folder that keeps the tools' virtual environments (default: made anew)")
    parser.add_argument("--case", action="append", help="only this case; nothing is written then without --update")
    parser.add_argument("--tool", action="append", help="only this tool; nothing is written then without --update")
    parser.add_argument("--update", action="store_true", help="put what is measured into the results that are there")
    parser.add_argument("--window", type=float, default=1.0, help="length of the window, s (Carbontracker: always 1)")
    return parser.parse_args()


def _merged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stored rows in the order of the cases, with the cells that were measured now."""
    with open(os.path.join(HERE, "results.json"), encoding="utf-8") as file:
        stored = {row["key"]: row for row in json.load(file)["rows"]}
    fresh = {row["key"]: row for row in rows}
    merged = []
    for case in CASES:
        old, new = stored.get(case.key, {}), fresh.get(case.key, {})
        if old or new:
            merged.append({**old, **new, "cells": {**old.get("cells", {}), **new.get("cells", {})}})
    return merged


def _row(case, commands, usual, window_s: float) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for tool, command in commands.items():
        if tool is GREENLINT:
            _wait_for_quiet()  # it shares energy with whoever else is busy; the others bill the whole machine
        began = time.perf_counter()
        report, said = _ask(tool, command, case.key, window_s)
        cell = _judge(tool, case, report, said, usual[tool])
        if tool is not GREENLINT and cell.status != RIGHT:  # what a busy machine spoils is right the second time
            report, said = _ask(tool, command, case.key, window_s)
            cell = _judge(tool, case, report, said, usual[tool])
        sys.stderr.write(f"{case.key:20} {tool.name:14} {cell.status:8} {time.perf_counter() - began:5.1f} s  {cell.text}\n")
        kept = {key: value for key, value in (said or {}).items() if key not in ("tool", "late")}
        cells[tool.name] = {
            **cell._asdict(),
            "date": date.today().isoformat(),
            "answer": kept,
            "stderr": report.get("stderr", "")[-600:],
        }
    return {"key": case.key, "title": case.title, "right": case.right, "computed": case.computed, "cells": cells}


def _wait_for_quiet() -> None:
    """Until other processes keep less than a tenth of a CPU busy; not for ever."""
    busy = BusyClock()
    until = time.perf_counter() + _QUIET_WITHIN_S
    while time.perf_counter() < until:
        before = busy.read().busy_ns
        time.sleep(0.5)
        if busy.read().busy_ns - before < 0.1 * 0.5e9:
            break
    busy.close()


def _judge(tool: Tool, case, report: dict[str, Any], said: dict[str, Any] | None, usual: str) -> Cell:
    if "failed" in report:
        return Cell(WRONG if tool is GREENLINT else "refused", report["failed"])
    if tool is GREENLINT and said is not None:
        return cell_of_greenlint(case, report, said)
    if tool is GREENLINT:
        return Cell(WRONG, "crashes", (report["stderr"][-500:],))
    return cell_of_other(case, report, said, usual)


def _ask(tool: Tool, command: list[str] | str, case: str, window_s: float) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What the world reports, and what the tool says in it; again with more time when it was not ready for the event."""
    if isinstance(command, str):
        return {"failed": command}, None
    at_s = tool.at_s
    for _ in range(_TRIES):
        report = _in_world(command, case, at_s, window_s)
        said = _answer(report)
        if said is None or not said["late"]:
            break
        at_s *= 2
    return report, said


def _in_world(command: list[str], case: str, at_s: float, window_s: float) -> dict[str, Any]:
    argv = [
        sys.executable,
        "-m",
        "greenlint.testing.torture.world",
        case,
        "--at",
        str(at_s),
        "--window",
        str(window_s),
        "--",
        *command,
    ]
    folder = os.path.dirname(os.path.abspath(torture.__file__))
    env = {**os.environ, "PYTHONPATH": folder} if command[0] != sys.executable else dict(os.environ)
    done = subprocess.run(argv, capture_output=True, text=True, env=env, check=False)
    if done.returncode == FORBIDDEN:
        sys.exit(_forbidden(json.loads(done.stdout)["forbidden"]))
    return json.loads(done.stdout) if done.returncode == 0 else {"failed": done.stderr[-300:]}


def _forbidden(reason: str) -> int:
    sys.stderr.write(f"this system does not allow the simulated machines: {reason}\n")
    return FORBIDDEN


def _answer(report: dict[str, Any]) -> dict[str, Any] | None:
    lines = report.get("stdout", "").strip().splitlines()
    try:
        return json.loads(lines[-1])
    except (IndexError, ValueError):
        return None


def _results(rows: list[dict[str, Any]], tools: list[Tool], window_s: float) -> dict[str, Any]:
    machine = describe_machine()
    answers = {tool.name: [row["cells"][tool.name]["answer"] for row in rows] for tool in tools}
    startups = {name: [one["startup_s"] * 1e3 for one in found if one.get("startup_s")] for name, found in answers.items()}
    return {
        "date": date.today().isoformat(),
        "machine": machine.machine_class,
        "kernel": ".".join(platform.release().split(".")[:2]),
        "python": platform.python_version(),
        "command": "python benchmarks/torture/run.py",
        "window_s": window_s,
        "near": NEAR,
        "tools": [tool.name for tool in tools],
        "versions": {name: next((one["version"] for one in found if "version" in one), "?") for name, found in answers.items()},
        "startup_ms": {name: statistics.median(found) if found else 0.0 for name, found in startups.items()},
        "right": {tool.name: sum(row["cells"][tool.name]["status"] == RIGHT for row in rows) for tool in tools},
        "rows": rows,
    }


def _without_paths(text: str, envs: str) -> str:
    """The places of this machine say nothing to others."""
    repository = os.path.abspath(os.path.join(HERE, "..", ".."))
    for path, word in ((os.path.abspath(envs), "ENVS"), (repository, "REPOSITORY"), (sys.base_prefix, "PYTHON")):
        text = text.replace(path, word)
    return re.sub(re.escape(tempfile.gettempdir()) + r"/tmp\w+", "HOME", text)


def _write(results: dict[str, Any], envs: str) -> None:
    clean = json.loads(_without_paths(json.dumps(results), envs))
    with open(os.path.join(HERE, "results.json"), "w", encoding="utf-8") as file:
        file.write(json.dumps(clean, indent=1, ensure_ascii=False) + "\n")
    with open(os.path.join(HERE, "..", "..", "docs", "torture.md"), "w", encoding="utf-8") as file:
        file.write(render(clean))


if __name__ == "__main__":
    sys.exit(main())
