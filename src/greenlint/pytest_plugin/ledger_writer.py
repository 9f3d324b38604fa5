"""The one writer of the ledger in a pytest run; a ledger that fails never fails a test.

The file is opened for each batch and closed again, so that a test that forks or closes descriptors finds none of ours: a
database that is open across a fork, or whose descriptor is given to another file, gets damaged. Nothing is written before the
first batch, a second after the start or at the end: each opening waits for the disk, and a locked file for half a minute.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.errors import GreenlintError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

_EVERY = 10
"""After an error only each tenth batch is tried, for a locked file keeps a writer waiting for half a minute."""


class LedgerWriter:
    """Appends batches; what cannot be written is kept and tried again later, at the latest with the last one.

    path  None when nothing is to be recorded; problem  the last error, None when all is written; lost  rows not written
    """

    def __init__(self, path: str | None, run: Run, root: str) -> None:
        """`root` is in the working tree whose commit the run names; what git tells of its origin is asked for once a commit."""
        self.path, self.run, self._root = path, run, root
        self.problem: str | None = None
        self._process = os.getpid()
        self._waiting: list[Measurement] = []
        self._begun, self._batches = False, 0
        if path is not None:  # now, for a test may stop the clock or hide files from whoever imports later
            import greenlint.ledger.store  # noqa: F401

    @property
    def own_process(self) -> bool:
        """False in a child that a test has forked and let run on."""
        return os.getpid() == self._process

    @property
    def lost(self) -> int:
        """Rows that still wait."""
        return len(self._waiting)

    def write(self, rows: Sequence[Measurement], status: str = "") -> None:
        """Append rows, and with a status finish the run. In a forked child it does nothing: the run is its parent's."""
        if self.path is None or not self.own_process:
            return
        self._waiting += rows
        self._batches += 1
        if self.problem and not status and self._batches % _EVERY:
            return
        from greenlint.ledger.git import with_origin
        from greenlint.ledger.store import Ledger

        try:
            with Ledger.open(self.path) as ledger:
                if not self._begun:
                    commit = self.run.commit
                    if commit is not None and not commit.author_time and not ledger.knows_commit(commit.sha):
                        self.run = self.run._replace(commit=with_origin(self._root, commit))
                    ledger.begin(self.run)
                    self._begun = True
                if self._waiting:
                    ledger.append(self.run.run_id, self._waiting)
                    self._waiting = []
                if status:
                    ledger.finish(self.run.run_id, status)
            self.problem = None
        except GreenlintError as error:
            self.problem = str(error)
