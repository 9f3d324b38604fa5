"""GL103, GL104, GL105 and GL114 over whole projects: what keeps a class, a module or a fixture, and how sure a finding is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from greenlint.model.finding import Finding
from greenlint.rules.base import ProjectRule
from greenlint.rules.dead_code.unused_class import UnusedClass
from greenlint.rules.dead_code.unused_method import UnusedMethod
from greenlint.rules.dead_code.unused_module import UnusedModule
from greenlint.rules.dead_code.unused_pytest_fixture import UnusedPytestFixture
from greenlint.source.facts import extract_facts
from greenlint.source.module import Module
from greenlint.source.project import ProjectIndex

BUILD = "[build-system]\nrequires = ['hatchling']\n"


def found(files: Mapping[str, str] | str, rule: type[ProjectRule], root: str = "", least: int = 60) -> list[Finding]:
    files = {"app.py": files} if isinstance(files, str) else files
    facts = {path: extract_facts(Module(path, text.encode())) for path, text in files.items()}
    index = ProjectIndex(facts, root=root, sources={path: text.encode() for path, text in files.items()})
    return [finding for finding in rule().check_project(index) if finding.confidence >= least]


def classes(files: Mapping[str, str] | str, root: str = "") -> list[str]:
    return [f.message.split("`")[1] for f in found(files, UnusedClass, root)]


def modules(files: Mapping[str, str], root: str = "") -> list[str]:
    return [f.path for f in found(files, UnusedModule, root)]


def fixtures(text: str, **more: str) -> list[str]:
    files = {"tests/conftest.py": "import pytest\n\n" + text, **{f"tests/{name}.py": other for name, other in more.items()}}
    return [f.message.split("`")[1] for f in found(files, UnusedPytestFixture)]


# -- classes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "class _A: pass\n",
        "class Plain: pass\n",
        "class _A(Exception): pass\n",
        "class _A(ValueError):\n    def __init__(self): self.x = 1\n",
        "import enum\nclass _A(enum.Enum):\n    X = 1\n",
        "from typing import NamedTuple\nclass _A(NamedTuple):\n    x: int\n",
        "from typing import Protocol\nclass _A(Protocol):\n    x: int\n",
        "from abc import ABC\nclass _A(ABC): pass\n",
        "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass _A(Generic[T]): pass\n",
        "from dataclasses import dataclass\n@dataclass\nclass _A:\n    x: int\n",
        "import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass _A:\n    x: int\n",
        "from attrs import define\n@define\nclass _A:\n    x: int\n",
        "class _A(dict): pass\n",
        "class _A:\n    def m(self): return _A()\n",
        "class _A:\n    @classmethod\n    def make(cls): return cls()\n",
        "class _A:\n    def m(self): return isinstance(self, _A)\n",
        "if x:\n    class _A: pass\nelse:\n    y = 1\n",
        "try:\n    pass\nfinally:\n    class _A: pass\n",
        "from pydantic import BaseModel\nclass _A(BaseModel):\n    x: int\n",
        "class _A:\n    x = 1\n    def m(self):\n        class B: pass\n        return B\n",
        "_B = 1\nclass _A:\n    x = _B\n",
        "class _Ä: pass\n",
    ],
)
def test_a_class_that_nobody_names_is_unused(text: str) -> None:
    assert len(classes(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "class _A: pass\n_A()\n",
        "class _A: pass\nx: _A\n",
        "class _A: pass\ndef f(x: '_A'): pass\nf(1)\n",
        "class _A: pass\nx = [_A]\n",
        "class _A: pass\ntry:\n    pass\nexcept _A:\n    pass\n",
        "class _A: pass\nisinstance(x, _A)\n",
        "class _A: pass\nclass B(_A): pass\nB()\n",
        "class _A: pass\nNAMES = ['app._A']\n",
        "class _A: pass\n__all__ = ['_A']\n",
        "class _A: pass\nmatch x:\n    case _A(): pass\n",
        "import lib\n@lib.register\nclass _A: pass\n",
        "import lib\nclass _A(lib.Base): pass\n",
        "import lib\nclass _A(lib.Base): pass\nclass _B(_A): pass\n",
        "class M(type): pass\nclass _A(metaclass=M): pass\n",
        "class B:\n    def __init_subclass__(cls): pass\nclass _A(B): pass\nB\n",
        "class B: pass\nclass _A(B): pass\nB.__subclasses__()\n",
        "class A:\n    class Meta: pass\nA()\n",
        "class _A: pass\nglobals()\n",
        "class FileReader: pass\nname = f'{kind}Reader'\n",
        "class ReaderOfFiles: pass\nname = f'Reader{kind}'\n",
        "class TestThings:\n    def test_a(self): pass\n",
        "class Things:\n    def test_a(self): pass\n",
        "import unittest\nclass Things(unittest.TestCase): pass\n",
        "from twisted.internet.protocol import Protocol\nclass Things(Protocol):\n    x = 1\n",
        "import scrapy\nclass Things(scrapy.Spider):\n    name = 'x'\n",
    ],
)
def test_a_class_that_something_may_reach_is_silent(text: str) -> None:
    assert classes(text) == []


@pytest.mark.parametrize(
    "body",
    [
        "    class A:\n        x = 1\n",
        "    class A(ValueError):\n        pass\n",
        "    if n:\n        class A:\n            x = 1\n",
        "    class A:\n        def copy(self):\n            return A()\n",
        "    from dataclasses import dataclass\n    @dataclass\n    class A:\n        x: int\n",
    ],
)
def test_a_class_in_a_function_that_nobody_names_is_unused(body: str) -> None:
    assert classes(f"def f(n):\n{body}    return n\n\nprint(f(1))\n") == ["f.A"]
    assert classes(f"async def f(n):\n{body}    return n\n\nprint(f(1))\n") == ["f.A"]


@pytest.mark.parametrize(
    "body",
    [
        "    class A:\n        x = 1\n    return A\n",
        "    class A:\n        x = 1\n    class B(A):\n        y = 1\n    return B()\n",
        "    class A:\n        x = 1\n    def make():\n        return A()\n    return make\n",
        "    class A:\n        x = 1\n    return locals()\n",
        "    class A:\n        x = 1\n    return n.query('x > @A.x')\n",
        "    try:\n        class A(n):\n            pass\n    except TypeError:\n        return n\n",
        "    with raises(TypeError):\n        class A:\n            x = 1\n",
        "    @register\n    class A:\n        x = 1\n",
        "    class A(metaclass=Meta):\n        x = 1\n",
        "    class A(lib.Base):\n        x = 1\n",
    ],
)
def test_a_class_in_a_function_that_something_may_reach_is_silent(body: str) -> None:
    assert classes(f"import lib\nfrom lib import Meta, raises, register\ndef f(n):\n{body}\nprint(f(1))\n") == []


def test_a_class_in_a_test_may_be_what_the_test_is_about() -> None:
    files = {"tests/test_a.py": "def test_f():\n    class A:\n        x = 1\n"}
    assert [f.confidence for f in found(files, UnusedClass, least=0)] == [35]


def test_a_method_does_not_keep_its_own_class_but_keeps_others() -> None:
    text = "class _A:\n    def m(self): return _A(), _B()\n\n\nclass _B: pass\n\n\nx.m()\n"
    assert classes(text) == ["_A"]


def test_what_an_unused_class_uses_is_unused_too() -> None:
    assert classes("class _A:\n    x = 1\nclass _B(_A):\n    def __len__(self): return 1\n") == ["_A", "_B"]


def test_a_public_class_of_a_package_is_offered(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(BUILD)
    assert classes({"pkg/a.py": "class A: pass\n"}, str(tmp_path)) == []
    assert classes({"pkg/a.py": "class _A: pass\n"}, str(tmp_path)) == ["_A"]


def test_suites_of_benchmarks_are_collected() -> None:
    assert classes({"benchmarks/suite.py": "class Sorting:\n    def setup(self): pass\n"}) == []


# -- modules -----------------------------------------------------------------------------------------------------

CODE = "def f():\n    return 1\n"


@pytest.mark.parametrize(
    "files",
    [
        {"main.py": "x = 1\n", "app/a.py": CODE},
        {"main.py": "import app\n", "app/__init__.py": "", "app/a.py": CODE},
        {"main.py": "import app.b\n", "app/a.py": CODE, "app/b.py": CODE},
        {"main.py": "x = 1\n", "app/a.py": CODE, "app/sub/c.py": "from ..b import f\n" + CODE, "app/b.py": CODE},
    ],
)
def test_a_module_that_nobody_imports_is_unused(files: dict[str, str]) -> None:
    assert "app/a.py" in modules(files)


@pytest.mark.parametrize(
    "use",
    [
        "import app.a\n",
        "from app import a\n",
        "from app.a import f\n",
        "from app.a import *\n",
        "import app.a as b\n",
        "def g():\n    from app import a\n    return a\n",
        "import importlib\nimportlib.import_module('app.a')\n",
        "NAMES = ['app.a.f']\n",
        "import sys\nsys.path.insert(0, 'app')\nimport a\n",
        "if TYPE_CHECKING:\n    from app.a import f\n",
        "try:\n    from app.a import f\nexcept ImportError:\n    f = None\n",
    ],
)
def test_an_import_anywhere_keeps_a_module(use: str) -> None:
    assert modules({"main.py": use, "app/__init__.py": "", "app/a.py": CODE}) == []


def test_relative_imports_reach_exactly_their_module() -> None:
    files = {
        "main.py": "import app.sub.c\n",
        "app/sub/c.py": "from .. import a\n" + CODE,
        "app/a.py": CODE,
        "app/sub/a.py": CODE,
    }
    assert modules(files) == ["app/sub/a.py"]


@pytest.mark.parametrize(
    "files",
    [
        {"app/a.py": CODE + "if __name__ == '__main__':\n    f()\n"},
        {"app/a.py": "#!/usr/bin/env python\n" + CODE},
        {"a.py": CODE},
        {"app/__init__.py": CODE},
        {"app/__main__.py": CODE},
        {"app/tests/a.py": CODE},
        {"app/conftest.py": CODE},
        {"app/migrations/m0001.py": CODE},
        {"examples/a.py": CODE},
        {"scripts/a.py": CODE},
        {"docs/conf.py": CODE},
        {"app/_vendor/a.py": CODE},
        {"app/hook-a.py": CODE},
        {"app/a.py": "x = 1\n"},
        {"e2e_web/page.py": CODE},
        {"web/st_page.py": CODE, "web/st_page_test.py": "x = 1\n"},
    ],
)
def test_modules_that_something_else_loads_are_silent(files: dict[str, str]) -> None:
    assert modules({"main.py": "x = 1\n", **files}) == []


def test_what_only_an_offered_module_imports_is_as_doubtful_as_that_module(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(BUILD)
    files = {
        "main.py": "x = 1\n",
        "app/__init__.py": "",
        "app/offered.py": "from app import _part\n" + CODE,
        "app/_part.py": CODE,
    }
    assert modules(files, str(tmp_path)) == []


def test_folders_from_which_a_program_imports_by_completed_names_are_silent() -> None:
    load = "import importlib\nfor name in x:\n    importlib.import_module(f'app.rules.{name}')\n"
    files = {"main.py": load, "app/rules/sub/one.py": CODE + "class One: pass\n"}
    assert modules(files) == []
    assert classes(files) == []


def test_a_module_that_only_tests_import_is_said_to_be_so() -> None:
    files = {"main.py": "x = 1\n", "app/a.py": CODE, "tests/test_a.py": "import app.a\n"}
    (one,) = found(files, UnusedModule, least=40)
    assert "only tests" in one.message
    assert one.confidence < 60


# -- fixtures ----------------------------------------------------------------------------------------------------

FIX = "@pytest.fixture\ndef thing():\n    return 1\n"


@pytest.mark.parametrize(
    "text",
    [
        FIX,
        "@pytest.fixture()\ndef thing():\n    return 1\n",
        "@pytest.fixture(scope='session')\ndef thing():\n    yield 1\n",
        "from pytest import fixture\n@fixture\ndef thing():\n    return 1\n",
        "import pytest_asyncio\n@pytest_asyncio.fixture\nasync def thing():\n    return 1\n",
        "@pytest.fixture\ndef thing(tmp_path):\n    return 1\n",
        "@pytest.fixture\ndef thing(thing):\n    return thing\n",
        "class TestA:\n    @pytest.fixture\n    def thing(self):\n        return 1\n    def test(self): pass\n",
    ],
)
def test_a_fixture_that_nobody_asks_for_is_unused(text: str) -> None:
    assert [name.rpartition(".")[2] for name in fixtures(text)] == ["thing"]


@pytest.mark.parametrize(
    "use",
    [
        "def test(thing): pass\n",
        "class TestA:\n    def test(self, thing): pass\n",
        "@pytest.mark.usefixtures('thing')\ndef test(): pass\n",
        "pytestmark = pytest.mark.usefixtures('thing')\n",
        "def test(request): request.getfixturevalue('thing')\n",
        "@pytest.fixture(autouse=True)\ndef other(thing): pass\n",
        "@pytest.mark.parametrize('thing', [1], indirect=True)\ndef test(thing): pass\n",
        "def helper(thing): pass\n",
        "async def test(*, thing): pass\n",
        "from conftest import thing\n",
    ],
)
def test_asking_for_a_fixture_keeps_it(use: str) -> None:
    assert fixtures(FIX, test_a="import pytest\n" + use) == []


@pytest.mark.parametrize(
    "text",
    [
        "@pytest.fixture(autouse=True)\ndef thing():\n    return 1\n",
        "@pytest.fixture(name='x')\ndef thing():\n    return 1\n",
        "@pytest.fixture\ndef event_loop():\n    return 1\n",
        "@pytest.fixture\n@other\ndef thing():\n    return 1\n",
        "@lib.fixture\ndef thing():\n    return 1\n",
    ],
)
def test_fixtures_that_run_otherwise_are_silent(text: str) -> None:
    assert fixtures(text) == []


def test_a_chain_of_fixtures_that_nobody_asks_for_goes_together() -> None:
    text = FIX + "@pytest.fixture\ndef other(thing):\n    return thing\n"
    assert fixtures(text) == ["thing", "other"]
    assert fixtures(text, test_a="def test(other): pass\n") == []


def test_fixtures_outside_tests_may_be_offered_to_others() -> None:
    assert found({"plugin.py": "import pytest\n" + FIX}, UnusedPytestFixture) == []


# -- what only who asks for all is shown -------------------------------------------------------------------------


PLUGINS = {"plugins/__init__.py": "", "plugins/old.py": "def f():\n    return 1\n"}


def doubtful_modules(files: dict[str, str]) -> list[tuple[str, int]]:
    return [(f.path, f.confidence) for f in found(files, UnusedModule, least=0)]


def test_plugins_of_a_program_that_looks_for_no_files_are_doubtful() -> None:
    main = "import importlib\nprint(importlib.import_module('plugins.used'))\nif __name__ == '__main__':\n    print(1)\n"
    used = {"plugins/used.py": "def g():\n    return 1\n"}
    assert doubtful_modules({"main.py": main, **PLUGINS, **used}) == [("plugins/old.py", 25)]


@pytest.mark.parametrize(
    "main",
    [
        "import importlib, sys\nprint(importlib.import_module(sys.argv[1]))\n",
        "import importlib\ndef load(n):\n    return importlib.import_module(f'plugins.{n}')\nprint(load)\n",
        "import os\nprint(os.listdir('plugins'))\n",
        "from pathlib import Path\nprint(list(Path('plugins').glob('*.py')))\n",
        "import pkgutil, plugins\nprint(list(pkgutil.iter_modules(plugins.__path__)))\n",
        "import airflow\nprint(airflow)\n",
    ],
)
def test_plugins_of_a_program_that_may_load_them_are_silent(main: str) -> None:
    assert doubtful_modules({"main.py": f"{main}if __name__ == '__main__':\n    print(1)\n", **PLUGINS}) == []


def test_files_of_a_package_that_define_nothing_are_doubtful() -> None:
    files = {
        "main.py": "from app import used\nimport shared\nif __name__ == '__main__':\n    print(used, shared)\n",
        "shared.py": "def f():\n    return 1\n",
        "exporter.py": "import shared\n\n\ndef export():\n    return shared.f()\n",
        "app/__init__.py": "",
        "app/used.py": "x = 1\n",
        "app/consts.py": "A, B = 1, 2\n",
        "loose/run.py": "print(1)\n",
    }
    doubtful = [(f.path, f.confidence) for f in found(files, UnusedModule, least=0)]
    assert sorted(doubtful) == [("app/consts.py", 25), ("exporter.py", 25)]


def test_a_package_that_lists_its_modules_loads_them() -> None:
    listing = (
        "import importlib\nimport pkgutil\n\nfor m in pkgutil.iter_modules(__path__):\n"
        "    importlib.import_module(f'{__name__}.{m.name}')\n"
    )
    files = {"main.py": "import app\nprint(app)\n", "app/__init__.py": listing, "app/build.py": "def go():\n    return 1\n"}
    assert found(files, UnusedModule, least=0) == []


@pytest.mark.parametrize(
    ("base", "method"),
    [
        ("json.JSONEncoder", "default"),
        ("html.parser.HTMLParser", "handle_starttag"),
        ("ast.NodeVisitor", "visit_Call"),
        ("cmd.Cmd", "do_quit"),
        ("logging.Handler", "emit"),
    ],
)
def test_what_a_base_of_the_standard_library_calls_is_in_use(base: str, method: str) -> None:
    methods = f"    def {method}(self, x):\n        print(x)\n\n    def other_one(self):\n        print(self)\n"
    text = f"import {base.rpartition('.')[0]}\n\n\nclass A({base}):\n{methods}\n\nA()\n"
    assert [f.message.split("`")[1] for f in found(text, UnusedMethod, least=0)] == ["A.other_one"]
