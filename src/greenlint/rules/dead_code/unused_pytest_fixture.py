"""GL114 unused-pytest-fixture."""

from __future__ import annotations

from greenlint.rules.base import Bad, Effect, EffectClass, Good, ProjectRule
from greenlint.rules.dead_code._report import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.model.finding import Finding
    from greenlint.source.project import ProjectIndex


class UnusedPytestFixture(ProjectRule):
    """A fixture that no test, no other fixture and no `usefixtures` asks for.

    ## Why it wastes

    Nobody runs it, so it costs no set-up. It is collected at each start of each test run and worker: pytest parses every fixture of
    every module and `conftest.py`, and imports what its module imports for it.

    ## When to leave it alone

    Plug-ins of pytest ask for fixtures by name (`django_db_setup`, `celery_config`, `vcr_config`, `event_loop` ...): those of the
    packs are known. A parameter of any function of that name, in any test file, counts as a use, and so does any string
    (`usefixtures`, `getfixturevalue`, indirect parameters). The rule is silent about `autouse`, about fixtures with a name of
    their own (`name=...`), and about those outside test files, which a plug-in may offer to others.

    ## Evidence

    `python benchmarks/rules/run.py GL114`, three runs of a suite of one test, CPython 3.11, pytest 9: 1.41 s of CPU time with 1,000
    unused fixtures in `conftest.py`, 1.05 s without (ratio 1.35, 95 % interval 1.24 to 1.44), 0.12 ms a fixture and run. With 100
    there is no measurable effect.

    Precision: 85 findings in 42 projects from GitHub (6.8 million lines); of 60 drawn at random all are right, judged by
    reading every other place that holds the name (`benchmarks/rules/labels/GL114.tsv`). In 86 packages that the rule had not been tuned on
    23 of 25 were right; the other two were asked for by tests that a class inherits from pandas, which now lowers the confidence.
    """

    code = "GL114"
    name = "unused-pytest-fixture"
    effect = Effect(EffectClass.AVOIDED_RUN, "collected at each start of the test run (0.12 ms), never used", "bench GL114")
    confidence = 90
    examples = (
        Bad(
            "import pytest\n",
            lines=(4,),
            files={
                "tests/conftest.py": "import pytest\n\n@pytest.fixture\ndef client():\n    return 1\n\n\n@pytest.fixture\ndef user():\n    return 2\n",
                "tests/test_a.py": "def test_a(user):\n    assert user\n",
            },
        ),
        Bad(  # it overrides itself, and nobody asks for either
            "import pytest\n",
            lines=(5,),
            files={"test_b.py": "import pytest\n\n\n@pytest.fixture(scope='module')\ndef db(db):\n    return db\n"},
        ),
        Good(
            "import pytest\n",
            "another fixture that a test uses asks for it",
            files={
                "test_c.py": "import pytest\n\n\n@pytest.fixture\ndef a():\n    return 1\n\n\n@pytest.fixture\ndef b(a):\n    return a\n\n\n"
                "def test(b):\n    assert b\n"
            },
        ),
        Good(
            "import pytest\n",
            "named by usefixtures",
            files={
                "test_d.py": "import pytest\n\n\n@pytest.fixture\ndef clean():\n    return 1\n\n\n@pytest.mark.usefixtures('clean')\n"
                "def test():\n    assert not os.listdir('out')\n"
            },
        ),
        Good(
            "import pytest\n",
            "it runs by itself",
            files={"conftest.py": "import pytest\n\n\n@pytest.fixture(autouse=True)\ndef clean():\n    return 1\n"},
        ),
        Good(
            "import pytest\n",
            "a plug-in asks for it",
            files={"conftest.py": "import pytest\n\n\n@pytest.fixture\ndef event_loop():\n    return 1\n"},
        ),
    )

    def check_project(self, index: ProjectIndex) -> Iterator[Finding]:
        """Yield one finding for each fixture that nobody asks for."""
        from greenlint.rules.dead_code._reachability import unused_definitions  # 10 ms, and only for whole projects

        unused = [item for item in unused_definitions(index) if item.definition.kind == "fixture" and item.used_by != "tests"]
        inherited = _inheriting(index) if unused else []
        for number, item in enumerate(unused):
            folder, _, name = item.path.rpartition("/")
            below = f"{folder}/" if folder else ""
            if item.path in inherited or (name == "conftest.py" and any(path.startswith(below) for path in inherited)):
                unused[number] = item._replace(certainty=min(item.certainty, _INHERITED))
        yield from report(self, unused, index, "fixture")


_INHERITED = 45
"""Tests that a class takes from another package may ask for it."""


def _inheriting(index: ProjectIndex) -> list[str]:
    """The files with a class of tests whose base is another package's; those of unittest ask for no fixtures."""
    harmless = {part.removesuffix(".py") for path in index.files for part in path.split("/")} | {"unittest", "django"}
    return [
        path
        for path, facts in index.files.items()
        if any(
            item.qualified.startswith("Test")
            and any("." in base and base.partition(".")[0] not in harmless for base in item.bases)
            for item in facts.classes
        )
    ]
