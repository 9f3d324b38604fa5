"""What became of an implementation: measured, or excluded for a reason that stays in every table."""

from __future__ import annotations

from enum import Enum


class Status(str, Enum):
    """`ok` is ranked; every other status is an exclusion."""

    OK = "ok"
    WRONG_OUTPUT = "wrong-output"
    CRASHED = "crashed"
    TIMEOUT = "timeout"
    NONDETERMINISTIC = "nondeterministic"
    BUILD_FAILED = "build-failed"
    NOT_FOUND = "not-found"

    @property
    def failure(self) -> bool:
        """True for a defect of the implementation; a toolchain that is not installed here is none."""
        return self not in (Status.OK, Status.NOT_FOUND)
