"""Which chunks a rewritten file keeps: all that change what is shown or say something about the picture."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.rules.assets.png.container import Chunk, Png

_KNOWN = frozenset(
    b"PLTE tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT eXIf tIME tEXt zTXt iTXt "
    b"oFFs pCAL sCAL gIFg gIFx sTER iDOT".split()
)
_DROPPED = frozenset((b"tIME", b"iDOT"))  # a save time; Apple's offsets into the old image data, wrong in the new
_DROPPED_TEXTS = (b"Software\0", b"Creation Time\0", b"date:create\0", b"date:modify\0", b"date:timestamp\0")
_ANIMATION = frozenset((b"acTL", b"fcTL", b"fdAT"))
_FORMAT_BOUND = frozenset((b"PLTE", b"tRNS", b"bKGD", b"sBIT", b"hIST", b"sPLT"))


def untouchable(png: Png) -> bool:
    """True for files whose other contents depend on the image data in ways that nobody can know.

    Animations; critical chunks of other makers (Apple's CgBI); unknown chunks that forbid being copied into a changed
    file (PNG specification, 14.2: the fourth letter of their name is upper case; signatures of provenance are such);
    and bytes behind the last chunk.
    """
    return bool(png.tail) or any(
        kind in _ANIMATION or (kind not in _KNOWN and (kind[:1].isupper() or kind[3:4].isupper())) for kind in png.kinds()
    )


def kept(chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """The chunks without those that hold nothing but the time or the program of the last save.

    Other texts stay: they carry authors, licences, and the editable source of diagrams.
    """
    return tuple(
        (kind, body)
        for kind, body in chunks
        if kind not in _DROPPED and not (kind == b"tEXt" and body.startswith(_DROPPED_TEXTS))
    )


def allows_other_format(png: Png) -> bool:
    """True when no chunk is written in terms of the present colour type."""
    return _FORMAT_BOUND.isdisjoint(png.kinds())


def has_profile(png: Png) -> bool:
    """True when a colour profile is embedded; a profile for colours must not stand in a grayscale file."""
    return b"iCCP" in png.kinds()
