"""The runs that an export is about, and what the user has to be told about those left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.errors import LedgerError
from greenlint.model.text import counted

if TYPE_CHECKING:
    from greenlint.ledger.store import Ledger
    from greenlint.model.annotation import Annotation
    from greenlint.model.run import Run

_MOST_NOTICES = 5


class Selection:
    """Runs of a ledger, oldest first, and the notices about what a format had to leave out."""

    def __init__(self, ledger: Ledger, *, run_id: str | None = None, kind: str | None = None) -> None:
        """All runs, those of a kind, or the one whose id begins so. Raises LedgerError when there is no single such run."""
        self.ledger = ledger
        self._notices: dict[str, None] = {}
        self._whole = run_id is None and kind is None
        if run_id is None:
            self.runs: list[Run] = ledger.runs(kind=kind)[::-1]
            return
        run = ledger.run(run_id)
        if run is None or kind not in (None, run.kind):
            raise LedgerError(f"{ledger.path}: no single run{f' of kind {kind}' if kind else ''} begins with {run_id!r}")
        self.runs = [run]

    def note(self, text: str) -> None:
        """Remember what was left out."""
        self._notices[text] = None

    @property
    def notices(self) -> list[str]:
        """The first few notices, and how many more there are."""
        more = len(self._notices) - _MOST_NOTICES
        return [*list(self._notices)[:_MOST_NOTICES], *([f"and {more} more of the kind"] if more > 0 else [])]

    def marks(self) -> list[Annotation]:
        """What people said about the commits of these runs; of a whole ledger all of it, for any commit."""
        commits = {run.commit.sha for run in self.runs if run.commit}
        return [one for one in self.ledger.annotations() if self._whole or one.commit_sha in commits]

    def valid_runs(self) -> list[Run]:
        """The runs whose numbers count, oldest first."""
        invalid = [run for run in self.runs if run.status.startswith("invalid")]
        if invalid:
            self.note(f"{counted(len(invalid), 'run')} left out, for the counter failed (the last: {invalid[-1].status})")
        return [run for run in self.runs if not run.status.startswith("invalid")]

    def newest(self) -> Run:
        """The newest run whose numbers count, for formats that hold one session. Raises LedgerError when there is none."""
        runs = self.valid_runs()
        if not runs:
            raise LedgerError(f"{self.ledger.path}: holds no run to export", "`pytest --energy` makes one")
        if len(runs) > 1:
            self.note(f"this format holds one run: the newest of {len(runs)}, {runs[-1].run_id}; --run names another")
        return runs[-1]
