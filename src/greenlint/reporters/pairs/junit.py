"""A comparison of two commits as JUnit XML: a worsening is a failure, doubt is skipped with its reason."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from greenlint.gate.paired import Verdict
from greenlint.reporters.encoding import visible
from greenlint.reporters.pairs.wording import change_text, headline, provenance, value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.gate.against import Against
    from greenlint.gate.paired import Compared

NAME = "junit"


def render(result: Against) -> str:
    """One test suite with one case for each benchmark."""
    failures = sum(one.verdict is Verdict.WORSE for one in result.results)
    doubts = sum(_doubtful(one) for one in result.results)
    errors = sum(one.verdict is Verdict.UNMEASURED for one in result.results)
    counts = f'tests="{len(result.results)}" failures="{failures}" errors="{errors}" skipped="{doubts}"'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<testsuite name="greenlint gate" {counts}>',
        f'  <properties><property name="measured" value={_attribute(provenance(result))}/></properties>',
    ]
    for one in result.results:
        lines += _case(one, result.metric)
    lines += [f"  <system-out>{_text(headline(result))}</system-out>", "</testsuite>"]
    return "\n".join(lines) + "\n"


def _case(one: Compared, metric: str) -> list[str]:
    values = f"{value(one.base, metric)} -> {value(one.head, metric)}, {change_text(one.change)}"
    opening = f'  <testcase classname="greenlint.gate" name={_attribute(one.name)}'
    if one.verdict is Verdict.WORSE:
        return [f"{opening}>", f"    <failure message={_attribute(values)}>{_text(one.reason)}</failure>", "  </testcase>"]
    if one.verdict is Verdict.UNMEASURED:
        return [f"{opening}>", f"    <error message={_attribute(one.reason)}/>", "  </testcase>"]
    if _doubtful(one):
        return [f"{opening}>", f"    <skipped message={_attribute(one.reason or one.verdict.value)}/>", "  </testcase>"]
    return [f"{opening}/>"]


def _doubtful(one: Compared) -> bool:
    return one.verdict in (Verdict.UNCONFIRMED, Verdict.INCOMPARABLE, Verdict.GONE)


def _attribute(text: str) -> str:
    return quoteattr(visible(text))


def _text(text: str) -> str:
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
