"""A comparison of two commits as SARIF 2.1.0: one result for each confirmed worsening, where its benchmark is written."""

from __future__ import annotations

from greenlint import __version__
from greenlint.gate.paired import Verdict
from greenlint.model.text import encodable
from greenlint.reporters.encoding import json_text
from greenlint.reporters.pairs.wording import change_text, provenance, repeat, value
from greenlint.reporters.sarif_parts import artifact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.gate.against import Against
    from greenlint.gate.paired import Compared

NAME = "sarif"
RULE = "benchmark-worse"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TEXT = "A benchmark is certainly worse than in the base: confirmed in process pairs that were measured after the suspicion."


def render(result: Against) -> str:
    """One log with one run; a benchmark that could not be measured is a notification of its invocation."""
    unmeasured = [one for one in result.results if one.verdict is Verdict.UNMEASURED]
    driver = {
        "name": "greenlint gate",
        "version": __version__,
        "rules": [{"id": RULE, "name": "BenchmarkWorse", "shortDescription": {"text": _TEXT}}],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The root of the repository."}}},
        "invocations": [
            {
                "executionSuccessful": not unmeasured,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": encodable(f"{one.name}: {one.reason}")}} for one in unmeasured
                ],
            }
        ],
        "results": [_result(one, result) for one in result.results if one.verdict is Verdict.WORSE],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(one: Compared, result: Against) -> dict[str, Any]:
    values = f"{value(one.base, result.metric)} -> {value(one.head, result.metric)}, {change_text(one.change)}"
    message = f"{one.name} is worse: {values} ({one.reason}). {provenance(result)}. Again: {repeat(result)}"
    place = result.places.get(one.name)
    location = {"artifactLocation": artifact(place.path), "region": {"startLine": place.line}} if place is not None else None
    return {
        "ruleId": RULE,
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": encodable(message)},
        "locations": [{"physicalLocation": location}] if location else [],
        "partialFingerprints": {"greenlint/gate/v1": encodable(one.name)},
        "properties": {"ratio": one.change.ratio if one.change else None, "metric": result.metric},
    }
