"""`make demo`: lint and measure the example shop, judge its budgets, and write its reports.

Everything it prints comes from the commands that it shows; it works on a copy, so that the example stays as it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).parent / "shop"


def step(title: str, *command: str, cwd: Path, expect: tuple[int, ...] = (0,)) -> None:
    """Show a command, run it, and stop the demo when its exit code is not one that belongs to the story."""
    print(f"\n\033[1m── {title}\033[0m" if sys.stdout.isatty() else f"\n── {title}")
    print("$ " + " ".join(command), flush=True)
    code = subprocess.run(command, cwd=cwd, check=False).returncode
    if code not in expect:
        sys.exit(f"the demo expected exit code {expect}, but `{' '.join(command)}` ended with {code}")


def main() -> None:
    """Copy the example into a git repository of its own and walk through greenlint."""
    folder = Path(tempfile.mkdtemp(prefix="greenlint-demo-")) / "shop"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", ".greenlint", ".pytest_cache"))
    _commit(folder)
    step("What can this machine measure?", "greenlint", "doctor", cwd=folder)
    step("Wasteful code and assets (exit 1: there are findings)", "greenlint", "check", "--statistics", cwd=folder, expect=(1,))
    step("What safe fixes would change", "greenlint", "check", "--diff", "--select", "GL3", cwd=folder, expect=(0, 1))
    step(
        "The energy of every test (exit 1: one test exceeds its budget)",
        sys.executable, "-m", "pytest", "-q", "--energy", "-p", "no:cacheprovider", cwd=folder, expect=(1,),
    )  # fmt: skip
    step("Budgets over the ledger (exit 1: one is violated)", "greenlint", "gate", cwd=folder, expect=(1,))
    step("By language", "greenlint", "report", "--by", "language", cwd=folder)
    out = Path(os.environ.get("GREENLINT_DEMO_OUT", "demo-out")).absolute()
    out.mkdir(parents=True, exist_ok=True)
    step("The HTML report", "greenlint", "report", "--html", str(out / "report.html"), cwd=folder)
    step("The page for the organisation", "greenlint", "report", "--kpi", "--html", str(out / "kpi.html"), cwd=folder)
    print(f"\nThe reports are {out / 'report.html'} and {out / 'kpi.html'}; the measured copy of the example is {folder}.")


def _commit(folder: Path) -> None:
    """Energy is kept per commit, so the copy gets one; without git the demo still runs."""
    identity = ("-c", "user.name=greenlint demo", "-c", "user.email=demo@example.org")
    try:
        for arguments in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-q", "-m", "The example shop")):
            subprocess.run(["git", *arguments], cwd=folder, check=True)
    except (OSError, subprocess.CalledProcessError):
        print("(git is not usable here: the demo goes on without a commit)")


if __name__ == "__main__":
    main()
