"""The structural requirements of SARIF 2.1.0 on the parts that greenlint writes, as checks with section numbers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

_LEVELS = {"none", "note", "warning", "error"}


def check_log(log: Any) -> None:
    """Raise AssertionError for a log that breaks the standard."""
    assert log["version"] == "2.1.0"  # 3.13.2
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    assert isinstance(log["runs"], list)
    for run in log["runs"]:
        _check_run(run)


def _check_run(run: Any) -> None:
    driver = run["tool"]["driver"]  # 3.18.2
    assert driver["name"]  # 3.19.8
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}  # 3.14.17
    rules = driver["rules"]
    ids = [rule["id"] for rule in rules]
    assert len(set(ids)) == len(ids)
    for rule in rules:
        for key in ("shortDescription", "fullDescription", "help"):
            assert key not in rule or rule[key]["text"]  # 3.12: a message string has a text
        if "defaultConfiguration" in rule:
            assert rule["defaultConfiguration"]["level"] in _LEVELS
    for invocation in run["invocations"]:
        assert isinstance(invocation["executionSuccessful"], bool)  # 3.20.14
        for notification in invocation["toolExecutionNotifications"]:
            assert notification["message"]["text"]
            assert notification["level"] in _LEVELS
            for location in notification["locations"]:
                _check_artifact(location["physicalLocation"]["artifactLocation"], run)
    for result in run["results"]:
        _check_result(result, run, ids)


def _check_result(result: Any, run: Any, ids: list[str]) -> None:
    assert result["message"]["text"] is not None  # 3.27.11
    assert result["level"] in _LEVELS
    assert ids[result["ruleIndex"]] == result["ruleId"]  # 3.27.6
    for location in result["locations"]:
        physical = location["physicalLocation"]
        _check_artifact(physical["artifactLocation"], run)
        if "region" in physical:
            _check_region(physical["region"])
    for value in result.get("partialFingerprints", {}).values():
        assert isinstance(value, str)
    for fix in result.get("fixes", []):
        for change in fix["artifactChanges"]:  # 3.55.3: at least one
            _check_artifact(change["artifactLocation"], run)
            assert change["replacements"]  # 3.56.3: at least one
            for replacement in change["replacements"]:
                _check_region(replacement["deletedRegion"])


def _check_artifact(location: Any, run: Any) -> None:
    uri = location["uri"]
    assert uri.isascii()
    assert " " not in uri
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc) == ("", "")  # relative to the base
    assert not uri.startswith("/")
    assert location["uriBaseId"] in run["originalUriBaseIds"]  # 3.14.14


def _check_region(region: Any) -> None:
    if "startLine" not in region:
        assert region["byteOffset"] >= 0  # 3.30.1: one of the three kinds
        assert region["byteLength"] >= 0
        return
    assert region["startLine"] >= 1
    assert region["startColumn"] >= 1
    start = (region["startLine"], region["startColumn"])
    assert (region["endLine"], region["endColumn"]) >= start
