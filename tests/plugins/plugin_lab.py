"""Installs small distributions for the tests of this folder, and runs the real command with them on the path."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "greenlint-plugin-example"

HEAD = "from __future__ import annotations\n\nfrom greenlint.plugins import hookimpl\n\n"
RULE = '''\
import ast

from greenlint.rules.base import Effect, EffectClass, FileRule


class NoEval(FileRule):
    """A call of eval."""

    code = "GLX201"
    name = "no-eval"
    effect = Effect(EffectClass.CONSTANT, "compiles each time", "none")

    def check(self, node: ast.Call, module):
        if module.is_builtin(node.func, "eval"):
            yield self.finding(node, module, "eval compiles")


@hookimpl
def greenlint_rules():
    return [NoEval]
'''


def rule_module(old: str = "", new: str = "") -> str:
    """A plug-in module with one correct rule, in which `old` is replaced by `new`."""
    text = HEAD + RULE
    assert old in text
    return text.replace(old, new) if old else text


class Lab:
    """A folder of installed distributions, and a project that greenlint looks at."""

    def __init__(self, folder: Path) -> None:
        self.site, self.project = folder / "site", folder / "project"
        self.site.mkdir()
        self.project.mkdir()
        # the example's rule is one that greenlint has as well
        (self.project / "pyproject.toml").write_text('[tool.greenlint]\nignore = ["GL212"]\n')
        (self.project / "a.py").write_text("x = eval('1')\ny = sorted(x)[0]\n")
        self.environment = {
            **os.environ,
            "NO_COLOR": "1",
            "COLUMNS": "100",
            "XDG_CACHE_HOME": str(folder / "cache"),
            "PYTHONPATH": str(self.site),
            "PYTHONDONTWRITEBYTECODE": "1",  # two versions of a module may follow each other within a second
        }
        self.environment.pop("GREENLINT_NO_PLUGINS", None)

    def install(self, module: str, text: str) -> None:
        """Put a module and the metadata that an installer writes on the path; the distribution is `acme-MODULE` 1.2."""
        (self.site / f"{module}.py").write_text(text)
        self.register(f"acme-{module}", "1.2", f"{module} = {module}")

    def register(self, name: str, version: str, entry_point: str) -> None:
        """The metadata of a distribution with one entry point in our group."""
        info = self.site / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[console_scripts]\nx = y:z\n\n[greenlint]\n{entry_point}\n")
        (info / "RECORD").write_text("")

    def install_example(self) -> None:
        """The package of the examples folder, as its pyproject.toml describes it."""
        from greenlint.config.toml_parser import loads

        project = loads((EXAMPLE / "pyproject.toml").read_text())["project"]
        ((name, value),) = project["entry-points"]["greenlint"].items()
        self.register(project["name"], project["version"], f"{name} = {value}")
        self.environment["PYTHONPATH"] = os.pathsep.join([str(self.site), str(EXAMPLE / "src")])

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """`greenlint ARGUMENTS` in the project; warnings of Python are errors."""
        return self.python("-m", "greenlint", *arguments, **variables)

    def python(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """The interpreter with the distributions on its path."""
        return subprocess.run(
            [sys.executable, "-W", "error", *arguments],
            cwd=self.project,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
