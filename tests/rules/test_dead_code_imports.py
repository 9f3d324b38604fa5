"""GL101 and GL112: what their fixes leave behind, and that a safe one changes nothing but what is loaded."""

from __future__ import annotations

import ast

import pytest
from rule_lab import Lab, run

from greenlint.linter.dispatch import RuleSet, lint_module
from greenlint.rules.registry import all_rules
from greenlint.source.module import Module

LAB = Lab("GL101")
TAIL = "\n\ndef f(x):\n    return x\n\n\nresult = f(3)\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n", ""),
        ("import os\nimport sys\n\nsys\n", "import sys\n\nsys\n"),
        ("import sys\nimport os\n\nsys\n", "import sys\n\nsys\n"),
        ("import sys\n\nimport os\n\nsys\n", "import sys\n\nsys\n"),
        ("import os, sys\n\nsys\n", "import sys\n\nsys\n"),
        ("import sys, os\n\nsys\n", "import sys\n\nsys\n"),
        ("import os, sys, json\n\nsys\n", "import sys\n\nsys\n"),
        ("from os import path, sep\n\nsep\n", "from os import sep\n\nsep\n"),
        ("from os import (\n    path,\n    sep,\n)\n\nsep\n", "from os import (\n    sep,\n)\n\nsep\n"),
        ("from os import (\n    path,\n    sep,\n)\n\npath\n", "from os import (\n    path,\n)\n\npath\n"),
        ("from os import path as p, sep as s\n\ns\n", "from os import sep as s\n\ns\n"),
        ('"""Doc."""\n\nimport os\n\nx = 1\n', '"""Doc."""\n\nx = 1\n'),
        ("import os\r\nimport sys\r\n\r\nsys\r\n", "import sys\r\n\r\nsys\r\n"),
        ("\ufeffimport os\nx = 1\n", "\ufeffx = 1\n"),
    ],
)
def test_the_fix_leaves_a_tidy_file(before: str, after: str) -> None:
    assert LAB.repaired(before + TAIL).removesuffix(TAIL.lstrip("\n")).rstrip("\r\n") == after.rstrip("\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    import json\n    return 1\n\n\nresult = f()\n",
        "def f():\n    import json\n\n\nresult = f()\n",
        "def f():\n    from os import path, sep\n    return sep\n\n\nresult = f()\n",
        "import json\n\n__all__ = ['f']\n\n\ndef f():\n    return 2\n\n\nresult = f()\n",
        "import json\n\n\ndef f():\n    return 2\n\n\nresult = f()\nif __name__ == '__main__':\n    print(result)\n",
        "async def f():\n    import asyncio\n    return 1\n\n\nresult = f.__name__\n",
        "class A:\n    def f(self):\n        import json, sys\n        return sys.maxsize > 0\n\n\nresult = A().f()\n",
        "def f(x):\n    if x:\n        import json\n    else:\n        import re\n    return x\n\n\nresult = f(1)\n",
    ],
)
def test_a_safe_fix_keeps_what_the_program_does(text: str) -> None:
    repaired = LAB.repaired(text, unsafe=False)
    assert repaired != text
    assert "import json" not in repaired
    assert run(repaired) == run(text)


@pytest.mark.parametrize(
    "text",
    [
        "import json" + TAIL,  # another file may take it from here
        "import numpy as np" + TAIL,
        "def f():\n    import json  # a remark\n    return 1\n",
        "def f():\n    from acme import x\n    return 1\n",
    ],
)
def test_what_may_change_something_needs_consent(text: str) -> None:
    assert LAB.findings(text)
    assert LAB.repaired(text, unsafe=False) == text


@pytest.mark.parametrize(
    "text",
    [
        "def f(): import json; return 1\n",
        "from os import (\n    path,  # why\n    sep,\n)\n\n\ndef f():\n    return sep\n",
        "from os import path, \\\n    sep\n\n\ndef f():\n    return sep\n",
        "# coding: latin-1\nimport json\n\n\ndef f():\n    return '\xe9'\n".encode("latin-1"),
    ],
)
def test_there_is_no_fix_where_text_would_be_lost(text: str | bytes) -> None:
    (found,) = LAB.findings(text)
    assert found.fix is None


def test_odd_files_do_not_break_the_rule() -> None:
    deep = "x = " + "(" * 80 + "1" + ")" * 80 + "\n"
    for text in ("", "\n", deep, "import a.b.c as d, e" + TAIL, "from .. import x\n" + TAIL, "import é\n" + TAIL):
        LAB.findings(text)


def test_types_move_beside_other_types() -> None:
    text = (
        "from __future__ import annotations\n\nimport pandas as pd\nimport os\n\n\ndef f(x: pd.DataFrame):\n    return os, x\n"
    )
    repaired = Lab("GL112").repaired(text)
    assert repaired == (
        "from __future__ import annotations\n\nimport os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
        "    import pandas as pd\n\n\ndef f(x: pd.DataFrame):\n    return os, x\n"
    )


@pytest.mark.parametrize("code", ["GL101", "GL112", "GL113"])
def test_a_lazy_import_is_no_cost(code: str) -> None:
    """The flag of Python 3.15's parser is set by hand, so that this runs on every version."""
    rules = RuleSet([all_rules()[code]()])
    examples = [bad.code for bad in all_rules()[code].examples if hasattr(bad, "lines")]
    for source in examples:
        eager, lazy = Module("example.py", source.encode()), Module("example.py", source.encode())
        for node in ast.walk(lazy.tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)) and getattr(node, "module", "") != "__future__":
                node.is_lazy = 1  # type: ignore[union-attr]
        assert lint_module(eager, rules) != []
        assert lint_module(lazy, rules) == []
