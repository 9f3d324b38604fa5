"""Keys of the cache: what a result depends on, and nothing else."""

from __future__ import annotations

import os
import sys

from greenlint import __version__
from greenlint.lean import blake2b
from greenlint.plugins.discovery import incomplete
from greenlint.rules.registry import OWN, rule_origin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.linter.dispatch import RuleSet

_SIZE = 16
_BLOCK = 1 << 18
_READ = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_SOURCES = ("rules", "source", "linter", "model")


def content_hash(path: str, *, few: bool = False) -> bytes:
    """Hash of a file's bytes, read in pieces. Raises OSError. `few`: the bytes that a run hashes are not worth OpenSSL.

    SHA-256, which processors compute by themselves nowadays, and bare descriptors: half the time of BLAKE2 and file objects.
    """
    if few:
        from greenlint.lean import sha256
    else:
        from hashlib import sha256

    digest = sha256()
    descriptor = os.open(path, _READ)
    try:
        while block := os.read(descriptor, _BLOCK):
            digest.update(block)
    finally:
        os.close(descriptor)
    return digest.digest()[:_SIZE]


def rules_digest(rules: RuleSet, max_file_bytes: int) -> bytes:
    """Hash of the linting code (greenlint's and that of plug-ins), the grammar, and the selected rules with their options."""
    digest = blake2b()
    digest.update(f"{__version__} {sys.version_info[:2]} {max_file_bytes} {incomplete()}".encode())
    for rule in rules.rules:
        digest.update(f"{rule.code}{sorted(rule.option.items())}{rule.least}".encode())
    foreign = [selected.rule for selected in rules.rules if rule_origin(selected.code) != OWN]
    if foreign:
        from greenlint.linter.foreign import foreign_sources

        digest.update(repr(sorted({rule_origin(rule.code) for rule in foreign})).encode())
        for path in foreign_sources(foreign):
            digest.update(content_hash(path))
    digest.update(code_digest(os.path.dirname(os.path.dirname(__file__))))
    return digest.digest()[:_SIZE]


def code_digest(package: str) -> bytes:
    """Hash of the linting code in the folder of this package, the same for the same code in every environment.

    An installer has written the hash of each file beside the package (RECORD, PEP 376): reading that takes a fifth of the time
    of reading the code. Without it, and where anything was changed since, the code itself is read.
    """
    newest, paths = _source_files(package)
    digest = blake2b()
    recorded = _recorded(package, newest)
    start = len(os.path.dirname(package)) + 1
    if recorded.keys() == {os.fsencode(path[start:].replace(os.sep, "/")) for path in paths}:
        digest.update(b"\n".join(sorted(recorded.values())))
    else:
        for path in sorted(paths):
            digest.update(content_hash(path))
    return digest.digest()


def _source_files(package: str) -> tuple[int, list[str]]:
    """The newest time stamp among the files with linting code, ns, and their paths."""
    newest, paths = 0, []
    folders = [os.path.join(package, name) for name in _SOURCES]
    for folder in folders:  # grows meanwhile
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    newest = max(newest, entry.stat().st_mtime_ns)
                    paths.append(entry.path)
                elif entry.is_dir() and entry.name != "__pycache__":
                    folders.append(entry.path)
    return newest, paths


def _recorded(package: str, newest: int) -> dict[bytes, bytes]:
    """The lines about linting code in the installer's record, by path; none where there is no record or the code is newer."""
    site, name = os.path.split(package)
    path = os.path.join(site, f"{name}-{__version__}.dist-info", "RECORD")
    try:
        if os.stat(path).st_mtime_ns < newest:
            return {}
        starts = tuple(f"{name}/{part}/".encode() for part in _SOURCES)
        with open(path, "rb") as file:
            lines = [line.strip() for line in file if line.startswith(starts) and b".py,sha256=" in line]
    except OSError:
        return {}
    return {line.partition(b",")[0]: line for line in lines}


def entry_key(rules: bytes, path: str, content: bytes, context: str) -> bytes:
    """Key of one file's entry: its path is part of findings, `context` is what a rule looks at beside the bytes."""
    name = os.fsencode(path)
    return blake2b(b"\0".join((rules, content, context.encode(), name)), digest_size=_SIZE).digest()


def report_key(rules: bytes, scope: str, keys: list[bytes]) -> bytes:
    """Key of the answer of a whole run over files with the given keys."""
    return blake2b(rules + scope.encode("utf-8", "surrogateescape") + b"".join(keys), digest_size=_SIZE).digest()
