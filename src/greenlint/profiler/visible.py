"""Which boards the environment lets this process use; the others belong to other jobs, and are not ours to count.

The rules are CUDA's (CUDA C++ Programming Guide, environment variables), which HIP and ROCm follow: a list of numbers or
of identifiers, which may be cut short; the first entry that names no board ends the list; an empty list hides all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Visible(NamedTuple):
    """Places of the boards that may be used; `by_number` when a number named one; what could not be taken, and why."""

    places: tuple[int, ...]
    by_number: bool = False
    problem: str = ""


def visible(names: str | None, identifiers: Sequence[Sequence[str]]) -> Visible:
    """The boards that `names`, the content of the variable, lets through; `identifiers` are the names of each board."""
    if names is None:
        return Visible(tuple(range(len(identifiers))))
    places: list[int] = []
    by_number = False
    for name in map(str.strip, names.split(",")):
        if name.startswith("MIG-"):
            return Visible(tuple(places), by_number, f"{name} is one instance of a board split by MIG, which has no counter")
        place = _place(name, identifiers)
        if place is None:
            break
        by_number = by_number or name.isdigit()
        places += [place] if place not in places else []
    return Visible(tuple(places), by_number)


def _place(name: str, identifiers: Sequence[Sequence[str]]) -> int | None:
    if name.isdigit():
        return int(name) if int(name) < len(identifiers) else None
    found = [place for place, known in enumerate(identifiers) if name and any(text.startswith(name) for text in known)]
    return found[0] if len(found) == 1 else None
