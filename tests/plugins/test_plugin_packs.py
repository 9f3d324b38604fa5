"""Packs of frameworks that plug-ins add: what they reach is in use, and a wrong one is left out with a warning."""

from __future__ import annotations

import pytest
from plugin_lab import HEAD, Lab

PACK = """\
from greenlint.source.frameworks import Pack


@hookimpl
def greenlint_framework_packs():
    return [
        Pack(
            packages=frozenset({"acme"}),
            hooks=frozenset({"acme_start"}),
            live_bases=frozenset({"Gadget"}),
            plain_decorators=frozenset({"acme_mark"}),
        )
    ]
"""
CODE = """\
import acme


def acme_start():
    return _helper()


def _helper():
    return 1


class Tool(acme.Gadget):
    def size(self):
        return _sizes()


def _sizes():
    return 2


@acme.acme_mark
def _marked():
    return 3


def _other():
    return 4
"""


@pytest.fixture
def project(lab: Lab) -> Lab:
    (lab.project / "a.py").write_text(CODE)
    return lab


def unused(lab: Lab) -> set[str]:
    done = lab.run("check", "--preview", "--select", "GL102,GL103", "--output-format", "concise", ".")
    assert done.stderr == "" or "warning" in done.stderr
    return {line.split("`")[1] for line in done.stdout.splitlines() if "`" in line}


def test_without_the_pack_the_names_decide(project: Lab) -> None:
    assert unused(project) == {"acme_start", "_helper", "_other"}


def test_a_pack_keeps_what_its_framework_reaches(project: Lab) -> None:
    project.install("acme_pack", HEAD + PACK)
    assert unused(project) == {"_marked", "_other"}


def test_a_pack_is_switched_on_by_an_import(project: Lab) -> None:
    project.install("acme_pack", HEAD + PACK.replace('frozenset({"acme"})', 'frozenset({"somebody"})'))
    assert unused(project) == {"acme_start", "_helper", "_other"}


def test_what_is_no_pack_is_left_out_with_a_warning(project: Lab) -> None:
    project.install("acme_pack", HEAD + PACK.replace("return [", "return [3, Pack(hooks=['x']), "))
    done = project.run("check", "--select", "GL102", ".")
    assert "acme-acme_pack 1.2" in done.stderr
    assert unused(project) == {"_marked", "_other"}
