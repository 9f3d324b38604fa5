"""Recognises files that a program wrote: nobody edits them, so nothing about them is worth saying."""

from __future__ import annotations

import re

_HEAD_BYTES = 2000
_HEAD_LINES = 12
_SAID = re.compile(
    rb"@generated\b|\bauto-?generated\b|\bautomatically generated\b|^#.*\bgenerated (?:by|using|with)\b|"
    rb"\bthis (?:file|module|code) (?:is|was|has been) generated\b|^#.*\bdo not (?:edit|modify)\b(?! with)",
    re.IGNORECASE,
)
_NAMES = ("_pb2.py", "_pb2_grpc.py")


def is_generated(path: str, data: bytes) -> bool:
    """Whether the name or the comment at the top of a Python file says that a program wrote it."""
    if path.endswith(_NAMES):
        return True
    for line in data[:_HEAD_BYTES].split(b"\n")[:_HEAD_LINES]:
        text = line.strip()
        if text and not text.startswith((b"#", b'"""', b"'''", b"\xef\xbb\xbf")):
            return False
        if _SAID.search(text):
            return True
    return False
