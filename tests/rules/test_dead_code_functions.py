"""GL102 and GL104 over whole projects: what is found, how sure the finding is, and what the fix leaves behind."""

from __future__ import annotations

import ast
import cProfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlint.linter.fixer.edits import apply_fixes
from greenlint.model.finding import Finding
from greenlint.rules.base import ProjectRule
from greenlint.rules.dead_code._reachability import Reachability
from greenlint.rules.dead_code.unused_function import UnusedFunction
from greenlint.rules.dead_code.unused_method import UnusedMethod
from greenlint.source.facts import extract_facts
from greenlint.source.module import Module
from greenlint.source.project import ProjectIndex

BUILD = "[build-system]\nrequires = ['hatchling']\n"


def findings(
    files: Mapping[str, str], rule: type[ProjectRule] = UnusedFunction, *, root: str = "", names: tuple[str, ...] = ()
) -> list[Finding]:
    facts = {path: extract_facts(Module(path, text.encode())) for path, text in files.items()}
    index = ProjectIndex(facts, root=root, sources={path: text.encode() for path, text in files.items()})
    if names:
        index.texts.mentioned = frozenset(names).intersection  # type: ignore[method-assign]
    return [finding for finding in rule().check_project(index) if finding.confidence >= 60]


def unused(files: Mapping[str, str] | str, **options: object) -> list[str]:
    if isinstance(files, str):
        files = {"app.py": files}
    return [f.message.split("`")[1] for f in findings(files, **options)]  # type: ignore[arg-type]


def repaired(text: str, rule: type[ProjectRule] = UnusedFunction) -> str:
    fixes = [finding.fix for finding in findings({"app.py": text}, rule) if finding.fix is not None]
    return apply_fixes(text.encode(), fixes)[0].decode()


# -- what leads to a function ------------------------------------------------------------------------------------


def test_a_bare_name_leads_to_the_functions_of_its_own_file_only() -> None:
    files = {"a.py": "def _same(): return 1\n", "b.py": "def _same(): return 2\n_same()\n"}
    assert [f.path for f in findings(files)] == ["a.py"]


def test_an_attribute_of_that_name_on_anything_keeps_the_function() -> None:
    assert unused({"a.py": "def _same(): return 1\n", "b.py": "whatever._same\n"}) == []


def test_an_import_keeps_the_function_where_it_may_be_handed_on() -> None:
    assert unused({"a.py": "def _same(): return 1\n", "b.py": "from a import _same\n"}) == []
    assert unused({"a.py": "def _same(): return 1\n", "b/__init__.py": "from a import _same\ndef f(): return 1\nf()\n"}) == []


def test_an_import_that_nothing_reads_keeps_nothing() -> None:
    assert unused({"a.py": "def _same(): return 1\n", "b.py": "from a import _same\ndef f(): return 1\nf()\n"}) == ["_same"]
    assert unused({"a.py": "def _same(): return 1\n", "b.py": "from a import _same as x\ndef f(): return x\nf()\n"}) == []


@pytest.mark.parametrize(
    "use",
    [
        "x = _f",
        "print(_f)",
        "x = [_f]",
        "@_f\nclass A: pass",
        "def g(a=_f): return a\ng()",
        "lambda: _f()",
        "x: _f = 1",
        "class A:\n    x = _f",
        "del _f",
        "_f = wrap(_f)",
        "x = '_f'",
        "match x:\n    case 1 if _f():\n        pass",
        "async def main():\n    async with _f() as y:\n        yield y",
        "print(f'{_f()}')",
        "try:\n    pass\nexcept _f():\n    pass",
        "if TYPE_CHECKING:\n    y = _f",
    ],
)
def test_any_kind_of_use_keeps_a_function(use: str) -> None:
    assert "_f" not in unused(f"def _f():\n    return 1\n\n\n{use}\n")


def test_a_loop_of_unused_functions_is_unused_and_says_why() -> None:
    found = findings({"app.py": "def _a(): return _b()\ndef _b(): return _c()\ndef _c(): return _a()\n"})
    assert len(found) == 3
    assert all("only unused code names it" in f.message for f in found)


