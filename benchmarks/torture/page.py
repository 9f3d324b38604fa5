"""The page of the torture table: docs/torture.md from results.json."""

from __future__ import annotations

from typing import Any

_HEAD = """# The torture table

What energy tools say on machines whose counters are odd, broken or dead. Every machine is simulated below `/sys`, in mounts that only
the measured program sees; the counters are live, and the tools are the unmodified releases that pip installs. Each measures one
window of {window_s:g} s. Cells: joules of the packages, + joules of DRAM where the tool tells them apart; greenlint gives both
together with its 95 % interval.

**Bold** is wrong: a value more than {near:.0%} from the truth, a value where none can be had, or a partial one that is not said to be
partial. *Italic* is no measurement although there was one to be had, or no value and no reason for it. "warns"
means that the tool wrote something to stderr that it does not write on a sound machine. Another tool whose answer was not right
was asked a second time, and that answer counts; greenlint has one try. Where other processes were busy, greenlint gives only this
program's share, with a wider interval; the others bill it the whole machine.

{date}, {machine}, Linux {kernel}, CPython {python}. {versions}.

    {command}
"""

_TAIL = """
## What the rows mean

Power is 40 W of the package and 4 W of DRAM where the row does not say otherwise, with `core` and `uncore` inside the package as on
real machines. What happens "in the window" happens in its middle. Counters are files written once a millisecond in a tmpfs over
`/sys/class` and `/sys/devices/virtual` (recipe A); rows with a star are served through FUSE and computed at each read (recipe B).

Carbontracker gives watts, over a second that it sleeps itself; its column shows W x 1 s. CodeCarbon's RAM value, a constant by the size of
memory, is left out; "mode" is the estimate that it falls back to, which its result does not tell from a measurement. The full
answers, with all that was written to stderr, are in `benchmarks/torture/results.json`.
"""


def render(results: dict[str, Any]) -> str:
    """The page as Markdown."""
    names = results["tools"]
    lines = [_head(results), "| case | right answer | " + " | ".join(names) + " |", "| --- " * (len(names) + 2) + "|"]
    for row in results["rows"]:
        star = "\\*" if row["computed"] else ""
        cells = [_cell(row["cells"].get(name)) for name in names]
        lines.append(f"| {row['title']}{star} | {row['right']} | " + " | ".join(cells) + " |")
    counts = [f"{_count(results, name, 'right')} of {_count(results, name)}" for name in names]
    lines.append("| **right** | | " + " | ".join(counts) + " |")
    lines.append("| **start-up, ms (median)** | | " + " | ".join(f"{results['startup_ms'][name]:.0f}" for name in names) + " |")
    return "\n".join(lines) + "\n" + _TAIL


def _head(results: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    return _HEAD.format(**{**results, "versions": versions})


def _cell(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return "-"
    text = cell["text"].replace("|", "\\|")
    return {"wrong": f"**{text}**", "refused": f"*{text}*"}.get(cell["status"], text)


def _count(results: dict[str, Any], name: str, status: str = "") -> int:
    return sum(name in row["cells"] and status in ("", row["cells"][name]["status"]) for row in results["rows"])
