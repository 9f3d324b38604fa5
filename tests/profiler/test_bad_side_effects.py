"""What a measuring session must not do: no socket, no process of its own, no file but its cache. Seen by an audit hook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.testing import CounterTree

WATCHED = """
import json, os, sys
events = []
STARTS = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system")
def watch(event, arguments):
    if event.startswith("socket.") or event in STARTS:
        events.append([event, repr(arguments[:2])])
    elif event == "open" and arguments[0] != os.devnull and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR):
        events.append([event, str(arguments[0])])
sys.addaudithook(watch)
"""
SESSION = """
from greenlint.profiler.meter import Meter
with Meter.open() as meter:
    start = meter.read()
    sum(range(100_000))
    energy = meter.energy(start, meter.read())
sys.stdout.write(json.dumps({"provider": energy.provider, "events": events}))
"""
COMMAND = """
from greenlint.__main__ import main
try:
    main()
finally:
    sys.stderr.write(json.dumps(events))
"""


def watched(code: str, *arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    cache = folder / "cache"
    return subprocess.run(
        [sys.executable, "-W", "error", "-B", "-c", WATCHED + code, *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "XDG_CACHE_HOME": str(cache), **variables},
        timeout=60,
    )


def test_a_session_without_counters_opens_and_starts_nothing(tmp_path: Path) -> None:
    done = watched(SESSION, folder=tmp_path, GREENLINT_POWERCAP_ROOT=str(tmp_path / "none"))
    report = json.loads(done.stdout or done.stderr)
    assert [event for event in report["events"] if not event[1].startswith(str(tmp_path / "cache"))] == []


def test_a_session_with_counters_writes_its_cache_and_nothing_else(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree") as tree:
        done = watched(SESSION, folder=tmp_path, GREENLINT_POWERCAP_ROOT=tree.root)
    report = json.loads(done.stdout or done.stderr)
    assert report["provider"] == "rapl-powercap"
    assert [event for event in report["events"] if not event[1].startswith(str(tmp_path / "cache"))] == []
    assert sorted(os.listdir(tmp_path)) == ["cache", "tree"]


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_doctor_opens_no_socket_and_writes_its_cache_only(option: tuple[str, ...], tmp_path: Path) -> None:
    done = watched(COMMAND, "doctor", *option, folder=tmp_path)
    events = json.loads(done.stderr.splitlines()[-1])
    assert done.returncode == 0
    cache = str(tmp_path / "cache")
    assert [event for event in events if event[0].startswith("socket.")] == []
    assert [event for event in events if event[0] == "open" and not event[1].startswith(cache)] == []
