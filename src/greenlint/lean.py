"""Parts of the standard library without what they bring along: BLAKE2b and SHA-256 without OpenSSL, SQLite without dates, and
where the import system keeps compiled modules, which it knows without `importlib.util`.

`hashlib` loads OpenSSL, which takes 3 to 10 ms of each start, and `sqlite3` imports `datetime` and more for conversions that
nothing here uses, 5 ms. CPython keeps them as modules of their own; elsewhere the public ones do. Its own SHA-256 takes seven
times as long as that of OpenSSL: good for a few files.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3 as sqlite3
    from hashlib import blake2b as blake2b
    from hashlib import sha256 as sha256
    from importlib.util import cache_from_source as cache_from_source
else:

    def __getattr__(name):
        """Import what is asked for: most runs want some of them."""
        if name == "blake2b":
            try:
                from _blake2 import blake2b as found
            except ImportError:  # other than CPython
                from hashlib import blake2b as found
        elif name == "sha256":
            try:
                from _sha2 import sha256 as found
            except ImportError:  # before Python 3.12
                try:
                    from _sha256 import sha256 as found
                except ImportError:  # other than CPython
                    from hashlib import sha256 as found
        elif name == "sqlite3":
            try:
                import _sqlite3 as found
            except ImportError:  # other than CPython
                import sqlite3 as found
        elif name == "cache_from_source":
            try:
                from _frozen_importlib_external import cache_from_source as found
            except ImportError:  # other than CPython
                from importlib.util import cache_from_source as found
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return found
