"""Runs two processes of which only one runs at a time: they hand the turn to each other from round to round of a benchmark.

Neither their rounds nor anything else of them overlaps, so a counter of the whole machine stays right as well.
"""

from __future__ import annotations

import json
import os
import selectors
from time import monotonic
from typing import TYPE_CHECKING

from greenlint.sampling.process import Started
from greenlint.sampling.turns import VARIABLE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Collection, Mapping, Sequence

    from greenlint.sampling.process import Done, Start

POSSIBLE = os.name == "posix"
"""Whether a process can be given pipes."""

_LOOK_S = 0.2
"""How often to look whether a process has ended whose children hold its pipes open."""

_NOTHING: Mapping[str, Collection[str]] = {}


def run_alternating(
    starts: Mapping[str, Start], timeout_s: float, known: Mapping[str, Collection[str]] = _NOTHING
) -> dict[str, Done]:
    """Both to their end, whatever becomes of the other; the first of `starts` begins, and the two take turns as ABBA.

    timeout_s  of what each runs itself: waiting for a turn does not count
    known      names of the benchmarks that each side has, as far as they are known: those of one side only do not wait
    Raises OSError when one cannot be started.
    """
    members = {name: _Member(start) for name, start in starts.items()}
    try:
        current: str | None = next(iter(members))
        while current is not None:
            members[current].go_on(timeout_s)
            current = _next(members, known)
    finally:
        for member in members.values():
            member.end()
    return {name: member.done for name, member in members.items() if member.done is not None}


def _next(members: Mapping[str, _Member], known: Mapping[str, Collection[str]]) -> str | None:
    """Who runs next: who has yet to start, else who is behind in rounds or benchmarks; None when both are gone."""
    left = [name for name, member in members.items() if member.done is None]
    fresh = [name for name in left if members[name].started is None]
    if fresh or len(left) < 2:
        return next(iter(fresh or left), None)
    first, second = left
    one, other = members[first], members[second]
    if one.name == other.name:
        if one.turns != other.turns:
            return first if one.turns < other.turns else second
        return second if one.turns % 2 else first
    behind, ahead = one.name in other.passed, other.name in one.passed
    if behind != ahead:
        return first if behind else second
    alone = {name: members[name].name not in known[_other(left, name)] for name in left if _other(left, name) in known}
    return next((name for name in left if alone.get(name)), "head" if "head" in left else second)


def _other(both: Sequence[str], name: str) -> str:
    return both[1] if name == both[0] else both[0]


class _Member:
    """One of the two: runs until it asks for a turn, and then waits.

    name  of the benchmark that it waits to run; turns  that it had in it; passed  benchmarks it has come to
    done  how it ended
    """

    def __init__(self, start: Start) -> None:
        self._start = start
        self.started: Started | None = None
        self.done: Done | None = None
        self.name, self.turns = "", 0
        self.passed: set[str] = set()
        self._own_s = 0.0
        self._buffer = b""
        self._pipes: list[int] = []

    def go_on(self, timeout_s: float) -> None:
        """Start it or grant it a turn, and return when it asks for the next one or is gone."""
        if self.started is None:
            self._begin()
        else:
            self.turns += 1
            try:
                os.write(self._pipes[1], b"\n")
            except BrokenPipeError:
                pass  # it is about to be found gone
        assert self.started is not None
        began = monotonic()
        waits = self._runs(self.started.process, began + timeout_s - self._own_s)
        self._own_s += monotonic() - began
        if not waits:
            self.end(timed_out=self._own_s >= timeout_s)

    def end(self, *, timed_out: bool = False) -> None:
        """Kill what is left of it."""
        if self.started is None or self.done is not None:
            return
        for number in self._pipes:
            os.close(number)
        self.done = self.started.end(timed_out=timed_out)

    def _begin(self) -> None:
        requests, ask = os.pipe()
        wait, grants = os.pipe()
        self._pipes = [requests, grants]
        try:
            env = {**self._start.env, VARIABLE: f"{ask} {wait} {os.getpid()}"}
            self.started = Started(self._start.command, self._start.cwd, env, (ask, wait))
        finally:
            os.close(ask)
            os.close(wait)
            if self.started is None:
                os.close(requests)
                os.close(grants)

    def _runs(self, process: subprocess.Popen[bytes], limit: float) -> bool:
        """Until it asks for a turn: True; or until it has ended, or its time is over: False."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._pipes[0], selectors.EVENT_READ)
            while not self._requested():
                left = limit - monotonic()
                if left <= 0:
                    return False
                if selector.select(min(_LOOK_S, left)):
                    read = os.read(self._pipes[0], 65536)
                    if not read:  # it asks no more, and works until it has ended
                        return _ends(process, limit)
                    self._buffer += read
                elif process.poll() is not None:
                    return False
        return True

    def _requested(self) -> bool:
        """Whether a whole line has come; then it is taken in."""
        line, end, rest = self._buffer.partition(b"\n")
        if not end:
            return False
        self._buffer, name = rest, _name(line)
        if name != self.name:
            self.name, self.turns = name, 0
            self.passed.add(name)
        return True


def _name(line: bytes) -> str:
    """The name of a request; of what a program wrote there by mistake, its text."""
    try:
        return str(json.loads(line))
    except ValueError:
        return line.decode(errors="replace")


def _ends(process: subprocess.Popen[bytes], limit: float) -> bool:
    """Wait for its end; False, for it will ask for no turn."""
    import subprocess

    try:
        process.wait(max(0.0, limit - monotonic()))
    except subprocess.TimeoutExpired:
        pass  # the time limit is seen by who asks
    return False
