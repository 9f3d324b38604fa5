"""JUnit XML, which every CI service shows as a test report; a finding is a failed test case."""

from __future__ import annotations

from greenlint.model.text import encodable
from greenlint.reporters.location import costs_energy, location
from greenlint.reporters.summary import summary_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from greenlint.model.check import CheckResult
    from greenlint.model.finding import Finding
    from greenlint.reporters.base import RenderOptions

NAME = "junit"


def render(result: CheckResult, options: RenderOptions) -> str:  # noqa: ARG001 - one shape for all formats
    """One suite with a failure per finding and an error per unread file; a clean run is one passed case."""
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    failures, errors = len(result.findings), len(result.errors)
    cases = [_case(finding) for finding in result.findings]
    for error in result.errors:
        case = _new_case(error.path, f"{error.path} could not be checked")
        SubElement(case, "error", message=_xml(error.message), type="greenlint-error")
        cases.append(case)
    if not cases:
        cases.append(_new_case("greenlint", summary_line(result)))
    totals = {"tests": str(len(cases)), "failures": str(failures), "errors": str(errors)}
    root = Element("testsuites", {"name": "greenlint", **totals})
    SubElement(root, "testsuite", {"name": "greenlint", **totals, "skipped": "0", "time": "0"}).extend(cases)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _case(finding: Finding) -> Element:
    from xml.etree.ElementTree import SubElement

    case = _new_case(finding.path, f"{finding.code} {location(finding)}")
    if finding.cell is None:
        case.set("file", _xml(finding.path))
        case.set("line", str(finding.line))
    failure = SubElement(case, "failure", message=_xml(finding.message), type=f"{finding.code} {finding.name}")
    effect = finding.effect
    costs = f"{effect.effect_class.value}: {effect.statement}\n" if costs_energy(finding) else ""
    failure.text = _xml(f"{location(finding)}: {finding.code} {finding.message}\n{costs}confidence {finding.confidence} %")
    return case


def _new_case(classname: str, name: str) -> Element:
    from xml.etree.ElementTree import Element

    return Element("testcase", classname=_xml(classname), name=_xml(name), time="0")


def _xml(text: str) -> str:
    """The text with every character that XML 1.0 forbids (section 2.2) written out as an escape."""
    text = encodable(text)
    if text.isprintable():
        return text
    return "".join(char if _allowed(char) else f"\\x{ord(char):02x}" for char in text)


def _allowed(char: str) -> bool:
    code = ord(char)
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
