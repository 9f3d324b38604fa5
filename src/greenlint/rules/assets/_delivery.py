"""Whether the project's own files say that its server or host compresses what it sends."""

from __future__ import annotations

import os
import re
from collections import deque
from functools import lru_cache

_HOSTS = frozenset(("netlify.toml", "vercel.json", "firebase.json", "wrangler.toml", "wrangler.jsonc", "CNAME", "_config.yml"))
_FILES = re.compile(
    r"(?:pyproject\.toml|setup\.(?:py|cfg)|Pipfile|package\.json|(?:vite|webpack|rollup|gulp|astro|next|nuxt)[\w.]*\.[cm]?[jt]s"
    r"|requirements[\w.-]*\.txt|settings[\w.-]*\.py|(?:app|main|wsgi|asgi|server|__init__)\.(?:py|[cm]?[jt]s)"
    r"|.*nginx.*|.*\.conf|Caddyfile|\.htaccess|web\.config|Dockerfile[\w.-]*|docker-compose[\w.-]*\.ya?ml|compose\.ya?ml)$",
    re.IGNORECASE,
)
_COMPRESSES = re.compile(
    rb"whitenoise|gzipmiddleware|gzip_middleware|brotlimiddleware|flask[-_]compress|compressmiddleware|brotli[-_]asgi"
    rb"|compress-middleware|django-compressor|servestatic"  # Python
    rb"|^\s*gzip(?:_static)?\s+on\b|^\s*brotli(?:_static)?\s+on\b|^\s*encode\s+(?:zstd|gzip|br)\b|mod_deflate|<urlCompression\b"
    rb"|traefik\.http\.middlewares\.[\w-]+\.compress"  # servers
    rb"|compression-webpack-plugin|vite-plugin-compression\d*|rollup-plugin-gzip|gulp-gzip|[\"'](?:compression|@fastify/compress)[\"']",
    re.IGNORECASE | re.MULTILINE,
)
_HINTS = (b"compress", b"gzip", b"brotli", b"deflate", b"whitenoise", b"servestatic", b"zstd")
"""One of these is in whatever `_COMPRESSES` finds, but for `encode br` of a Caddyfile; to look for them takes a tenth of the time."""
_SKIPPED = frozenset(("node_modules", "site-packages", "venv", "dist", "build", "static", "staticfiles", "tests", "docs"))
_DEPTH = 3
_MAX_FILES = 400
_MAX_BYTES = 200_000


def compresses(root: str) -> bool:
    """True when a configuration, dependency or middleware in the project at `root` compresses responses.

    Looks at files with telling names, three folders deep, and at no more than 400 of them.
    """
    return _searched(root)[0]


def what_was_read(root: str) -> tuple[str, ...]:
    """The folders and files that the answer of `compresses` comes from."""
    return _searched(root)[1]


@lru_cache(maxsize=8)
def _searched(root: str) -> tuple[bool, tuple[str, ...]]:
    read: list[str] = []
    return (_search(root, read) if root else False), tuple(read)


def _search(root: str, read: list[str]) -> bool:
    looked = 0
    folders = deque([(root, 0)])
    while folders:
        folder, depth = folders.popleft()
        read.append(folder)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if depth < _DEPTH and not entry.name.startswith(".") and entry.name not in _SKIPPED:
                    folders.append((entry.path, depth + 1))
            elif entry.name in _HOSTS:
                return True
            elif looked < _MAX_FILES and _FILES.match(entry.name):
                looked += 1
                read.append(entry.path)
                if says_so(entry.path):
                    return True
    return False


def is_telling(name: str) -> bool:
    """Whether a file is read, or there is enough, because of its name."""
    return name in _HOSTS or _FILES.match(name) is not None


def says_so(path: str) -> bool:
    """Whether a file with a telling name says that something compresses."""
    return _speaks_of_it(_start(path), python=path.endswith(".py"))


def _speaks_of_it(data: bytes, *, python: bool) -> bool:
    lower = data.lower()
    hinted = any(hint in lower for hint in _HINTS) or (not python and b"encode" in lower)
    return hinted and _COMPRESSES.search(data) is not None


def _start(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_MAX_BYTES)
    except OSError:
        return b""
