"""Workflow commands of GitHub Actions, which turn findings into annotations of a pull request.

The escapes are those of the runner: "%", CR and LF in messages, and ":" and "," as well in properties.
"""

from __future__ import annotations

from greenlint.model.finding import Severity
from greenlint.reporters.encoding import visible
from greenlint.reporters.location import costs_energy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.check import CheckError, CheckResult
    from greenlint.model.finding import Finding
    from greenlint.reporters.base import RenderOptions

NAME = "github"

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(result: CheckResult, options: RenderOptions) -> str:  # noqa: ARG001 - one shape for all formats
    """One command per finding and per file that could not be checked."""
    lines = [_annotation(finding) for finding in result.findings]
    lines += [_problem(error) for error in result.errors]
    return "".join(visible(line) + "\n" for line in lines)


def _problem(error: CheckError) -> str:
    command = "error" if error.fatal else "warning"
    return f"::{command} file={_property(error.path)},title=greenlint::{_data(error.message)}"


def _annotation(finding: Finding) -> str:
    properties = {"file": finding.path, "title": f"{finding.code} {finding.name}"}
    message = finding.message
    if costs_energy(finding):
        message += f"\n{finding.effect.effect_class.value}: {finding.effect.statement}"
    if finding.cell is None:
        properties |= {"line": str(finding.line), "endLine": str(finding.end_line)}
        if finding.line == finding.end_line:  # columns of a range over several lines are refused by the service
            properties |= {"col": str(finding.column), "endColumn": str(finding.end_column)}
    else:
        message = f"cell {finding.cell}, line {finding.line}: {message}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
