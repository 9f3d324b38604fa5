"""Edits of functions and imports: the project rules are asked again only where the answer may be another one."""

from __future__ import annotations

import random
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from edited_project import asked, check, write

from greenlint.linter import runner

if TYPE_CHECKING:
    from pathlib import Path

APP = """import lib


class Service:
    def start(self):
        self._open()
        lib.load(1)

    def _open(self):
        return _connect()


def _connect():
    return 1


def _left(x):
    return x


Service().start()
"""
LIB = """def load(x):
    return _parse(x)


def _parse(x):
    return x


def _forgotten():
    return _helps_it()


def _helps_it():
    return 1


def shared_name():
    return 1
"""
TEST = """import pytest
import lib


@pytest.fixture
def client():
    return _make()


def _make():
    return 1


def only_for_tests():
    return 1


def test_load(client):
    assert lib.load(1)
    assert lib.told_apart()
    only_for_tests()
"""
TOLD_APART = "\n\ndef told_apart():\n    return 1\n"
FILES = {
    "app.py": APP,
    "lib.py": LIB + TOLD_APART,
    "pack/__init__.py": "",
    "pack/one.py": "from pack import two\n\n\nprint(two.wanted())\n",
    "pack/two.py": "def wanted():\n    return 1\n",
    "pack/three.py": "def shared_name():\n    return 2\n\n\nprint(3)\n",
    "pack/four.py": "def answer():\n    return 3\n",
    "start.py": "import pack.one\nfrom pack.four import answer\n\nif __name__ == '__main__':\n    print(pack.one, answer())\n",
    "tests/test_lib.py": TEST,
}


@pytest.fixture(autouse=True)
def small_projects_have_a_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_CACHE_WORTH_BYTES", 0)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    return tmp_path


def test_what_is_found_in_this_project(project: Path) -> None:
    found = {(one.path, one.message.split("`")[1]) for one in check(project).findings if one.code == "GL102"}
    assert found >= {("app.py", "_left"), ("lib.py", "_forgotten"), ("lib.py", "shared_name"), ("pack/three.py", "shared_name")}


HELPER = "\n\ndef _helper(x):\n    return x\n"


