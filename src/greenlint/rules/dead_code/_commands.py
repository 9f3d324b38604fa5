"""Which modules are started as programs or cloud functions, and which functions are their commands."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.source.module import Module

_PARSERS = frozenset({"argparse", "cleo", "click", "cyclopts", "docopt", "fire", "rich_click", "typer"})


def is_entry(module: Module) -> bool:
    """Whether the module is started as a program, by its name, its last lines, what parses its command line, or as a cloud function."""
    name = module.path.rpartition("/")[2]
    named = name in ("__main__.py", "cli.py", "manage.py")
    return named or not _PARSERS.isdisjoint(module.packages) or _has_main(module) or _has_handler(module)


def _has_handler(module: Module) -> bool:
    """Whether a function at the top takes what AWS Lambda hands to a handler, which is loaded anew at each cold start."""
    functions = [node for node in module.tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return any([argument.arg for argument in function.args.args] == ["event", "context"] for function in functions)


def _has_main(module: Module) -> bool:
    return any(isinstance(node, ast.If) and "__main__" in ast.dump(node.test) for node in module.tree.body)


def commands(module: Module) -> set[ast.AST]:
    """The functions that are commands: decorated so, or handed to the `set_defaults` of a parser."""
    functions: list[Any] = [n for n in module.tree.body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    given = {
        keyword.value.id
        for call in module.calls("set_defaults")
        for keyword in call.keywords
        if isinstance(keyword.value, ast.Name)
    }
    return {f for f in functions if f.name in given or any(_is_command(decorator) for decorator in f.decorator_list)}


def _is_command(decorator: ast.expr) -> bool:
    """`@app.command()`, `@cli.command("name")`, but not the group that holds them."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr == "command"
