"""GL114 on more kinds of fixtures and of uses than test_dead_code_classes.py tries."""

from __future__ import annotations

import pytest

from greenlint.rules.dead_code.unused_pytest_fixture import UnusedPytestFixture
from greenlint.source.facts import extract_facts
from greenlint.source.module import Module
from greenlint.source.project import ProjectIndex

FIX = "import pytest\n@pytest.fixture\ndef thing():\n    return 1\n"


def unused(**files: str) -> list[str]:
    texts = {f"tests/{name}.py": text for name, text in files.items()}
    facts = {path: extract_facts(Module(path, text.encode())) for path, text in texts.items()}
    index = ProjectIndex(facts, root="", sources={path: text.encode() for path, text in texts.items()})
    found = [finding for finding in UnusedPytestFixture().check_project(index) if finding.confidence >= 60]
    return [finding.message.split("`")[1].rpartition(".")[2] for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        "import pytest\n@pytest.fixture(params=[1, 2])\ndef thing(request):\n    return request.param\n",
        "import pytest\n@pytest.fixture(ids=['a'], params=[1])\ndef thing(request):\n    yield request.param\n",
        "import pytest\n@pytest.fixture(scope='module', autouse=False)\ndef thing():\n    return 1\n",
        "import pytest\n@pytest.fixture(name=None)\ndef thing():\n    return 1\n",
        "import pytest\n@pytest.fixture(scope='package')\ndef thing():\n    return 1\n",
        "import pytest\n@pytest.fixture\nasync def thing():\n    yield 1\n",
        "import pytest\n@pytest.fixture\ndef thing():\n    with open('a') as file:\n        yield file\n",
        "import pytest\n@pytest.fixture\ndef thing(request):\n    request.addfinalizer(print)\n    return 1\n",
        "import pytest\n@pytest.fixture\ndef thing():\n    def inner():\n        return 1\n    return inner\n",
        'import pytest\n@pytest.fixture\ndef thing():\n    """One thing."""\n    return 1\n',
        "import pytest\n@pytest.fixture(scope='module')\ndef thing() -> int:\n    return 1\n",
        "import pytest\nif True:\n    @pytest.fixture\n    def thing():\n        return 1\n    def f():\n        pass\n",
        "import pytest as pt\n@pt.fixture\ndef thing():\n    return 1\n",
        "from pytest import fixture as fix\n@fix()\ndef thing():\n    return 1\n",
        "from pytest import *\n@fixture\ndef thing():\n    return 1\n",
        "from pytest import fixture\n@fixture(scope='class')\ndef thing(monkeypatch):\n    return monkeypatch\n",
        FIX + "def test_other():\n    stuff = 1\n    assert stuff\n",
    ],
)
def test_nobody_asks_for_it(text: str) -> None:
    assert unused(conftest=text, test_a="def test(tmp_path): pass\n") == ["thing"]


@pytest.mark.parametrize(
    "use",
    [
        "import pytest\n@pytest.mark.usefixtures('other', 'thing')\nclass TestA:\n    def test(self): pass\n",
        "import pytest\n@pytest.mark.parametrize('x', ['thing'])\ndef test(request, x): request.getfixturevalue(x)\n",
        "import pytest\n@pytest.fixture\ndef other(thing): return thing\ndef test(other): pass\n",
        "def test(thing: int) -> None: pass\n",
        "def test(thing=None): pass\n",
        "from .conftest import thing as other\nprint(other)\n",
        "class TestA:\n    def setup_method(self, thing): pass\n",
    ],
)
def test_somebody_asks_for_it(use: str) -> None:
    assert unused(conftest=FIX, test_a=use) == []


@pytest.mark.parametrize("place", ["conftest", "test_a"])
def test_tests_that_a_class_inherits_from_another_package_may_ask_for_it(place: str) -> None:
    inherits = "from pandas.tests.extension import base\nclass TestArray(base.BaseReduceTests):\n    pass\n"
    files = {"test_a": inherits, place: (inherits if place == "test_a" else "") + FIX}
    assert unused(**files) == []
    own = inherits.replace("from pandas.tests.extension import base", "import unittest").replace(
        "base.BaseReduceTests", "unittest.TestCase"
    )
    assert unused(**{"test_a": own, place: (own if place == "test_a" else "") + FIX}) == ["thing"]