@pytest.mark.parametrize(
    ("path", "text", "again"),
    [
        pytest.param("app.py", APP.replace("return _connect()", "return _helper(_connect())") + HELPER, False, id="helper"),
        pytest.param("app.py", APP + HELPER, True, id="helper that nobody calls"),
        pytest.param("app.py", APP + HELPER + "\n\n_helper(1)\n", False, id="helper called at once"),
        pytest.param("app.py", APP.replace("        self._open()\n", ""), True, id="the last call of a method goes"),
        pytest.param(
            "app.py",
            APP.replace("self._open()", "self._enter()").replace("_open", "_enter"),
            False,
            id="a private method gets another name",
        ),
        pytest.param("app.py", APP.replace("_connect", "_attach"), False, id="a private function gets another name"),
        pytest.param("app.py", APP.replace("return _connect()", "return 1"), True, id="a function loses its last use"),
        pytest.param(
            "app.py",
            APP.replace("return _connect()", "return 1").replace("def _connect():\n    return 1\n", ""),
            False,
            id="it goes with it",
        ),
        pytest.param("app.py", APP.replace("return _connect()", "return _left(1)"), True, id="a call of what was unused"),
        pytest.param("app.py", APP.replace("return _connect()", "return lib._forgotten()"), True, id="of another file"),
        pytest.param("app.py", APP.replace("def _left(x):\n    return x\n", ""), True, id="what was unused goes"),
        pytest.param("app.py", APP.replace("def _left(x):\n    return x", "def _left(x):\n    pass"), True, id="it changes"),
        pytest.param("app.py", APP.replace("def _left(x):", "def _left(x, y=2):"), False, id="it changes inside"),
        pytest.param("app.py", APP.replace("    def _", "    def halt(self):\n        pass\n\n    def _"), True, id="a method"),
        pytest.param(
            "app.py",
            APP.replace("class Service:\n", "class Service:\n    def __enter__(self):\n        return self._open()\n\n"),
            False,
            id="a special method",
        ),
        pytest.param("app.py", APP.replace("class Service:", "class Service(dict):"), True, id="another base"),
        pytest.param("app.py", APP + "\n\nclass Other:\n    def stop(self):\n        self._x()\n", True, id="unused class"),
        pytest.param("app.py", APP + "\n\nclass Other:\n    x = 1\n\n\nprint(Other())\n", False, id="a class in use"),
        pytest.param("app.py", APP + "\n\nclass Other(Service):\n    x = 1\n\n\nprint(Other())\n", False, id="with a base"),
        pytest.param("app.py", APP + "\n\nclass Other(Service, x.Y):\n    x = 1\n\n\nprint(Other())\n", True, id="mixed in"),
        pytest.param("lib.py", LIB + TOLD_APART + HELPER.replace("_helper", "load_all"), True, id="a public function"),
        pytest.param("lib.py", LIB + TOLD_APART.replace("return 1", "return shared_name()"), True, id="used by what tests use"),
        pytest.param("lib.py", LIB, True, id="what tests alone used goes"),
        pytest.param("lib.py", "# moved\n" + LIB + TOLD_APART, False, id="what is unused moves"),
        pytest.param("lib.py", LIB.replace("    return x\n", "    return x + 1\n") + TOLD_APART, False, id="a body changes"),
        pytest.param("tests/test_lib.py", TEST + "\n\ndef test_more(client):\n    _make()\n", False, id="one more test"),
        pytest.param(
            "tests/test_lib.py",
            TEST.replace("def client", "def user").replace("test_load(client)", "test_load(user)"),
            False,
            id="a fixture gets another name",
        ),
        pytest.param("tests/test_lib.py", TEST.replace("test_load(client)", "test_load()"), True, id="nobody asks for it"),
        pytest.param("tests/test_lib.py", TEST.replace("    assert lib.told_apart()\n", ""), True, id="a test loses a use"),
        pytest.param("tests/test_lib.py", TEST.replace("return _make()", "return lib._parse(1)"), True, id="a helper of tests"),
        pytest.param("pack/one.py", "import json\nfrom pack import two\n\n\nprint(two.wanted())\n", True, id="a new package"),
        pytest.param("pack/two.py", "from pack import four\n\n\ndef wanted():\n    return four\n", False, id="one more import"),
        pytest.param("pack/three.py", FILES["pack/three.py"] + "\n# more\n", True, id="a module that is unused changes"),
        pytest.param("pack/one.py", "print(wanted())\n", True, id="the import of a module goes"),
        pytest.param("pack/two.py", "from pack import three\n\n\ndef wanted():\n    return three\n", True, id="of an unused"),
    ],
)  # fmt: skip
def test_only_an_edit_that_may_change_the_answer_asks_again(
    path: str, text: str, again: bool, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert text != FILES[path]
    check(project)
    write(project, path, text)
    assert asked(project, monkeypatch) is again


def test_a_public_function_may_get_another_name_with_its_uses(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(project)
    for path in ("app.py", "lib.py", "tests/test_lib.py"):
        write(project, path, FILES[path].replace("load(", "read_it("))
    assert not asked(project, monkeypatch)


NAMES = ["load", "save", "_pick", "_drop", "render", "_walk", "close", "handle", "client", "_row", "deep"]
PATHS = ["app.py", "lib.py", "pack/mod.py", "pack/other.py", "tests/data/case.py", "tests/test_a.py", "tests/conftest.py"]
MODULES = ["app", "lib", "pack.mod", "pack.other", "pack", "tests.data.case", "os", "glob"]


class Draw:
    """Programs drawn at random: a head of imports, then functions, classes and statements that name each other."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def name(self) -> str:
        return self.random.choice(NAMES)

    def body(self, indent: str) -> list[str]:
        uses = ["{}()", "self.{}()", "x.{}(1)", "print('{}')", "y = {}", "pass"]
        lines = [indent + self.random.choice(uses).format(self.name()) for _ in range(self.random.randrange(3))]
        return lines or [indent + "return 1"]

    def function(self, indent: str, name: str, parameter: str) -> list[str]:
        lines = [f"{indent}def {name}({parameter}):", *self.body(indent + "    ")]
        if self.random.random() < 0.15:
            lines += [f"{indent}    def {self.name()}():", *self.body(indent + "        ")]
        return lines

    def unit(self, test: bool) -> list[str]:
        kind = self.random.choice(["function"] * 4 + ["test", "class", "class", "class", "statement", "statement"])
        if kind == "class":
            thing = f"Thing{self.random.randrange(30)}"
            base = self.random.choice(["", "", "(Base)", "(json.JSONEncoder)", "(Shape)", f"({thing})", "(_Box, Base)"])
            methods = [self.function("    ", self.name(), "self") for _ in range(self.random.randrange(1, 3))]
            return [f"class {self.random.choice(['Shape', '_Box', 'Test_', thing, thing])}{base}:", *chain(*methods)]
        if kind == "statement":
            return [self.random.choice(["{}()", "x.{}()", "print('{}')", "Shape().{}"]).format(self.name())]
        fixture = ["@pytest.fixture"] if test and self.random.random() < 0.4 else []
        name = f"test_{self.name()}" if kind == "test" and test else self.name()
        return fixture + self.function("", name, self.random.choice(["", "x", "client", "load"]))

    def head(self) -> list[str]:
        imports = ["from {} import {}", "import {}"]
        return ["import json, pytest"] + [
            self.random.choice(imports).format(self.random.choice(MODULES), self.name())
            for _ in range(self.random.randrange(4))
        ]

    def file(self, path: str) -> list[list[str]]:
        return [self.head(), *(self.unit("tests" in path) for _ in range(self.random.randrange(5)))]

    def edit(self, units: list[list[str]], test: bool) -> list[list[str]]:
        place = self.random.randrange(1, len(units) + 1)
        kind = self.random.choice(["insert", "insert", "drop", "change", "move", "head"])
        if kind == "head":
            return [self.head(), *units[1:]]
        if kind == "move":
            return [[*units[0], "# moved"], *units[1:]]
        new = [] if kind == "drop" else [self.unit(test)]
        return units[:place] + new + units[place if kind == "insert" else place + 1 :]


@pytest.mark.parametrize("seed", range(12))
def test_after_random_edits_the_cache_says_what_a_run_without_it_says(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = Draw(seed)
    files = {path: draw.file(path) for path in PATHS}
    write(tmp_path, "README.md", f"Call `{draw.name()}` or `x.{draw.name()}()`.\n")
    if seed % 2:
        write(tmp_path, "pyproject.toml", "[build-system]\nrequires = []\n")
    for _ in range(15):
        for path, units in files.items():
            write(tmp_path, path, "\n".join("\n".join(unit) for unit in units) + "\n")
        asked(tmp_path, monkeypatch)
        for path in draw.random.sample(PATHS, draw.random.choice([1, 1, 2, 3])):
            files[path] = draw.edit(files[path], "tests" in path)
