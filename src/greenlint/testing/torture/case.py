"""What one case of the torture table is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.testing.simulated import Zone


class Moment(NamedTuple):
    """When something happens, s after the start of the counters, and the length of the window around it, s."""

    at_s: float
    window_s: float


class Case(NamedTuple):
    """A simulated machine and the right answer.

    key, title  its name for commands, and in words
    zones    the counters
    right    the right answer in words
    package_w, dram_w  true power of the packages and of the DRAM that can be read, W; None: nothing may be called
             measured, a reason must be given instead
    or_refuse  refusing is right as well: the value is no better than luck
    says     pattern of what an answer must also say: the reason, the remedy, or what is left out
    event    something happens in the middle of the window
    sockets  sockets of the machine; dies  dies of each
    computed  counters that are computed at each read, and can be delayed or fail (FUSE), instead of files
    nobody   the program runs as an ordinary user; masked  the devices are hidden as container engines do
    side_effects  the answer is also judged by what the tool leaves behind
    """

    key: str
    title: str
    zones: Callable[[Moment], tuple[Zone, ...]]
    right: str
    package_w: float | None = None
    dram_w: float = 0.0
    or_refuse: bool = False
    says: str = ""
    event: bool = False
    sockets: int = 1
    dies: int = 1
    computed: bool = False
    nobody: bool = False
    masked: bool = False
    side_effects: bool = False

    @property
    def watts(self) -> float | None:
        """True power of packages and DRAM, W; None when nothing may be called measured."""
        return None if self.package_w is None else self.package_w + self.dram_w
