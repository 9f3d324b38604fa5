"""The fix that deletes an unused function: whole lines, and `pass` where a block would be left empty."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from greenlint.rules.base import Applicability, Edit, Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from greenlint.rules.dead_code._reachability import Unused


def removal_fixes(unused: Sequence[Unused]) -> Iterator[Fix | None]:
    """One fix for each of `unused`, in order; None where tests use the function or where edits are impossible.

    When all statements of a block go, one of them becomes `pass`, so that any part of the fixes may be applied.
    """
    removable = [item.definition.start >= 0 and item.used_by != "tests" for item in unused]
    leaving = Counter((item.path, item.definition.block) for item, can in zip(unused, removable, strict=True) if can)
    for item, can in zip(unused, removable, strict=True):
        if not can:
            yield None
            continue
        definition, key = item.definition, (item.path, item.definition.block)
        if leaving[key] == definition.siblings:
            edit = Edit(definition.start + definition.column - 1, definition.end, "pass")
            leaving[key] = 0
        else:
            edit = Edit(definition.cut_start, definition.cut_end, "")
        yield Fix(f"Delete `{definition.name}`", (edit,), Applicability.UNSAFE)
