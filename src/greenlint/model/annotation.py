"""What people say about a commit beside its numbers: a break, an accepted change, a note."""

from __future__ import annotations

from greenlint.named_tuple import NamedTuple

KINDS = ("break", "accepted", "note")


class Annotation(NamedTuple):
    """A remark on a commit.

    kind  break: values before and from this commit on are not compared; accepted: a change here is known and wanted; note
    benchmark, machine_class  "" for all; author  who says so, "" when not given; at_utc  when it was written
    """

    commit_sha: str
    kind: str
    text: str
    benchmark: str = ""
    machine_class: str = ""
    author: str = ""
    at_utc: str = ""

    def concerns(self, benchmark: str, machine_class: str) -> bool:
        """Whether it is about this series."""
        return self.benchmark in ("", benchmark) and self.machine_class in ("", machine_class)
