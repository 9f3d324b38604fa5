"""The tools of the torture table, and one virtual environment for each, made once and kept."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple

HERE = os.path.dirname(os.path.abspath(__file__))


class Tool(NamedTuple):
    """name, what pip installs, the adapter that measures one window with it; at_s: s from the start to an event."""

    name: str
    requirement: str
    script: str
    at_s: float = 2.5


TOOLS = (
    Tool("pyRAPL", "pyRAPL==0.2.3.1", "pyrapl_tool.py"),
    Tool("pyJoules", "pyJoules==0.5.1", "pyjoules_tool.py"),
    Tool("CodeCarbon", "codecarbon>=3,<4", "codecarbon_tool.py", 4.5),
    Tool("Zeus", "zeus", "zeus_tool.py", 5.0),
    Tool("Carbontracker", "carbontracker==2.4.7", "carbontracker_tool.py"),
)
GREENLINT = Tool("greenlint", "", "")


def command_of(tool: Tool, envs: str) -> list[str] | str:
    """The command that measures one window; or, where the tool cannot be installed, the last line that pip said."""
    if tool is GREENLINT:
        return [sys.executable, "-m", "greenlint.testing.torture.window"]
    folder = os.path.join(envs, tool.name.lower())
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(os.path.join(folder, ".installed")):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        argv = [python, "-m", "pip", "install", "--quiet", tool.requirement]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"not installed: {(done.stderr.strip().splitlines() or ['pip failed'])[-1]}"
        with open(os.path.join(folder, ".installed"), "w", encoding="ascii"):
            pass
    return [python, os.path.join(HERE, "adapters", tool.script)]
