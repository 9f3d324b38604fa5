"""Rules about the bytes of files that are not code, and the repairs of such files by name (`Fix.replacement`)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def _png_optimise(data: bytes) -> bytes | None:
    from greenlint.rules.assets.png.optimise import optimise_png  # loaded only when there is something to repair

    return optimise_png(data)


def _png_reduce(data: bytes) -> bytes | None:
    from greenlint.rules.assets.png.optimise import reduce_png

    return reduce_png(data)


REPLACEMENTS: dict[str, Callable[[bytes], bytes | None]] = {
    "png-optimise": _png_optimise,
    "png-reduce": _png_reduce,
}
"""Name of a replacement -> function from old to new contents, None when nothing can be gained; it never raises."""