def test_a_function_that_only_calls_itself_is_unused() -> None:
    (found,) = findings({"app.py": "def _a(n): return _a(n - 1)\n"})
    assert "nothing but itself" in found.message


def test_what_an_unused_function_uses_is_as_doubtful_as_the_function(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(BUILD)
    files = {"pkg/a.py": "def offered():\n    return _helper()\n\n\ndef _helper():\n    return 1\n"}
    assert unused(files, root=str(tmp_path)) == []  # somebody may import `offered`


def test_functions_of_a_package_are_offered_and_those_of_an_application_are_not(tmp_path: Path) -> None:
    files = {"pkg/a.py": "def offered():\n    return 1\n"}
    assert unused(files) == ["offered"]
    (tmp_path / "pyproject.toml").write_text(BUILD)
    assert unused(files, root=str(tmp_path)) == []


@pytest.mark.parametrize("path", ["pkg/_internal/a.py", "pkg/_a.py", "scripts/a.py"])
def test_private_places_of_a_package_offer_nothing(tmp_path: Path, path: str) -> None:
    (tmp_path / "pyproject.toml").write_text(BUILD)
    assert unused({path: "def offered():\n    return 1\n"}, root=str(tmp_path)) == ["offered"]


def test_a_private_module_that_is_star_imported_offers_its_names(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(BUILD)
    files = {"pkg/_a.py": "def offered():\n    return 1\n", "pkg/__init__.py": "from ._a import *\n"}
    assert unused(files, root=str(tmp_path)) == []


def test_what_only_tests_use_is_said_to_be_so_and_is_not_deleted() -> None:
    files = {"app.py": "def _f():\n    return 1\n", "tests/test_app.py": "from app import _f\n\ndef test(): _f()\n"}
    (found,) = findings(files)
    assert "only tests use it" in found.message
    assert found.fix is None
    assert found.confidence < findings({"app.py": "def _f():\n    return 1\n"})[0].confidence


def test_a_method_with_an_unknown_base_keeps_what_it_calls_in_doubt() -> None:
    text = (
        "import textwrap\n\n\nclass W(textwrap.TextWrapper):\n    def _wrap(self):\n        return _cut()\n"
        "\n\ndef _cut():\n    return 1\n"
    )
    assert unused(text) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("app.py", "def main():\n    return 1\n"),
        ("app.py", "def test_x():\n    return 1\n"),
        ("conftest.py", "def pytest_addoption(parser):\n    return 1\n"),
        ("shop/migrations/0001_x.py", "def forwards(apps, editor):\n    return 1\n"),
        ("docs/conf.py", "def setup(app):\n    return 1\n"),
        ("noxfile.py", "def lint(session):\n    return 1\n"),
        ("tests/data/sample.py", "def _anything():\n    return 1\n"),
        ("pkg/_vendor/lib.py", "def _anything():\n    return 1\n"),
        ("app.py", "def __getattr__(name):\n    return 1\n"),
        ("stubs/app.pyi", "def _f() -> int: ...\n"),
        ("app.py", "def _(text):\n    return text\n"),
        (".hidden/rule.py", "def _f():\n    return 1\n"),
    ],
)
def test_entry_points_are_silent(path: str, code: str) -> None:
    assert unused({path: code}) == []


def test_names_that_getattr_may_complete_are_silent() -> None:
    files = {"a.py": "def show_table():\n    return 1\n", "b.py": "import a\ngetattr(a, 'show_' + kind)()\n"}
    assert unused(files) == []


def test_a_module_that_is_looked_through_is_silent() -> None:
    files = {"hooks.py": "def first():\n    return 1\n", "b.py": "import hooks\nfor f in vars(hooks).values(): f()\n"}
    assert unused(files) == []


def test_a_module_that_is_loaded_by_name_is_silent() -> None:
    files = {"plugs/first.py": "def start():\n    return 1\n", "b.py": "importlib.import_module('plugs.first')\n"}
    assert unused(files) == []


def test_nested_functions_are_judged_by_their_own_file_alone() -> None:
    files = {"a.py": "def main():\n    def inner():\n        return 1\n    return 2\n", "b.py": "x.inner()\n"}
    assert unused(files) == ["main.inner"]


