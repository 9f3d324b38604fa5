"""JSON, GitHub, GitLab and JUnit: each document is read back by a parser of its kind."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from finding_samples import NASTY, effect, finding, fix, nasty_result, result
from hypothesis import given
from hypothesis import strategies as st

from greenlint import __version__
from greenlint.model.finding import EffectClass, Severity
from greenlint.model.fix import Applicability, Edit
from greenlint.reporters.base import RenderOptions
from greenlint.reporters.findings import github, gitlab, junit
from greenlint.reporters.findings import json as json_format

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = RenderOptions()
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=40)


def test_json_is_version_1_of_the_contract_to_the_letter() -> None:
    one = finding(fix=fix(Applicability.UNSAFE, Edit(3, 9, "ä")))
    document = json.loads(json_format.render(result(one, suppressed=1), OPTIONS))
    assert document == {
        "version": 1,
        "tool": {"name": "greenlint", "version": __version__},
        "findings": [
            {
                "code": "GL205",
                "name": "front-insert-or-pop-in-loop",
                "path": "src/app.py",
                "line": 3,
                "column": 5,
                "end_line": 3,
                "end_column": 23,
                "message": "`items.insert(0, x)` moves every element",
                "effect": {"class": "asymptotic", "statement": "grows with n^2", "evidence": "bench GL205"},
                "confidence": 95,
                "severity": "warning",
                "fix": {
                    "applicability": "unsafe",
                    "title": "Use a deque",
                    "edits": [{"start": 3, "end": 9, "text": "ä"}],
                },
                "fingerprint": "f00d",
            }
        ],
        "errors": [],
        "summary": result(one, suppressed=1).summary,
    }


def test_json_names_cells_only_in_notebooks_and_lists_errors(tmp_path: Path) -> None:
    document = json.loads(json_format.render(nasty_result(tmp_path), OPTIONS))
    assert [one.get("cell") for one in document["findings"]] == [None, 4, None, None]
    assert document["findings"][0]["message"] == NASTY
    assert document["errors"][0] == {"path": "gone: 1.py", "message": "was deleted, 50% of\nit", "fatal": True}


@given(ANY_TEXT, ANY_TEXT)
def test_json_survives_any_text(path: str, message: str) -> None:
    text = json_format.render(result(finding(path=path, message=message)), OPTIONS)
    read = json.loads(text.encode("utf-8"))["findings"][0]
    if not re.search("[\ud800-\udfff]", path + message):
        assert (read["path"], read["message"]) == (path, message)


def unescape(text: str, *, is_property: bool) -> str:
    """What the runner of GitHub Actions makes of an escaped value."""
    pairs = [("%0D", "\r"), ("%0A", "\n")] + ([("%3A", ":"), ("%2C", ",")] if is_property else []) + [("%25", "%")]
    for escaped, plain in pairs:
        text = text.replace(escaped, plain)
    return text


def parse_command(line: str) -> tuple[str, dict[str, str], str]:
    match = re.fullmatch(r"::(\w+) ([^\n]*?)::([^\n\r]*)", line)
    assert match, line
    pairs = (item.split("=", 1) for item in match[2].split(","))
    return match[1], {name: unescape(value, is_property=True) for name, value in pairs}, unescape(match[3], is_property=False)


def test_github_commands_come_back_whole_from_the_runner(tmp_path: Path) -> None:
    lines = github.render(nasty_result(tmp_path), OPTIONS).split("\n")
    assert lines.pop() == ""
    commands = [parse_command(line) for line in lines]
    kind, properties, message = commands[0]
    assert kind == "warning"
    assert properties["file"] == "a dir/nä,me: 100%.py"
    assert properties["title"] == "GL205 front-insert-or-pop-in-loop"
    assert properties["line"] == "1"
    assert message.startswith('first 100% of a, b: c\nsecond\r\nthird "quoted" <tag> & \\x1b[31mred\\x00')
    assert message.endswith("\nasymptotic: grows with n^2")
    assert commands[1][1].keys() == {"file", "title"}  # lines of a cell are not lines of the file
    assert commands[1][2].startswith("cell 4, line 3: ")
    assert [command[0] for command in commands] == ["warning", "warning", "error", "warning", "error", "warning"]
    assert commands[4][1:] == ({"file": "gone: 1.py", "title": "greenlint"}, "was deleted, 50% of\nit")


def test_github_gets_columns_only_for_ranges_on_one_line() -> None:
    lines = github.render(
        result(finding(end_line=9, severity=Severity.NOTE), finding(line=1, end_line=1)), OPTIONS
    ).splitlines()
    assert "col=5,endColumn=23" in lines[0]
    assert lines[1].startswith("::notice ")
    assert "col=" not in lines[1]


def test_gitlab_issues_have_the_five_fields_and_unique_fingerprints(tmp_path: Path) -> None:
    same = [finding(line=line) for line in (1, 2, 3)]
    issues = json.loads(gitlab.render(result(*same, *nasty_result(tmp_path).findings), OPTIONS))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 7
    for issue in issues:
        assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1


def test_gitlab_fingerprints_do_not_move_with_the_order_of_other_findings() -> None:
    first, second = finding(fingerprint="a"), finding(path="z.py", fingerprint="b")
    alone = json.loads(gitlab.render(result(second), OPTIONS))[0]["fingerprint"]
    assert [issue["fingerprint"] for issue in json.loads(gitlab.render(result(first, second), OPTIONS))] == ["a", alone]


@given(st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=8))
def test_gitlab_fingerprints_are_unique_whatever_the_findings_carry(fingerprints: list[str]) -> None:
    findings = [finding(fingerprint=one, line=number + 1) for number, one in enumerate(fingerprints)]
    issues = json.loads(gitlab.render(result(*findings), OPTIONS))
    assert len({issue["fingerprint"] for issue in issues}) == len(fingerprints)


def test_gitlab_severity_follows_what_the_finding_costs() -> None:
    kinds = {
        finding(severity=Severity.ERROR): "critical",
        finding(): "major",
        finding(effect=effect(EffectClass.CONSTANT)): "minor",
        finding(severity=Severity.NOTE): "info",
    }
    for one, expected in kinds.items():
        assert json.loads(gitlab.render(result(one), OPTIONS))[0]["severity"] == expected


def test_gitlab_and_json_of_a_clean_run_are_empty_lists() -> None:
    assert json.loads(gitlab.render(result(), OPTIONS)) == []
    assert json.loads(json_format.render(result(), OPTIONS))["findings"] == []


def test_junit_is_well_formed_xml_with_true_counts(tmp_path: Path) -> None:
    text = junit.render(nasty_result(tmp_path), OPTIONS)
    root = ElementTree.fromstring(text.encode("utf-8"))
    suite = root.find("testsuite")
    assert suite is not None
    cases = suite.findall("testcase")
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("6", "4", "2")
    assert (len(cases), len(root.findall(".//failure")), len(root.findall(".//error"))) == (6, 4, 2)
    message = cases[0].find("failure").get("message")  # type: ignore[union-attr]
    assert message is not None
    assert "100% of a, b: c\nsecond" in message
    assert "\\x1b[31mred\\x00\\x07" in message
    assert "\\xfffe" in message


def test_junit_of_a_clean_run_is_one_passed_case() -> None:
    suite = ElementTree.fromstring(junit.render(result(), OPTIONS).encode())[0]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")
    assert suite[0].get("name") == "No findings in 12 files."
    assert list(suite[0]) == []


@given(ANY_TEXT, ANY_TEXT)
def test_junit_survives_any_text(path: str, message: str) -> None:
    ElementTree.fromstring(junit.render(result(finding(path=path, message=message)), OPTIONS).encode("utf-8"))
