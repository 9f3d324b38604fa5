"""`proxy`: CPU time of the process tree, and its instructions where a performance counter exists. It claims no joules.

For noisy or virtual machines, where two runs can be compared by what they did although nobody can say what it cost: CPU time
repeats within about a percent, instructions still better. Both are blind to waiting, memory and devices. Taken by name only.
"""

from __future__ import annotations

from greenlint.model.energy import Method
from greenlint.profiler.instructions import INSTRUCTIONS, KIND, InstructionCounter
from greenlint.profiler.provider import FOUND, Context, Probe, Provider

BOUNDARY = "CPU time and instructions of the process tree; no joules are claimed"


class Proxy(Provider):
    """CPU time and instructions."""

    name = "proxy"

    def __init__(self, event: tuple[int, int] = INSTRUCTIONS) -> None:
        self._event = event

    def probe(self, context: Context) -> Probe:
        """Always found, for every system tells CPU time; says whether there are instructions too."""
        source = self.open(context)
        source.close()
        why = f"no instructions: {source.missing}" if source.missing else "and instructions"
        facts = {"instructions": source.missing or source.kind}
        return Probe(self.name, FOUND, f"CPU time of the process tree, {why}", "", Method.PROXY, ("cpu-time",), facts)

    def open(self, context: Context) -> CountedWork:
        """Open the instruction counter, if there is one."""
        try:
            return CountedWork(InstructionCounter(self._event))
        except OSError as error:
            return CountedWork(None, error.strerror or str(error))


class CountedWork:
    """The instruction counter, or why there is none."""

    name = "proxy"
    method = Method.PROXY
    boundary = BOUNDARY
    kind = KIND

    def __init__(self, counter: InstructionCounter | None, missing: str = "") -> None:
        self._counter, self.missing = counter, missing

    def instructions(self) -> int:
        """Instructions until now. Raises OSError where there is no counter, or it was lost."""
        if self._counter is None:
            raise OSError(self.missing)
        return self._counter.read()

    def close(self) -> None:
        """Release the counter."""
        if self._counter is not None:
            self._counter.close()
            self._counter = None