def test_nested_functions_where_locals_are_looked_through_are_silent() -> None:
    assert unused("def main():\n    def inner():\n        return 1\n    return locals()\n") == []


def test_inside_an_unused_function_nothing_else_is_reported() -> None:
    assert unused("def _outer():\n    def inner():\n        return 1\n") == ["_outer"]


def test_names_in_configuration_are_entry_points() -> None:
    assert unused("def start():\n    return 1\n", names=("start",)) == []


def test_both_of_two_alternative_definitions_are_reported() -> None:
    assert unused("if x:\n    def _f(): return 1\nelse:\n    def _f(): return 2\n") == ["_f", "_f"]


def test_a_thousand_functions_calling_each_other_in_a_row_are_followed() -> None:
    text = "".join(f"def _f{n}():\n    return _f{n + 1}()\n" for n in range(3000)) + "def _f3000():\n    return 1\n"
    assert len(unused(text)) == 3001
    assert unused(text + "_f0()\n") == []


# -- fixes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def _f():\n    return 1", ""),
        ("x = 1\ndef _f():\n    return 1\ny = 2\n", "x = 1\ny = 2\n"),
        ("x = 1\r\n\r\n\r\ndef _f():\r\n\treturn 1\r\n\r\n\r\ny = 2\r\n", "x = 1\r\n\r\n\r\ny = 2\r\n"),
        ("# about f\ndef _f():\n    return 1\n    # in f\ny = 2\n", "# about f\n    # in f\ny = 2\n"),
        ("def _f(): return 1\ny = 2\n", "y = 2\n"),
        ("@staticmethod\n# why\n@cache\ndef _f(\n    a,\n):\n    return a\ny = 2\n", "y = 2\n"),
        (
            "class A:\n    def m(self):\n        def _f():\n            return 1\nA().m()\n",
            "class A:\n    def m(self):\n        pass\nA().m()\n",
        ),
        ("if x:\n    def _f(): return 1\n    def _g(): return 2\n", "if x:\n    pass\n"),
        ("if x:\n\tdef _f(): return 1\nelse:\n\tdef _f(): return 2\n", "if x:\n\tpass\nelse:\n\tpass\n"),
        ("x = '''\n'''\ndef _f():\n    return '''\n\n\n'''\n\n\ny = 2\n", "x = '''\n'''\ny = 2\n"),
    ],
)
def test_the_fix_leaves_a_tidy_file(before: str, after: str) -> None:
    assert repaired(before) == after


def test_files_of_other_encodings_are_reported_without_a_fix() -> None:
    data = b"# coding: latin-1\ndef _f():\n    return '\xe9'\n"
    index = ProjectIndex({"a.py": extract_facts(Module("a.py", data))}, sources={"a.py": data})
    (found,) = UnusedFunction().check_project(index)
    assert found.fix is None


@st.composite
def _projects(draw: st.DrawFn) -> tuple[str, set[int], int]:
    """A file of functions that name each other at random, and those that the module itself names."""
    count = draw(st.integers(1, 8))
    parts = []
    for number in range(count):
        calls = draw(st.lists(st.integers(0, count - 1), max_size=2))
        decorator = draw(st.sampled_from(["", "@cache\n"]))
        keyword = draw(st.sampled_from(["def", "async def"]))
        body = "".join(f"    _f{call}\n" for call in calls) or "    return 0\n"
        blank = "\n" * draw(st.integers(0, 3))
        parts.append(f"{decorator}{keyword} _f{number}():\n{body}{blank}")
    roots = draw(st.sets(st.integers(0, count - 1), max_size=2))
    parts += [f"_f{root}\n" for root in sorted(roots)]
    return "".join(parts), roots, count


