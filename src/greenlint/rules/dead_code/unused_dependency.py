"""GL106 unused-dependency."""

from __future__ import annotations

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, Finding, Fix, Good, ProjectRule
from greenlint.rules.dead_code._report import since
from greenlint.source.layout import Layout
from greenlint.source.module import is_utf8
from greenlint.source.uses import LOWER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.dead_code._dependencies import Dependency
    from greenlint.source.last_uses import LastUse
    from greenlint.source.project import ProjectIndex

_GUESSED = 70
_WITHOUT_LOCK = 50
"""Without a lock file nobody can tell a forgotten dependency from a pin of what others need."""
_LOST_ITS_USE = 80
"""The project imported it until a commit removed that: it was no pin."""


class UnusedDependency(ProjectRule):
    """A declared run-time dependency that no module imports.

    ## Why it wastes

    Every installation downloads, unpacks and compiles it, with all that it depends on in turn: on each developer's machine,
    in each CI run, in each image and each deployment. The saving is whole packages, for as long as the project lives.

    ## When to leave it alone

    Some packages work without an import: servers, database drivers, engines that another package looks for, plug-ins, type stubs,
    pins of what others need. A table holds the usual ones. The rule is silent about a name that occurs in any string, script, configuration file
    or container file; about requirements with markers or from an address; about lists made by a tool; and
    about files of requirements for tests, documentation and development; and about what another package of the lock file needs
    (`uv.lock`, `poetry.lock`, `pdm.lock`). Without a lock file the confidence is 50, and where the modules of a package are guessed
    from its name it is 70. With `--git-history` it is 80 where the project imported the package until a commit removed that, which the
    message names. A comment `# greenlint: ignore[GL106] why` on the line keeps it.

    The fix deletes the line and needs `--unsafe-fixes`.

    ## Evidence

    `python benchmarks/rules/run.py GL106`, unpacking and compiling a program of ten modules, CPython 3.11: 0.135 s of CPU time with an
    unused dependency of 100 modules, 0.044 s without (ratio 2.96, 95 % interval 2.52 to 3.31); downloads come on top.

    Open: precision. Without a lock file the rule found 37 dependencies in 42 projects from GitHub; most were pins of what other
    dependencies need, which nobody can tell from a forgotten one without knowing those. So it now asks the lock file, and without
    one a finding gets 50.
    """

    code = "GL106"
    name = "unused-dependency"
    effect = Effect(EffectClass.AVOIDED_RUN, "downloaded, unpacked and compiled at each installation", "bench GL106")
    confidence = 90
    preview = True
    examples = (
        Bad(
            "import requests\n\nprint(requests)\n",
            lines=(2,),
            files={"requirements.txt": "requests>=2\nxmltodict>=0.13\n", "uv.lock": "version = 1\n"},
        ),
        Bad(
            "import yaml\n\nprint(yaml)\n",
            lines=(5,),
            files={
                "pyproject.toml": "[project]\nname = 'x'\ndependencies = [\n    'PyYAML',\n    'xmltodict',\n]\n",
                "poetry.lock": "[[package]]\nname = 'xmltodict'\n",
            },
        ),
        Good(
            "import yaml\n\nprint(yaml)\n",
            "another dependency needs it",
            files={
                "requirements.txt": "PyYAML\nxmltodict\n",
                "uv.lock": "[[package]]\nname = 'acme'\ndependencies = [{ name = 'xmltodict' }]\n",
            },
        ),
        Good(
            "import yaml\n\nprint(yaml)\n", "no lock file says who needs it", files={"requirements.txt": "PyYAML\nxmltodict\n"}
        ),
        Good("import yaml\n\nprint(yaml)\n", "another name", files={"requirements.txt": "PyYAML\n"}),
        Good(
            "import os\n\nprint(os.environ['X'])\n",
            "the server is started by a file",
            files={"requirements.txt": "bjoern\n", "Procfile": "web: bjoern app\n"},
        ),
        Good("BACKEND = 'peewee.sqlite'\n\nprint(BACKEND)\n", "named in a string", files={"requirements.txt": "peewee\n"}),
        Good("import os\n\nprint(os)\n", "a driver", files={"requirements.txt": "psycopg2-binary\n"}),
        Good("import os\n\nprint(os)\n", "not everywhere", files={"requirements.txt": "xmltodict; python_version < '3.8'\n"}),
    )

    def check_project(self, index: ProjectIndex) -> Iterator[Finding]:
        """Yield one finding for each dependency that nothing uses, where it is declared."""
        if not index.root or not index.packages:
            return
        from greenlint.rules.dead_code._dependencies import REQUIREMENT_FILES, declared, needed_by_others
        from greenlint.rules.dead_code._distributions import modules_of, works_unimported

        candidates = [one for one in declared(index.root) if not works_unimported(one.name)]
        if not candidates:
            return
        needed = needed_by_others(index.root)
        files = ("pyproject.toml", "setup.cfg", "setup.py", *REQUIREMENT_FILES)
        elsewhere = index.texts.words_outside(files)
        known_as = {one.name: modules_of(one.name) for one in candidates}
        names_of = {name: modules | {name.replace("-", "_")} for name, (modules, _) in known_as.items()}
        used = index.uses.among(LOWER, set[str]().union(*names_of.values()))
        unused = []
        for dependency in candidates:
            names = names_of[dependency.name]
            mentioned = elsewhere.issuperset(dependency.name.split("-")) or not elsewhere.isdisjoint(names)
            if used.isdisjoint(names) and not mentioned and dependency.name not in (needed or ()):
                unused.append(dependency)
        wanted = set[str]().union(*[names_of[dependency.name] for dependency in unused])
        last_uses = index.history.last_uses(wanted) if index.history is not None else {}
        for dependency in unused:
            sure = _WITHOUT_LOCK if needed is None else self.confidence if known_as[dependency.name][1] else _GUESSED
            gone = [last_uses[name] for name in names_of[dependency.name] if name in last_uses]
            last_use = max(gone, key=lambda use: use.time_s, default=None)
            yield self._finding(dependency, sure if last_use is None else max(sure, _LOST_ITS_USE), index, last_use)

    def _finding(self, dependency: Dependency, confidence: int, index: ProjectIndex, last_use: LastUse | None) -> Finding:
        return Finding(
            code=self.code,
            name=self.name,
            path=dependency.path,
            line=dependency.line,
            column=dependency.column,
            end_line=dependency.line,
            end_column=dependency.column + len(dependency.written),
            message=f"nothing imports `{dependency.written}`, and each installation fetches it; remove it if nothing else needs it"
            f"{since(last_use)}",
            effect=self.effect,
            confidence=confidence,
            severity=self.severity,
            fix=_fix(dependency, index),
        )


def _fix(dependency: Dependency, index: ProjectIndex) -> Fix | None:
    data = index.source(dependency.path)
    if not dependency.alone or not is_utf8(data):
        return None
    start, _ = Layout(data).span(dependency.line, dependency.line)
    end = start + len(data[start:].splitlines(keepends=True)[0])
    return Fix(f"Remove `{dependency.written}`", (Edit(start, end, ""),), Applicability.UNSAFE)
