"""SARIF 2.1.0: valid in structure, right in UTF-16 columns, and its fixes do what the edits say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import pytest
from finding_samples import EMOJI_LINE, finding, fix, nasty_result, project, result
from hypothesis import given
from hypothesis import strategies as st
from sarif_rules import check_log

from greenlint import __version__
from greenlint.model.check import CheckError
from greenlint.model.finding import Severity
from greenlint.model.fix import Applicability, Edit
from greenlint.reporters.base import RenderOptions
from greenlint.reporters.findings import sarif
from greenlint.reporters.sarif_parts import replacement
from greenlint.rules.registry import ENGINE_RULES, all_rules

if TYPE_CHECKING:
    from pathlib import Path

    from greenlint.model.check import CheckResult


def log_of(one: CheckResult) -> Any:
    log = json.loads(sarif.render(one, RenderOptions()))
    check_log(log)
    return log["runs"][0]


def test_a_clean_run_is_a_valid_log_that_succeeded() -> None:
    run = log_of(result())
    assert run["results"] == []
    assert run["tool"]["driver"]["version"] == __version__
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_the_nastiest_result_is_a_valid_log(tmp_path: Path) -> None:
    run = log_of(nasty_result(tmp_path))
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri).decode() == "a dir/nä,me: 100%.py"
    assert unquote_to_bytes(run["results"][2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == b"c\xff.py"


def test_columns_behind_emoji_count_utf16_code_units(tmp_path: Path) -> None:
    region = log_of(nasty_result(tmp_path))["results"][0]["locations"][0]["physicalLocation"]["region"]
    units = EMOJI_LINE[: EMOJI_LINE.index("items")].encode("utf-16-le")
    assert region["startColumn"] == len(units) // 2 + 1 == EMOJI_LINE.index("items") + 1 + 2


def test_a_file_that_could_not_be_checked_is_a_notification_and_the_run_not_successful() -> None:
    errors = (CheckError("a.py", "gone"), CheckError("b.py", "large", fatal=False))
    invocation = log_of(result(errors=errors))["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert [one["level"] for one in invocation["toolExecutionNotifications"]] == ["error", "warning"]
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "a.py: gone"
    assert log_of(result(errors=errors[1:]))["invocations"][0]["executionSuccessful"] is True


def test_a_notebook_finding_names_the_cell_and_claims_no_line_of_the_file() -> None:
    location = log_of(result(finding(path="n.ipynb", cell=4)))["results"][0]["locations"][0]
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"][0]["name"] == "cell 4, line 3"


@pytest.mark.parametrize("code", [*all_rules(), *ENGINE_RULES, "XX1"])
def test_every_rule_can_be_described(code: str) -> None:
    run = log_of(result(finding(code=code, severity=Severity.ERROR)))
    rule = run["tool"]["driver"]["rules"][0]
    assert rule["id"] == code
    if code != "XX1":
        assert rule["name"].isalnum()
        assert "\n" not in rule["shortDescription"]["text"]


def test_the_fingerprint_is_carried_and_an_absent_one_left_out() -> None:
    first, second = log_of(result(finding(), finding(line=9, end_line=9, fingerprint="")))["results"]
    assert first["partialFingerprints"] == {"greenlint/v1": "f00d"}
    assert "partialFingerprints" not in second


def test_edits_of_an_unreadable_file_stay_byte_spans(tmp_path: Path) -> None:
    run = log_of(result(finding(fix=fix(title="Drop"), path="gone.py"), root=str(tmp_path)))
    region = run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert region == {"byteOffset": 0, "byteLength": 1}


def test_a_byte_order_mark_is_not_a_column(tmp_path: Path) -> None:
    root = project(tmp_path, "bom.py", "\ufeffx = 1\n")
    run = log_of(result(finding(path="bom.py", line=1, end_line=1, fix=fix(Applicability.SAFE, Edit(3, 4, "y"))), root=root))
    region = run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert (region["startColumn"], region["endColumn"]) == (1, 2)


def apply_utf16(text: str, one: dict[str, Any]) -> str:
    """Do to a text what a SARIF viewer does: cut a line and column region in UTF-16 units, put the content there."""
    lines: list[str] = []
    rest = text
    while rest:
        cut = min((i for i in (rest.find("\n") + 1, rest.find("\r") + 1) if i), default=len(rest))
        cut += rest[cut - 1 : cut + 1] == "\r\n"
        lines.append(rest[:cut])
        rest = rest[cut:]

    def units(line: int, column: int) -> int:
        before = "".join(lines[: line - 1])
        return len(before.encode("utf-16-le")) // 2 + column - 1

    region = one["deletedRegion"]
    raw = text.encode("utf-16-le")
    start, end = (units(region[f"{side}Line"], region[f"{side}Column"]) for side in ("start", "end"))
    content = one.get("insertedContent", {"text": ""})["text"]
    return (raw[: start * 2] + content.encode("utf-16-le") + raw[end * 2 :]).decode("utf-16-le")


TEXT = st.text(st.sampled_from("ab é漢🎉\n\r\t\x0c\u2028"), max_size=30)


@given(TEXT, st.integers(0, 30), st.integers(0, 30), TEXT)
def test_a_fix_in_sarif_changes_the_text_exactly_as_its_byte_edit_does(text: str, first: int, second: int, new: str) -> None:
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):  # no place between CR and LF in lines and columns
        return
    data = text.encode()
    edit = Edit(len(text[:start].encode()), len(text[:end].encode()), new)
    assert apply_utf16(text, replacement(edit, data)) == (data[: edit.start] + new.encode() + data[edit.end :]).decode()
