"""GL103 unused-class."""

from __future__ import annotations

from greenlint.rules.base import Bad, Effect, EffectClass, Good, ProjectRule
from greenlint.rules.dead_code._report import report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.model.finding import Finding
    from greenlint.source.project import ProjectIndex


class UnusedClass(ProjectRule):
    """A class that nothing in the project names, subclasses or registers.

    The graph of names is that of GL102: a bare name leads to the classes of its own file; an attribute, an import, a string,
    configuration and templates lead to every class of that name. A subclass uses its bases; a class that only its own methods
    name is unused.

    ## Why it wastes

    Its body runs at each start: a class of three methods takes some 30 us that nobody has any use of, and the memory of its code.
    It is compiled, stored in each copy, and read by everybody who maintains it.

    ## When to leave it alone

    Classes reach users in ways that no source shows: metaclasses and `__init_subclass__` keep lists of them, frameworks find
    them by their base. Under a base that neither the project nor a pack of a framework knows, a class gets a confidence of 35;
    where the base is known to register (Django's `Model`, Scrapy's `Spider`, unittest's `TestCase`), it is silent; so it is under
    a decorator that may register, and for classes inside classes with public names (`class Meta`). A class inside a function, which
    only that function can name, gets 95, and 35 in tests, which may be about what happens when it is made. A public class of a
    packaged project gets 40: somebody else may import it. `--git-history` tells which of them were in use once (see GL102).

    The fix deletes the class and needs `--unsafe-fixes`.

    ## Evidence

    `python benchmarks/rules/run.py GL103`, ten starts of a program with 1,000 classes in use, CPython 3.11: 0.57 s of CPU time and
    58 MB with 1,000 unused classes of three methods beside them, 0.25 s and 14 MB without (ratio 2.30, 95 % interval 2.09 to 2.52),
    some 30 us a class and start. With 100 of each the ratio is 1.24 (1.13 to 1.38).

    Precision at a confidence of 60 or more: 39 findings in 42 projects from GitHub (6.8 million lines), each judged by reading every
    other place in the repository that holds the name; two were processors of log records that settings elsewhere name, and objects
    that can be called now get 35; of the 37 that are left all are right (`benchmarks/rules/labels/GL103.tsv`).

    Open: unread imports no longer keep a class, and `__subclasses__` keeps only what is below the class that is asked; the rule then made
    49 findings, and the ten new ones are not judged yet.
    """

    code = "GL103"
    name = "unused-class"
    by_file = True
    effect = Effect(
        EffectClass.START_UP, "made at each start, some 30 us and its code in memory, and never used", "bench GL103"
    )
    confidence = 90
    preview = True
    examples = (
        Bad(
            "import sys\n\n\nclass _Old:\n    def run(self):\n        return 1\n\n\nclass _New:\n    pass\n\n\nprint(_New(), sys.argv)\n",
            fixed="import sys\n\n\nclass _New:\n    pass\n\n\nprint(_New(), sys.argv)\n",
            lines=(4,),
        ),
        Bad(  # its own methods name it, and nobody else
            "x = 1\n\n\nclass Point:\n    def copy(self):\n        return Point()\n",
            fixed="x = 1\n",
            lines=(4,),
        ),
        Bad(  # the base is used by nothing but an unused subclass
            "class _Base:\n    pass\n\n\nprint(1)\n\n\nclass _Child(_Base):\n    pass\n",
            fixed="print(1)\n",
            lines=(1, 8),
        ),
        Bad(
            "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass _Row:\n    a: int\n",
            fixed="from dataclasses import dataclass\n",
            lines=(5,),
        ),
        Bad("class _Error(ValueError):\n    pass\n", fixed="", lines=(1,)),
        Bad(  # in a function, where nobody else can name it
            "def build():\n    class Used:\n        x = 1\n\n    class Old:\n        x = 2\n\n    return Used()\n\n\nprint(build())\n",
            fixed="def build():\n    class Used:\n        x = 1\n\n    return Used()\n\n\nprint(build())\n",
            lines=(5,),
        ),
        Good("class Used:\n    pass\n\n\nprint(Used())\n", "used"),
        Good("class Base:\n    pass\n\n\nclass Child(Base):\n    pass\n\n\nprint(Child())\n", "the base of a used class"),
        Good("import app\n\n\n@app.register\nclass _Plug:\n    pass\n", "a decorator may register it"),
        Good(
            "class Base:\n    def __init_subclass__(cls):\n        print(cls)\n\n\nclass Child(Base):\n    pass\n\n\nprint(Base)\n",
            "the base hears of its subclasses",
        ),
        Good("import lib\n\n\nclass Thing(lib.Model):\n    pass\n", "an unknown base may register it"),
        Good(
            "class Meta(type):\n    pass\n\n\nclass A(metaclass=Meta):\n    pass\n\n\nprint(1)\n", "a metaclass may keep a list"
        ),
        Good("SETTINGS = ['example.Handler']\n\n\nclass Handler:\n    pass\n", "named in a string"),
        Good("class A:\n    class Meta:\n        ordering = 1\n\n\nprint(A())\n", "looked up by name"),
        Good(
            "class Base:\n    pass\n\n\nclass Child(Base):\n    pass\n\n\nprint(Base.__subclasses__())\n",
            "found through its base",
        ),
        Good(
            "class Helpful:\n    pass\n",
            "a packaged project: others may import it",
            files={"pyproject.toml": "[build-system]\nrequires = ['hatchling']\n[project]\nname = 'x'\n"},
        ),
    )

    def check_project(self, index: ProjectIndex) -> Iterator[Finding]:
        """Yield one finding for each class out of reach."""
        from greenlint.rules.dead_code._reachability import unused_definitions  # 10 ms, and only for whole projects

        unused = [item for item in unused_definitions(index) if item.definition.kind in ("class", "local")]
        yield from report(self, unused, index, "class")
