"""GL113 heavy-import-at-top-level."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.dead_code._commands import commands, is_entry
from greenlint.rules.dead_code._import_costs import HEAVY_MS, import_cost
from greenlint.rules.dead_code._imports import bound_names, is_kept_on_purpose, is_plainly_placed, removal
from greenlint.source.names import names_of
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.dead_code._imports import Bound
    from greenlint.source.module import Module

Function = ast.FunctionDef | ast.AsyncFunctionDef
_ONE_FUNCTION = 40
"""Below the default threshold: the one function may run at every start."""


class HeavyImportAtTopLevel(FileRule):
    """A command-line tool loads a heavy package at each start, and only one of its commands uses it.

    ## Why it wastes

    An import at the top runs for `tool --help` and for all commands. Inside the function that needs the package it runs when that
    command does. From Python 3.15 on, `lazy import` does the same from where it stands, and the rule says nothing of it.

    ## When to leave it alone

    Where another module of the program loads the package anyway: one file cannot tell, so the rule stays in preview. It is sure where a
    module has several commands (click, typer, or functions given to `set_defaults`) and the name is used in one; in other
    modules that are started as programs, a name used in one function gets confidence 40. It is silent for packages below 50 ms
    (`benchmarks/rules/GL101/import_costs.py`), in tests, and where a comment explains the import. The fix is unsafe: other files may
    take the name from here.

    ## Evidence

    `python benchmarks/rules/run.py GL113`: six starts of a tool for a command that needs no numpy 1.100 -> 0.182 s of CPU and 37 -> 13 MB,
    ratio 6.05 [5.60, 6.10], CPython 3.11.7.

    In preview: 8.3 million lines of real code have no finding of this confidence, and one file cannot tell whether another loads the
    package anyway.
    """

    code = "GL113"
    name = "heavy-import-at-top-level"
    effect = Effect(
        EffectClass.START_UP,
        "the package is loaded by commands that do not use it (150 ms of CPU and 24 MB for numpy)",
        "bench GL113",
    )
    confidence = 75
    preview = True
    examples = (
        Bad(
            "import click\nimport pandas as pd\n\n\n@click.group()\ndef main():\n    pass\n\n\n@main.command()\ndef show(path):\n"
            '    """Show."""\n    print(pd.read_csv(path))\n\n\n@main.command()\ndef clean():\n    print("done")\n',
            fixed="import click\n\n\n@click.group()\ndef main():\n    pass\n\n\n@main.command()\ndef show(path):\n"
            '    """Show."""\n    import pandas as pd\n\n    print(pd.read_csv(path))\n\n\n@main.command()\ndef clean():\n    print("done")\n',
            lines=(2,),
        ),
        Bad(
            "import argparse\nfrom matplotlib import pyplot\n\n\ndef plot(args):\n    pyplot.plot(args.x)\n\n\ndef show(args):\n"
            "    print(args.x)\n\n\nparser = argparse.ArgumentParser()\nsubs = parser.add_subparsers()\n"
            "subs.add_parser('plot').set_defaults(func=plot)\nsubs.add_parser('show').set_defaults(func=show)\n",
            fixed="import argparse\n\n\ndef plot(args):\n    from matplotlib import pyplot\n\n    pyplot.plot(args.x)\n\n\n"
            "def show(args):\n    print(args.x)\n\n\nparser = argparse.ArgumentParser()\nsubs = parser.add_subparsers()\n"
            "subs.add_parser('plot').set_defaults(func=plot)\nsubs.add_parser('show').set_defaults(func=show)\n",
            lines=(2,),
        ),
        Good(
            "import click\nimport pandas as pd\n\n\n@click.command()\ndef main(path):\n    print(pd.read_csv(path))\n",
            "the only command",
        ),
        Good("import pandas as pd\n\n\ndef load(path):\n    return pd.read_csv(path)\n", "a library"),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield a finding for each heavy import at the top of a program that one of its functions uses."""
        if module.path.endswith("__init__.py") or is_test(module.path):
            return
        heavy = [item for item in bound_names(module) if import_cost(item.target) >= HEAVY_MS]
        if not heavy or not is_entry(module):
            return
        found = commands(module)
        kept = _kept_packages(module)
        for item in heavy:
            if _top(item) in kept:
                continue
            if module.parents[item.node] is not node or not is_plainly_placed(item.node, module):
                continue
            user = _only_user(item, module)
            if user is None or is_kept_on_purpose(item.node, item.alias, module):
                continue
            sure = len(found) > 1 and user in found
            cost = import_cost(item.target)
            message = (
                f"only `{user.name}` uses `{item.name}`, which takes about {cost} ms of CPU at each start; import it there"
            )
            confidence = None if sure else _ONE_FUNCTION
            yield self.finding(item.node, module, message, confidence=confidence, fix=_fix(item, user, module))


def _top(item: Bound) -> str:
    return item.target.lstrip(".").partition(".")[0]


def _kept_packages(module: Module) -> set[str]:
    """The packages that the top of the module loads for more than one function as well."""
    users: dict[str, set[Function | None]] = {}
    for item in bound_names(module):
        if module.parents[item.node] is module.tree:
            users.setdefault(_top(item), set()).add(_only_user(item, module))
    return {package for package, by in users.items() if len(by) > 1 or None in by}


def _only_user(item: Bound, module: Module) -> Function | None:
    """The one function of the module, outside of all classes, that reads the name."""
    found: set[Function] = set()
    for load in names_of(module).loads(item.name, module.tree):
        function = _evaluated_in(load, module)
        if function is None:
            return None
        found.add(function)
    if len(names_of(module).bindings(item.name, module.tree)) != 1 or len(found) != 1:
        return None
    return found.pop()


def _evaluated_in(load: ast.AST, module: Module) -> Function | None:
    """The function at the top of the module that evaluates this mention when it runs; None for its head and the module itself."""
    child = load
    top: Function | None = None
    for ancestor in module.ancestors(load):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            top = ancestor if child in ancestor.body else None
        elif isinstance(ancestor, ast.ClassDef):
            return None
        child = ancestor
    return top


def _fix(item: Bound, user: Function, module: Module) -> Fix | None:
    if len(item.node.names) != 1 or not module.utf8 or b"__all__" in module.data:
        return None
    gone = removal(item, [item], module)
    first = user.body[0]
    docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    if docstring and len(user.body) > 1:
        first = user.body[1]
    line = module.lines[first.lineno - 1][: first.col_offset]
    if gone is None or gone[1] or line.strip() or isinstance(first, (ast.FunctionDef, ast.ClassDef)):
        return None
    place = module.offset(first.lineno, 0)
    text = f"{line.decode()}{module.text(item.node)}\n\n"
    return Fix("Import it where it is used", (gone[0], Edit(place, place, text)), Applicability.UNSAFE)
