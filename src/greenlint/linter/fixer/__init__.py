"""Repairs files: exact span edits, LibCST on single statements, and re-encoded assets."""

from __future__ import annotations

from greenlint.linter.fixer.apply import FileFix, fix_project, repair_source

__all__ = ["FileFix", "fix_project", "repair_source"]
