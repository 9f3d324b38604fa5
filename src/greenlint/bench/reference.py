"""The output that every run is held against: a file, or what the baseline printed in its verification run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.bench.difference import exact_difference, numeric_difference
from greenlint.bench.output import file_digest

if TYPE_CHECKING:
    from typing import BinaryIO

    from greenlint.bench.output import Spool
    from greenlint.bench.plan import Expectation


class Reference:
    """Expected output. Digests that were accepted once are remembered, so that a repeated run costs one hash.

    origin  "FILE" or the name of the implementation that it came from
    """

    def __init__(self, file: BinaryIO, origin: str, expectation: Expectation) -> None:
        self.origin = origin
        self._file = file
        self._expectation = expectation
        self.digest = file_digest(file)
        self.empty = file.tell() == 0
        self._accepted = {self.digest}

    def difference(self, spool: Spool, digest: str) -> str | None:
        """What is wrong with the output of a run, or None."""
        if digest in self._accepted:
            return None
        rule = self._expectation
        if rule.mode == "numeric":
            found = numeric_difference(self._file, spool.stdout, rule.rtol, rule.atol)
        else:
            found = exact_difference(self._file, spool.stdout)
        if found is None:
            self._accepted.add(digest)
        return found

    def close(self) -> None:
        """Close the file."""
        self._file.close()