@given(_projects())
@settings(max_examples=200, deadline=None)
def test_what_is_reported_is_exactly_what_cannot_be_reached(project: tuple[str, set[int], int]) -> None:
    text, roots, count = project
    bodies = {
        node.name: {name.id for name in ast.walk(node) if isinstance(name, ast.Name)} - {"cache"}
        for node in ast.parse(text).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    reached: set[str] = set()
    queue = [f"_f{root}" for root in roots]
    while queue:
        name = queue.pop()
        if name not in reached:
            reached.add(name)
            queue += bodies[name]
    assert set(unused(text)) == {f"_f{number}" for number in range(count)} - reached


@given(_projects())
@settings(max_examples=200, deadline=None)
def test_fixes_parse_keep_the_rest_and_settle(project: tuple[str, set[int], int]) -> None:
    text = project[0]
    for _ in range(10):
        after = repaired(text)
        ast.parse(after)
        kept = [ast.dump(node) for node in ast.parse(after).body]
        assert all(dump in {ast.dump(node) for node in ast.parse(text).body} for dump in kept)
        if after == text:
            break
        text = after
    assert unused(text) == []


# -- methods -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    def _m(self): return 1\n\nA()._m()\n",
        "class A:\n    def _m(self): return super()._m()\n",
        "class A(Unknown):\n    def _m(self): return 1\n",
        "class A(metaclass=M):\n    def _m(self): return 1\n",
        "@register\nclass A:\n    def _m(self): return 1\n",
        "class A:\n    def _m(self): ...\n",
        "class A:\n    def _m_(self): return 1\n",
        "class A:\n    @prop.setter\n    def _m(self, v): self.v = v\n",
        "class A:\n    def _m(self): return 1\n    def go(self, x): return getattr(self, x)\n    names = '_m'\n",
    ],
)
def test_methods_that_something_may_reach_are_silent(text: str) -> None:
    assert unused(text, rule=UnusedMethod) == []


def test_a_private_method_that_nothing_names_is_reported() -> None:
    assert unused("class A:\n    def _m(self): return 1\n    x = 1\n", rule=UnusedMethod) == ["A._m"]


def test_a_class_that_ends_up_empty_keeps_a_body() -> None:
    assert repaired("class A:\n    def _m(self): return 1\n", UnusedMethod) == "class A:\n    pass\n"


def test_functions_and_methods_are_reported_under_their_own_codes() -> None:
    files = {"a.py": "class A:\n    def _m(self): return 1\n\n\ndef _f(): return 1\n"}
    assert {f.code for f in findings(files)} == {"GL102"}
    assert {f.code for f in findings(files, UnusedMethod)} == {"GL104"}


def test_names_that_an_object_completes_on_itself_are_methods() -> None:
    files = {
        "a.py": "def show_table():\n    return 1\n",
        "b.py": "class A:\n    def m(self): getattr(self, 'show_' + kind)()\nA().m()\n",
    }
    assert unused(files) == ["show_table"]


def test_a_module_that_a_string_names_offers_its_public_names() -> None:
    files = {"plugs/first.py": "def start():\n    return _go()\ndef _go():\n    return 1\ndef _old():\n    return 2\n"}
    assert unused({**files, "b.py": "importlib.import_module('plugs.first')\n"}) == ["_old"]


def test_what_puts_something_back_for_tests_is_left_alone() -> None:
    test = "from app import _reset_cache\n\ndef test(): _reset_cache()\n"
    assert unused({"app.py": "def _reset_cache():\n    return 1\n", "tests/test_app.py": test}) == []


def test_an_attribute_of_its_name_in_live_code_is_no_use_of_a_nested_function() -> None:
    text = (
        "def _outer():\n    def helper():\n        return 1\n    return 2\ndef main(x):\n    return x.helper\nmain(_outer())\n"
    )
    assert [f.message.partition(": ")[2] for f in findings({"a.py": text})] == ["nothing in the project names it"]


def calls_for(count: int) -> int:
    """Calls, of any function, that the graph takes where all mention a name that all define, and much is unused."""
    text = "".join(
        f"class C{number}:\n    def load(self): return self.load(_f{number})\n"
        f"def _f{number}(a): return a.load() or _f{number * 7 % count}(a)\n"
        for number in range(count)
    )
    index = ProjectIndex({"a.py": extract_facts(Module("a.py", text.encode()))})
    profile = cProfile.Profile()
    unused_count = len(profile.runcall(Reachability(index).unused))
    assert unused_count >= 2 * count
    return sum(entry.callcount for entry in profile.getstats())


def test_a_name_that_everybody_defines_and_mentions_takes_time_that_grows_with_the_project() -> None:
    assert calls_for(800) < 2.5 * calls_for(400)
