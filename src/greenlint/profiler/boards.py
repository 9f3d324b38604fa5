"""What providers of GPU boards share: each reads several boards of one maker's library, beside the CPU."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.model.text import counted
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.provider import FOUND, REFUSED, Probe, Provider

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.profiler.recorder import Board


class Found(NamedTuple):
    """The boards that can be read, why others cannot, and what to do about it."""

    boards: list[Board]
    problems: list[str]
    remedy: str = ""


class BoardProvider(Provider):
    """Boards that are recorded by a thread. `hidden` says what hides all boards where none is left."""

    beside = True
    hidden = "the environment hides every GPU"

    def __init__(self, library: Any = None, clock: Callable[[], int] | None = None) -> None:
        """`library` stands in for the maker's Python module, `clock` for time (then no thread is started)."""
        self._library, self._clock = library, clock

    def probe_of(self, found: Found) -> Probe:
        """Found when at least one board can be read."""
        left_out = "; ".join(found.problems)
        if not found.boards:
            return Probe(self.name, REFUSED, left_out or self.hidden, found.remedy)
        facts = {board.name: board.model for board in found.boards}
        if left_out:
            facts["left out"] = left_out
        names = tuple(board.name for board in found.boards)
        return Probe(self.name, FOUND, counted(len(names), "board"), "", Method.COUNTER, names, facts)

    def nothing_in(self, found: Found) -> ProviderError:
        """The error of one who opens boards of which none can be read."""
        return ProviderError(f"{self.name}: {'; '.join(found.problems) or self.hidden}", found.remedy)
