"""GL105 unused-module."""

from __future__ import annotations

from greenlint.rules.base import Bad, Effect, EffectClass, Finding, Good, ProjectRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.project import ProjectIndex


class UnusedModule(ProjectRule):
    """A file that no import and no entry point leads to.

    ## Why it wastes

    It is never loaded, so it costs nothing while the program runs. It is stored in each wheel, image and checkout, compiled at
    each installation, linted, type-checked and searched in each CI run, and kept working by whoever maintains the rest.

    ## When to leave it alone

    Files are also run by path, named in configuration, or loaded by folder. The rule is silent about tests, other files at the top of the project,
    files with a `__main__` part or a `#!` line, `__init__.py`, folders of scripts, examples, documentation and vendored code, what
    frameworks load (settings, migrations, `conftest.py` ...), modules whose name stands in a string, a configuration file
    or quoted documentation, and folders that code lists or imports from by computed names. A module with a public name in a packaged
    project gets a confidence of 40: somebody else may import it. Where another file is a program, a file at the top that only defines
    things and imports nothing of the project gets 30; one that imports others, and a file of a package that defines nothing, get 25; so does one in a folder called `plugins` or `hooks`
    where nothing in the project looks for files or imports by computed names. There is no fix: deleting files is left to people.

    ## Evidence

    `python benchmarks/rules/run.py GL105`, unpacking a wheel of 100 modules in use and compiling it, CPython 3.11: 0.24 s of CPU time
    with 100 unused modules beside them, 0.13 s without (ratio 1.69, 95 % interval 1.60 to 1.94).

    Open: precision. At a confidence of 60 or more the rule made 2 findings in 42 projects from GitHub (6.8 million lines); both are
    right, which is too few to say more. Packages, which most of these projects are, are reported at 40.
    """

    code = "GL105"
    name = "unused-module"
    effect = Effect(
        EffectClass.START_UP,
        "never loaded: no effect at run time; compiled at installation, stored in each copy",
        "bench GL105",
    )
    confidence = 70
    preview = True
    examples = (
        Bad(
            "import sys\n\nimport app.used\n\nprint(app.used.f(), sys.argv)\n",
            lines=(1,),
            files={"app/__init__.py": "", "app/used.py": "def f():\n    return 1\n", "app/old.py": "def g():\n    return 2\n"},
        ),
        Bad(  # the two import each other, and nobody else does
            "import sys\n\nprint(sys.argv)\n",
            lines=(1, 1),
            files={
                "app/__init__.py": "",
                "app/a.py": "from . import b\n\n\ndef f():\n    return b\n",
                "app/b.py": "from app import a\n\n\ndef g():\n    return a\n",
            },
        ),
        Good(
            "from app import used\n\nprint(used.f())\n",
            "imported",
            files={"app/__init__.py": "", "app/used.py": "def f():\n    return 1\n"},
        ),
        Good(
            "import sys\n\nprint(sys.argv)\n",
            "run by its path",
            files={"app/tool.py": "def f():\n    return 1\n\n\nif __name__ == '__main__':\n    f()\n"},
        ),
        Good(
            "PLUGINS = ['app.plug']\n\nprint(PLUGINS)\n",
            "named in a string",
            files={"app/__init__.py": "", "app/plug.py": "def f():\n    return 1\n"},
        ),
        Good(
            "import sys\n\nprint(sys.argv)\n",
            "named in configuration",
            files={"app/plug.py": "def f():\n    return 1\n", "deploy.yaml": "module: app.plug\n"},
        ),
    )

    def check_project(self, index: ProjectIndex) -> Iterator[Finding]:
        """Yield one finding for each module out of reach, on its first line."""
        from greenlint.rules.dead_code._modules import DOUBTFUL, Modules

        for item in Modules(index, doubtful=self.least <= DOUBTFUL).unused():
            if item.certainty > 0:
                yield Finding(
                    code=self.code,
                    name=self.name,
                    path=item.path,
                    line=1,
                    column=1,
                    end_line=1,
                    end_column=1,
                    message=f"this module is unused: {item.why}; delete the file",
                    effect=self.effect,
                    confidence=item.certainty,
                    severity=self.severity,
                )
