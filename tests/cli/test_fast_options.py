"""The quick reader of options and click agree about every command line that the quick one accepts."""

from __future__ import annotations

import pytest

from greenlint.cli import check, fast
from greenlint.cli.checking import CheckRequest

LINES = [
    "",
    "a.py",
    "a.py b --fix",
    "--fix --unsafe-fixes a.py",
    "--diff a.py --no-cache",
    "--select GL2,GLA a.py",
    "--select GL2 --select GL301 --ignore GLA a.py",
    "--select , a.py",
    "--ignore GL1, --quiet",
    "-q --statistics --exit-zero .",
    "--preview --no-pedantic a.py",
    "--output-format json a.py",
    "--output-format concise --output-format sarif a.py",
    "--no-preview --preview",
]


def by_click(line: str, monkeypatch: pytest.MonkeyPatch) -> CheckRequest:
    seen: list[CheckRequest] = []
    monkeypatch.setattr(check, "run_check", lambda request: seen.append(request) or 0)
    with pytest.raises(SystemExit):
        check.command.main(line.split(), prog_name="greenlint")
    return seen[0]


@pytest.mark.parametrize("line", LINES)
def test_both_readers_agree(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = fast.read_request(line.split())
    if quick is not None:
        assert quick == by_click(line, monkeypatch)


CLICK = [
    *("--help", "--min-confidence 10", "--output-format nonsense", "--output-format", "--select", "--sel GL2"),
    *("--jobs 2", "-", "--", "-qx"),
]


@pytest.mark.parametrize("line", CLICK)
def test_what_needs_checking_is_left_to_click(line: str) -> None:
    assert fast.read_request(line.split()) is None


def test_the_quick_reader_is_used_for_what_hooks_and_editors_run() -> None:
    for line in LINES:
        if line != "--select , a.py":
            assert fast.read_request(line.split()) is not None, line
