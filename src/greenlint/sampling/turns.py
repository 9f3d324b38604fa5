"""The part of a measured process that waits for its turn, so that its rounds alternate with those of the other side.

Neighbours, clock and temperature of a machine change within seconds; rounds that alternate see the same of it on both sides.
The process that started us names two pipes in the environment: a line in one asks for a turn, a byte from the other grants it.
"""

from __future__ import annotations

import json
import os
import stat
from functools import cache

VARIABLE = "GREENLINT_TURNS"
"""Numbers of the pipe to ask in, the pipe to wait at, and the process that holds their other ends."""

_POOL, _HEADER = 16384, 33
"""Bytes that CPython's allocator divides into objects of one size, and bytes of an empty `bytes`."""


class Turns:
    """Asks for turns. Where the other end is gone, or a test closed the pipes, every turn is granted at once."""

    def __init__(self, ask: int, wait: int) -> None:
        """Raises OSError unless both are open pipes."""
        self._pipes = {number: _identity(number) for number in (ask, wait)}
        self._ask, self._wait = ask, wait
        self._shift = _shift()
        for number in self._pipes:
            os.set_inheritable(number, False)

    def wait(self, name: str) -> None:
        """Return when a round of this benchmark may run."""
        try:
            if any(_identity(number) != known for number, known in self._pipes.items()):
                raise OSError("the number is now of another file")
            os.write(self._ask, json.dumps(name).encode() + b"\n")
            if not os.read(self._wait, 1):
                raise OSError("nobody is there")
        except OSError:
            self._pipes = {-1: (0, 0)}  # nothing is written to these numbers any more


@cache
def turns_here() -> Turns | None:
    """Those that our parent has given to this very process, and not to one that inherited the environment; None without.

    The variable is taken out of the environment.
    """
    words = os.environ.pop(VARIABLE, "").split()
    if len(words) != 3 or not all(word.isdecimal() for word in words) or int(words[2]) != os.getppid():
        return None
    try:
        return Turns(int(words[0]), int(words[1]))
    except OSError:
        return None


def _shift() -> list[bytes]:
    """Objects to be kept, so that all later ones lie elsewhere in every process.

    Where objects lie relative to each other decides on a per cent or two of the time of some programs, and it follows from as
    little as the length of an argument. The same in all pairs, it would be confirmed as a change; by chance in each process it
    is noise (Mytkowicz et al., Producing wrong data without doing anything obviously wrong, 2009). At most a megabyte.
    """
    small = [size for size in range(48, 513, 16) for _ in range(_below(_POOL // size))]
    return [bytes(size - _HEADER) for size in (*small, *(513 + _below(16384) for _ in range(_below(32))))]


def _below(limit: int) -> int:
    return int.from_bytes(os.urandom(4), "little") % limit


def _identity(number: int) -> tuple[int, int]:
    found = os.fstat(number)
    if not stat.S_ISFIFO(found.st_mode):
        raise OSError(f"{number} is no pipe")
    return found.st_dev, found.st_ino
