"""Groups as letters: two implementations share a letter exactly when no difference between them was shown."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def letter_groups(names: Sequence[str], different: Collection[frozenset[str]]) -> dict[str, str]:
    """A compact letter display by insertion and absorption (Piepho, 2004); letters in the order of `names`.

    `different` holds the pairs that were told apart.
    """
    groups: list[set[str]] = [set(names)]
    for pair in different:
        first, second = sorted(pair)
        split: list[set[str]] = []
        for group in groups:
            split += [group - {first}, group - {second}] if pair <= group else [group]
        groups = [group for group in split if not any(group < other for other in split)]
        groups = [group for position, group in enumerate(groups) if group not in groups[:position]]
    rank = {name: position for position, name in enumerate(names)}
    groups.sort(key=lambda group: sorted(rank[name] for name in group))
    return {name: "".join(_letter(i) for i, group in enumerate(groups) if name in group) for name in names}


def _letter(index: int) -> str:
    """a to z, then (27), (28), …"""
    return ascii_lowercase[index] if index < len(ascii_lowercase) else f"({index + 1})"
