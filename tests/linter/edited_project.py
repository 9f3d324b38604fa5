"""A project that tests edit: what a run with the cache says of it, and whether the rules about the whole project were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.config.schema import Config, LintConfig
from greenlint.linter import whole_project
from greenlint.linter.runner import CheckOptions, check_paths

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from greenlint.model.check import CheckResult


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def check(folder: Path, *, cached: bool = True) -> CheckResult:
    config = Config(root=str(folder), lint=LintConfig(preview=True))
    return check_paths([str(folder)], config, CheckOptions(use_cache=cached, jobs=1))


def asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a run asks the project rules; its result is that of a run without a cache in any case."""
    calls: list[object] = []
    with monkeypatch.context() as patch:
        real = whole_project.ask
        patch.setattr(whole_project, "ask", lambda *given: (calls.append(given), real(*given))[1])
        result = check(folder)
    assert result == check(folder, cached=False)
    return bool(calls)
