"""GL115 autouse-fixture-mostly-unused."""

from __future__ import annotations

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.dead_code._fixtures import gives_value, is_autouse, is_costly, passed_on, patches, scope_of, tests_around

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from greenlint.source.module import Module

_LEAST_TESTS = 6
_SHARE = 0.25
_FEW_TESTS = 3
_FEW = 35
"""Few tests, or half of them need the value."""
_BELOW = 25
"""Which of the tests below a folder name a fixture of its `conftest.py` is not known here."""
_CHEAP = 45
"""Below the default threshold: the set-up is not seen to cost much."""


class AutouseFixtureMostlyUnused(FileRule):
    """A fixture sets something up for every test although few tests ask for it.

    ## Why it wastes

    `autouse=True` runs the set-up before each test of the module or class. Where the fixture only makes a value, tests that do not name
    it get nothing from that; without `autouse` it runs for those that do.

    ## When to leave it alone

    When the fixture acts on the world and not through its value: the rule is silent where it patches, sets, changes the
    environment or the folder, or uses such fixtures itself, where it gives no value, and for fixtures of a wider scope than a test. It asks for
    at least six tests, of which a quarter or less name the fixture and at least one does. Where the set-up is not seen to cost much, confidence is 45. Of a
    costly set-up it speaks with confidence 35 from three tests on, of which half may name it, and with 25 in a `conftest.py`.

    ## Evidence

    `python benchmarks/rules/run.py GL115`: 201 tests of which one needs the table of 500 rows 0.744 -> 0.616 s of CPU, 51 tests 0.532 ->
    0.487 s, pytest itself included, CPython 3.11.7.

    In preview: 8.3 million lines of real code have no finding.
    """

    code = "GL115"
    name = "autouse-fixture-mostly-unused"
    effect = Effect(
        EffectClass.AVOIDED_RUN,
        "a set-up before every test that does not need it (0.6 ms of CPU each for a table of 500 rows)",
        "bench GL115",
    )
    confidence = 70
    preview = True
    packages = frozenset({"pytest"})
    examples = (
        Bad(
            "import pytest\nimport sqlite3\n\n\n@pytest.fixture(autouse=True)\ndef database(tmp_path):\n"
            "    connection = sqlite3.connect(tmp_path / 'x.db')\n    yield connection\n    connection.close()\n\n\n"
            + "".join(f"def test_{n}():\n    assert {n} == {n}\n\n\n" for n in range(6))
            + "def test_rows(database):\n    database.execute('select 1')\n",
            lines=(6,),
        ),
        Good(
            "import pytest\nimport sqlite3\n\n\n@pytest.fixture(autouse=True)\ndef database(monkeypatch):\n"
            "    monkeypatch.setattr(sqlite3, 'connect', None)\n    return sqlite3\n\n\n"
            + "".join(f"def test_{n}():\n    assert {n} == {n}\n\n\n" for n in range(6))
            + "def test_rows(database):\n    assert database.connect is None\n",
            "it acts on all tests",
        ),
    )

    def check(self, node: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is a fixture for all that few name."""
        decorator = is_autouse(node, module)
        if decorator is None or scope_of(decorator) != "function" or not gives_value(node) or patches(node):
            return
        costly = is_costly(node)
        if module.path.rpartition("/")[2] == "conftest.py":
            if costly:
                message = f"sets up `{node.name}` before every test below this folder; drop `autouse=True` unless most of them name it"
                yield self.finding(node, module, message, confidence=_BELOW)
            return
        if node.name in passed_on(module):
            return
        tests, asked = tests_around(node, module)
        asking = asked[node.name]
        few = tests < _LEAST_TESTS or asking > _SHARE * tests
        if not asking or (few and not (costly and tests >= _FEW_TESTS and asking <= tests / 2)):
            return
        message = f"sets up `{node.name}` before all {tests} tests, and {asking} of them name it; drop `autouse=True`"
        yield self.finding(node, module, message, confidence=_FEW if few else None if costly else _CHEAP)
