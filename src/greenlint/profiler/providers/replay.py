"""`replay`: plays a recorded session of counters, for demonstrations and for testing pipelines on machines without counters.

The values are those of another machine and another time: provider and boundary of each of them say so. By name only.
"""

from __future__ import annotations

import os
from time import perf_counter_ns
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context
    from greenlint.profiler.recording import Recording
    from greenlint.profiler.replayed import ReplaySource

_REMEDY = 'name a recording: replay = "session.csv" in [tool.greenlint.machine]'


class Replay(Provider):
    """The recording that `replay` in `[tool.greenlint.machine]` names, from the folder where greenlint runs."""

    name = "replay"

    def probe(self, context: Context) -> Probe:
        """Found when the recording can be read."""
        if "replay" not in context.settings:
            return Probe(self.name, UNAVAILABLE, "no recording is configured", _REMEDY)
        try:
            recording = _load(context)
        except ProviderError as error:
            return Probe(self.name, REFUSED, error.message, error.hint)
        return Probe(
            self.name,
            FOUND,
            f"{recording.seconds:.3g} s of {recording.provider}, played again when they are over",
            method=recording.method,
            domains=tuple(domain.name for domain in recording.domains),
            facts={"recording": recording.path, "recorded from": recording.provider},
        )

    def open(self, context: Context) -> ReplaySource:
        """Start to play. Raises ProviderError."""
        from greenlint.profiler.replayed import ReplaySource

        if "replay" not in context.settings:
            raise ProviderError("replay: no recording is configured", _REMEDY)
        recording, start = _load(context), perf_counter_ns()
        status = os.stat(recording.path)
        return ReplaySource(
            lambda: recording.at(perf_counter_ns() - start),
            method=recording.method,
            boundary=f"{recording.boundary}, replayed from {recording.path}",
            domains=recording.domains,
            period_s=recording.period_s,
            gain=recording.gain,
            identity=f"replay:{os.path.abspath(recording.path)}@{status.st_size}.{status.st_mtime_ns}",
        )


def _load(context: Context) -> Recording:
    from greenlint.profiler.recording import load

    path = context.settings["replay"]
    if not isinstance(path, str) or not path or "\0" in path:
        raise ProviderError(f"[tool.greenlint.machine] replay: must be the path of a file, not {path!r}", _REMEDY)
    try:
        return load(path)
    except OSError as error:
        raise ProviderError(f"{path}: {error.strerror or error}", _REMEDY) from error
    except ValueError as error:
        raise ProviderError(str(error), "see docs/meter.md for the format") from error
