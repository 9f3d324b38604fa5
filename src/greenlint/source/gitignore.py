"""The patterns of .gitignore files, for trees that git cannot list (no git, no repository); after gitignore(5)."""

from __future__ import annotations

import os
import re

from greenlint.named_tuple import NamedTuple


class Pattern(NamedTuple):
    """One line of a .gitignore file, compiled against paths relative to its folder."""

    regex: re.Pattern[str]
    negated: bool
    only_folders: bool


def read_patterns(folder: str) -> tuple[Pattern, ...]:
    """The patterns of `folder`/.gitignore; empty when there is none or it cannot be read."""
    path = os.path.join(folder, ".gitignore")
    if not os.path.isfile(path):  # opening a pipe of that name would wait for ever
        return ()
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return tuple(pattern for line in file if (pattern := compile_pattern(line.rstrip("\n"))))
    except OSError:
        return ()


def compile_pattern(line: str) -> Pattern | None:
    """One pattern line; None for blank lines and comments."""
    text = re.sub(r"(?<!\\) +$", "", line.rstrip("\r"))
    if not text or text.startswith("#"):
        return None
    negated = text.startswith("!")
    if negated:
        text = text[1:]
    only_folders = text.endswith("/")
    text = text.rstrip("/")
    if not text:
        return None
    anchored = "/" in text
    body = _translate(text.lstrip("/"))
    prefix = "" if anchored else "(?:.*/)?"
    return Pattern(re.compile(prefix + body + r"\Z", re.DOTALL), negated, only_folders)


def _translate(text: str) -> str:
    out: list[str] = []
    i = 0
    while i < len(text):
        char = text[i]
        if text.startswith("**/", i) and (i == 0 or text[i - 1] == "/"):
            out.append("(?:.*/)?")
            i += 3
        elif text.startswith("**", i) and i + 2 == len(text) and (i == 0 or text[i - 1] == "/"):
            out.append(".*")
            i += 2
        elif char == "*":
            out.append("[^/]*")
            while i + 1 < len(text) and text[i + 1] == "*":
                i += 1
            i += 1
        elif char == "?":
            out.append("[^/]")
            i += 1
        elif char == "[" and (end := text.find("]", i + 2 + (text[i + 1 : i + 2] in ("!", "^")))) > 0:
            inside = text[i + 1 : end].replace("\\", r"\\").replace("[", r"\[")
            out.append("[" + ("^" + inside[1:] if inside[:1] in ("!", "^") else inside) + "]")
            i = end + 1
        elif char == "\\" and i + 1 < len(text):
            out.append(re.escape(text[i + 1]))
            i += 2
        else:
            out.append(re.escape(char))
            i += 1
    return "".join(out)


Active = tuple[tuple[int, tuple[Pattern, ...]], ...]
"""The .gitignore files that apply to a folder, outermost first: length of their folder's path with its slash, patterns."""


def outer_patterns(root: str, base: str) -> Active:
    """The .gitignore files of `root` and of the folders down to `base` (relative, "." for the root), itself not included."""
    active: Active = ()
    prefix = ""
    for part in [] if base == "." or base.startswith("..") else base.split("/"):
        patterns = read_patterns(os.path.join(root, prefix))
        if patterns:
            active = (*active, (len(prefix), patterns))
        prefix += part + "/"
    return active


def matches(path: str, active: Active, *, folder: bool) -> bool:
    """Whether `path` (relative to the root) is ignored: the deepest file wins, within a file the last matching line."""
    for length, patterns in reversed(active):
        rest = path[length:]
        for pattern in reversed(patterns):
            if (folder or not pattern.only_folders) and pattern.regex.match(rest):
                return not pattern.negated
    return False
