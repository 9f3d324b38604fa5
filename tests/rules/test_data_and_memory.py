"""What the cases of single files cannot show: safe fixes that run, lower confidence, and silence in tests."""

from __future__ import annotations

import pytest
from rule_lab import SHOWN, Lab, run

from greenlint.linter.dispatch import RuleSet, lint_module
from greenlint.rules.registry import all_rules
from greenlint.source.module import Module


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("GL609", "result = list(sorted([3, 1, 2] * 2))\n"),
        ("GL609", "result = sorted(list({'b', 'a'}), key=str.upper)\n"),
        ("GL609", "result = sorted(list(x * 2 for x in (3, 1)), reverse=True)\n"),
        ("GL609", "result = list('a b'\n              .split())\n"),
        ("GL609", "result = [x for x in range(3)].copy() + list(list('ab') + sorted('dc'))[1:]\n"),
        ("GL609", "import copy, json\nresult = copy.deepcopy(json.loads('[1, [2]]'))\n"),
        (
            "GL611",
            "def f(y: list):\n    o = [0]\n    for x in y:\n        o.append(x)\n    return o\nresult = f([3, 4])\n",
        ),
        ("GL611", "def f(y: str):\n    o = {0}\n    for x in y:\n        o.add(x)\n    return o\nresult = f('abca')\n"),
        ("GL611", "def f(a, b):\n    o = []\n    for x in a, b, *a:\n        o.append(x)\n    return o\nresult = f([1], 2)\n"),
        ("GL613", "result = [i for i in list(range(3, 2000, 7))]\n"),
        ("GL613", "def f(n):\n    r = list(range(n))\n    return len(r), 3 in r, r[-1], [i for i in r]\nresult = f(99)\n"),
        ("GL613", "result = sum(tuple(range(100))) + list(range(100))[7]\n"),
    ],
)
def test_safe_fixes_leave_the_result_as_it_was(code: str, text: str) -> None:
    repaired = Lab(code).repaired(text, unsafe=False)
    assert repaired != text
    assert run(repaired) == run(text)


@pytest.mark.parametrize(
    ("code", "text", "confidence"),
    [
        ("GL601", "import logging\nlogging.debug(f'{name}')\n", 40),
        ("GL601", "import logging\nlogging.info('%s' % name)\n", 40),
        ("GL602", "import logging\nlogging.debug('%s', sorted(names))\n", 55),
        ("GL605", "import functools\n@functools.cache\ndef f(url):\n    pass\n", 55),
        ("GL605", "import functools\n@functools.cache\ndef f(name):\n    pass\n", 30),
        ("GL605", "import functools\n@functools.cache\ndef f(*args):\n    pass\n", 55),
        ("GL606", "import functools\nclass A:\n    @functools.cache\n    def f(self):\n        pass\n", 50),
        ("GL616", "x = list(make())[0]\n", 55),
        ("GL616", "x = list(d.values())[0]\n", 55),
        ("GL610", "from numpy import array\nx = array(a.tolist())\n", 55),
    ],
)
def test_what_is_less_sure_is_hidden_by_default(code: str, text: str, confidence: int) -> None:
    assert [finding.confidence for finding in Lab(code).findings(text, least=0)] == [confidence]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("GL309", "import yaml\nx = yaml.safe_load(open(p))\n"),
        ("GL317", "import os\nos.system('mkdir a')\n"),
        ("GL610", "x = set(list(y))\n"),
        ("GL613", "for x in list(range(n)):\n    pass\n"),
        ("GL614", "import gc\nfor x in xs:\n    gc.collect()\n"),
        ("GL616", "x = list(y)[0]\n"),
    ],
)
def test_some_rules_say_nothing_about_tests(code: str, text: str) -> None:
    rules = RuleSet([all_rules()[code]()])
    assert lint_module(Module("pack/a.py", text.encode()), rules)
    found = lint_module(Module("tests/test_a.py", text.encode()), rules)
    assert [f for f in found if f.confidence >= SHOWN] == []


def test_a_fix_is_not_offered_where_a_comment_would_be_lost() -> None:
    assert Lab("GL609").repaired("x = list(  # all\n    sorted(y)\n)\n") == "x = list(  # all\n    sorted(y)\n)\n"
    text = "def f(y):\n    o = []\n    for x in y:  # all\n        o.append(x)\n    return o\n"
    assert Lab("GL611").repaired(text) == text


@pytest.mark.parametrize("code", ["GL609", "GL610", "GL611", "GL613", "GL616", "GL601", "GL602"])
def test_deep_nesting_does_not_break_them(code: str) -> None:
    text = (
        "x = "
        + "list(" * 80
        + "y"
        + ")" * 80
        + "[0]\n"
        + "import logging\nlogging.debug(f'{"
        + "[" * 80
        + "x"
        + "]" * 80
        + "}')\n"
    )
    Lab(code).findings(text, least=0)
