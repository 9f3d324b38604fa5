"""Notebooks are linted cell by cell; stubs and generated files are left alone, but what they use is in use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from greenlint.config.schema import Config
from greenlint.linter.fixer.apply import fix_project
from greenlint.linter.runner import CheckOptions, check_paths, check_source
from greenlint.reporters.location import location
from greenlint.source.notebook import NotebookError, place, read_notebook

WASTE = "queue = list(range(n))\nwhile queue:\n    queue.pop(0)\n"


def code(text: str | list[str]) -> dict[str, Any]:
    return {"cell_type": "code", "source": text}


def notebook(*cells: dict[str, Any], **metadata: Any) -> bytes:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}).encode()


def places(tmp_path: Path, data: bytes, name: str = "a.ipynb") -> list[str]:
    (tmp_path / name).write_bytes(data)
    result = check_paths([str(tmp_path)], Config(root=str(tmp_path)))
    assert [error.message for error in result.errors] == []
    return [f"{location(finding)} {finding.code}" for finding in result.findings]


def test_a_finding_names_its_cell_and_the_line_in_it(tmp_path: Path) -> None:
    text = {"cell_type": "markdown", "source": WASTE}
    data = notebook(text, code("import os\n"), code(WASTE.splitlines(keepends=True)), code("\n" + WASTE))
    assert places(tmp_path, data) == ["a.ipynb:cell 3:3:5 GL205", "a.ipynb:cell 4:4:5 GL205"]


def test_a_name_of_one_cell_is_known_in_the_next(tmp_path: Path) -> None:
    data = notebook(code("queue = list(range(n))"), code("while queue:\n    queue.pop(0)\n"))
    assert places(tmp_path, data) == ["a.ipynb:cell 2:2:5 GL205"]


@pytest.mark.parametrize(
    "magic",
    ["%matplotlib inline", "!pip install x", "files = !ls -l", "x, y = %who", "len?", "os.path??", "?len", "%%time", "  !ls"],
)
def test_lines_for_ipython_do_not_hide_the_rest_of_the_cell(magic: str, tmp_path: Path) -> None:
    assert places(tmp_path, notebook(code(f"{magic.strip()}\n{WASTE}"))) == ["a.ipynb:cell 1:4:5 GL205"]


def test_a_percent_sign_inside_an_expression_is_an_operator(tmp_path: Path) -> None:
    assert places(tmp_path, notebook(code(f"x = (7\n%n)\n{WASTE}"))) == ["a.ipynb:cell 1:5:5 GL205"]


@pytest.mark.parametrize(
    "cell", ["%%bash\nls", "%%html\n<p>", "%%writefile a.py\nx = = 1", "", "   \n", "await work()", "%%\nx = 3"]
)
def test_cells_of_other_languages_and_empty_ones_are_passed_over(cell: str, tmp_path: Path) -> None:
    assert places(tmp_path, notebook(code(cell), code(WASTE))) == ["a.ipynb:cell 2:3:5 GL205"]


def test_a_cell_that_is_not_python_is_named_and_the_others_are_linted(tmp_path: Path) -> None:
    data = notebook(code("x = 1\nfor = 2\n"), code(WASTE))
    assert places(tmp_path, data) == ["a.ipynb:cell 1:2:5 GL900", "a.ipynb:cell 2:3:5 GL205"]


def test_a_suppression_comment_silences_its_line(tmp_path: Path) -> None:
    quiet = WASTE.replace("pop(0)", "pop(0)  # greenlint: ignore[GL205] short")
    assert places(tmp_path, notebook(code(quiet), code("x = 1  # greenlint: ignore[GL205] nothing"))) == [
        "a.ipynb:cell 2:1:8 GL902"
    ]


@pytest.mark.parametrize("metadata", [{"kernelspec": {"language": "R"}}, {"language_info": {"name": "julia"}}])
def test_notebooks_in_other_languages_are_passed_over(metadata: dict[str, Any], tmp_path: Path) -> None:
    assert places(tmp_path, notebook(code(WASTE), **metadata)) == []


def test_notebooks_of_version_3_have_worksheets(tmp_path: Path) -> None:
    sheet = {"cells": [{"cell_type": "code", "input": WASTE}]}
    assert places(tmp_path, json.dumps({"worksheets": [sheet], "nbformat": 3}).encode()) == ["a.ipynb:cell 1:3:5 GL205"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"cells": 3}', b"\x00\xff", b"[" * 100_000, b'{"cells": [3, null, {}]}'])
def test_a_file_that_is_no_notebook_is_an_error_of_its_own_or_empty(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(data)
    (tmp_path / "b.ipynb").write_bytes(notebook(code(WASTE)))
    result = check_paths([str(tmp_path)], Config(root=str(tmp_path)))
    assert [location(f) for f in result.findings] == ["b.ipynb:cell 1:3:5"]
    expected = [] if data.startswith(b'{"cells": [') else ["a.ipynb"]
    assert [error.path for error in result.errors] == expected
    assert all(error.message.startswith("cannot be read as a notebook: ") for error in result.errors)


def test_fixing_leaves_the_notebook_as_it_is(tmp_path: Path) -> None:
    data = notebook(code("with open(path) as f:\n    for line in f.readlines():\n        use(line)\n"))
    assert places(tmp_path, data) == ["a.ipynb:cell 1:2:17 GL302"]
    fix_project([str(tmp_path)], Config(root=str(tmp_path)), CheckOptions(), unsafe=True, write=True)
    assert (tmp_path / "a.ipynb").read_bytes() == data


def test_an_editors_buffer_may_be_a_notebook(tmp_path: Path) -> None:
    found = check_source("a.ipynb", notebook(code(WASTE)), Config(root=str(tmp_path))).findings
    assert [(f.cell, f.line) for f in found] == [(1, 3)]


def test_what_a_notebook_uses_is_in_use_and_what_it_defines_is_its_own(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text("def _used():\n    return 1\n\n\ndef _unused():\n    return 2\n")
    found = places(tmp_path, notebook(code("from work import _used\n_used()\n\ndef _helper():\n    return 3\n")))
    assert found == ["work.py:5:1 GL102"]


def test_the_cache_remembers_cells(tmp_path: Path) -> None:
    padding = {"cell_type": "markdown", "source": "x" * 400_000}
    for _ in range(2):
        assert places(tmp_path, notebook(padding, code(WASTE))) == ["a.ipynb:cell 2:3:5 GL205"]
    (tmp_path / "b.py").write_text("x = 1\n")  # the report is stale, the entry is not
    assert places(tmp_path, notebook(padding, code(WASTE))) == ["a.ipynb:cell 2:3:5 GL205"]


def test_a_stub_holds_no_code_that_runs(tmp_path: Path) -> None:
    (tmp_path / "a.pyi").write_text(WASTE)
    assert check_paths([str(tmp_path / "a.pyi")], Config(root=str(tmp_path))).findings == ()


@pytest.mark.parametrize(
    "head",
    [
        "# Generated by the protocol buffer compiler.  DO NOT EDIT!",
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# This file is autogenerated by `make tables`",
        '"""Automatically generated file.\n\nRun hassfest.\n"""',
        "# @generated by tool",
        "# Generated by Django 5.2 on 2026-01-01 10:00",
        "# file generated by setuptools-scm",
    ],
)
def test_generated_files_are_not_judged(head: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"{head}\n{WASTE}\ndef _unused():\n    return 1\n")
    (tmp_path / "api_pb2.py").write_text(WASTE)
    assert check_paths([str(tmp_path)], Config(root=str(tmp_path))).findings == ()


@pytest.mark.parametrize(
    "head",
    [
        '"""Parser engine for the grammar tables generated by pgen."""',
        "# Handles generated tokens",
        "import re  # generated by hand",
        "x = '@generated'",
        "# Do not edit with tabs",
        "\n" * 20 + "# DO NOT EDIT",
    ],
)
def test_files_that_speak_of_generation_are(head: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"{head}\n{WASTE}")
    assert [f.code for f in check_paths([str(tmp_path)], Config(root=str(tmp_path))).findings] == ["GL205"]


_CELLS = st.lists(
    st.one_of(
        st.builds(code, st.text(max_size=60)),
        st.builds(
            code, st.lists(st.sampled_from(["x = 1\n", "%magic\n", "!ls\n", "for i in y:\n", "    pass\n", ")", "\r", "x?"]))
        ),
        st.just({"cell_type": "markdown", "source": "x"}),
        st.none(),
    ),
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(_CELLS)
def test_every_line_of_the_text_leads_back_to_a_code_cell(cells: list[Any]) -> None:
    found = read_notebook(json.dumps({"cells": cells}).encode())
    compile(found.data, "a", "exec", 0x2000 | 0x400)  # allow await at the top; the syntax tree only
    for line in range(1, found.data.count(b"\n") + 1):
        number, inner = place(list(zip(found.starts, found.cells)), line)
        assert cells[number - 1]["cell_type"] == "code"
        assert inner >= 1
    for broken in found.broken:
        assert broken.cell in found.cells


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["cells", "metadata", "source", "cell_type", "worksheets", "kernelspec", "language"]), inner
            )
        ),
    )
)
@example({"worksheets": [{"cells": None}]})
def test_any_json_is_read_or_refused(document: Any) -> None:
    try:
        read_notebook(json.dumps(document).encode())
    except NotebookError as error:
        assert str(error)
