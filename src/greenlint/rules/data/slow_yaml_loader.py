"""GL309 slow-yaml-loader."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.source.names import names_of
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_NAMED = {
    "yaml.safe_load": ("load", "SafeLoader"),
    "yaml.safe_load_all": ("load_all", "SafeLoader"),
    "yaml.full_load": ("load", "FullLoader"),
    "yaml.full_load_all": ("load_all", "FullLoader"),
}
"""Function that brings its loader -> the function that takes one, and the loader."""
_WRITERS = frozenset({"yaml.dump", "yaml.dump_all", "yaml.safe_dump", "yaml.safe_dump_all"})
_WRITTEN = 30
"""Below the default threshold: a settings file is short, and its readers may care for every character."""
_GENERAL = frozenset({"yaml.load", "yaml.load_all"})
_LOADERS = frozenset({"yaml.SafeLoader", "yaml.FullLoader", "yaml.Loader", "yaml.loader.SafeLoader", "yaml.loader.FullLoader"})
_REGISTRATIONS = (
    "add_constructor",
    "add_multi_constructor",
    "add_implicit_resolver",
    "add_path_resolver",
)
_REPRESENTERS = ("add_representer", "add_multi_representer")
_TEXT_METHODS = frozenset({"encode", "format", "lstrip", "replace", "rstrip", "strip"})
_TEXT_CALLS = frozenset({"textwrap.dedent", "inspect.cleandoc", "io.StringIO", "io.BytesIO"})
_DEPTH = 8


class SlowYamlLoader(FileRule):
    """YAML is parsed by PyYAML's pure-Python loader although the one in C reads the same documents.

    ## Why it wastes

    `yaml.safe_load` scans and parses character by character in Python. PyYAML's wheels also carry libyaml, a parser in C, behind
    `yaml.CSafeLoader`; it builds the same objects with a fraction of the work, but nobody gets it without asking.

    ## When to leave it alone

    Where PyYAML was built without libyaml there is no `CSafeLoader`: the fix asks for it with `getattr` and falls back. The
    texts of error messages differ slightly, so the fix is unsafe. The rule is silent in tests, for text that is written out in
    the file, for loaders that the file extends or registers constructors with, and for names that may already be the loader in C.
    Writing YAML has confidence 30: the documents are mostly short.

    ## Evidence

    Whole processes, CPython 3.11.7, PyYAML 6.0.3, import included: CPU 0.88 -> 0.17 s for 2,000 records (150 kB), 0.10 -> 0.04 s for 200
    and 0.033 -> 0.026 s for 20 (`python benchmarks/rules/run.py GL309`).
    """

    code = "GL309"
    name = "slow-yaml-loader"
    effect = Effect(EffectClass.CONSTANT, "parses in Python (0.88 -> 0.17 s of CPU for 150 kB)", "bench GL309")
    confidence = 90
    callees = frozenset(name.rpartition(".")[2] for name in _NAMED.keys() | _GENERAL | _WRITERS)
    packages = frozenset({"yaml"})
    examples = (
        Bad(
            "import yaml\n\nwith open(path) as f:\n    data = yaml.safe_load(f)  # all of it\n",
            fixed="import yaml\n\nwith open(path) as f:\n"
            "    data = yaml.load(f, Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader))  # all of it\n",
            lines=(4,),
        ),
        Bad(
            "import yaml as y\n\ndocs = list(y.load_all(stream, Loader=y.FullLoader))\n",
            fixed="import yaml as y\n\ndocs = list(y.load_all(stream, Loader=getattr(y, 'CFullLoader', y.FullLoader)))\n",
        ),
        Bad("from yaml import safe_load\n\nrows = [safe_load(p.read_text()) for p in paths]\n", lines=(3,)),
        Good(
            "import yaml\ntry:\n    from yaml import CSafeLoader as SafeLoader\nexcept ImportError:\n    from yaml import SafeLoader\n\n"
            "data = yaml.load(stream, Loader=SafeLoader)\n",
            "the fast one where there is one",
        ),
        Good("import yaml\n\ndata = yaml.safe_load('a: 1')\n", "a short text"),
        Good(
            "import yaml\n\nyaml.SafeLoader.add_constructor('!env', env)\ndata = yaml.safe_load(stream)\n",
            "the loader was extended, and the one in C would not know the tag",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` parses YAML with a loader in Python."""
        called = module.qualified_name(node.func)
        if called in _WRITERS:
            plain = not any(keyword.arg in ("Dumper", None) for keyword in node.keywords) and len(node.args) < 3
            if plain and node.args and not is_test(module.path) and not any(module.calls(name) for name in _REPRESENTERS):
                dumper = "CSafeDumper" if "safe" in called else "CDumper"
                message = f"writes YAML in Python; `yaml.{dumper}` (libyaml) does it several times faster"
                yield self.finding(node, module, message, confidence=_WRITTEN)
            return
        if called in _NAMED:
            loader = _NAMED[called][1]
        elif called in _GENERAL:
            given = _given_loader(node)
            name = module.qualified_name(given) if given is not None else None
            if name not in _LOADERS:
                return
            loader = name.rpartition(".")[2]
        else:
            return
        if not node.args or is_test(module.path) or _is_written_out(node.args[0], module, _DEPTH) or _is_extended(module):
            return
        message = f"parses YAML in Python; `yaml.C{loader}` (libyaml) builds the same objects several times faster"
        yield self.finding(node, module, message, fix=_fix(node, called, loader, module))


def _given_loader(node: ast.Call) -> ast.expr | None:
    for keyword in node.keywords:
        if keyword.arg == "Loader":
            return keyword.value
    return node.args[1] if len(node.args) == 2 else None


def _is_written_out(text: ast.expr, module: Module, depth: int) -> bool:
    """Whether the text stands in the file itself, as tests and defaults do: it is short."""
    if isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Constant) and isinstance(text.value, (str, bytes))):
        return True
    if depth == 0:
        return False
    if isinstance(text, ast.Call):
        part = _wrapped(text, module)
        return part is not None and _is_written_out(part, module, depth - 1)
    if isinstance(text, ast.BinOp):
        return _is_written_out(text.left, module, depth - 1)
    if isinstance(text, ast.Name):
        values = [binding.value for binding in names_of(module).valid_bindings(text)]
        return bool(values) and all(value is not None and _is_written_out(value, module, depth - 1) for value in values)
    return False


def _wrapped(call: ast.Call, module: Module) -> ast.expr | None:
    """The text in `dedent(text)`, `StringIO(text)`, `text.strip()`."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in _TEXT_METHODS:
        return call.func.value
    if module.qualified_name(call.func) in _TEXT_CALLS and call.args:
        return call.args[0]
    return None


def _is_extended(module: Module) -> bool:
    """Whether the file registers tags or resolvers: the loader in C has its own registry."""
    return any(module.calls(name) for name in _REGISTRATIONS)


def _fix(node: ast.Call, called: str | None, loader: str, module: Module) -> Fix | None:
    """`yaml.load(x, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))`, where `yaml` is the module's own name."""
    func = node.func
    if not (isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)) or called is None:
        return None
    alias = func.value.id
    fast = f"getattr({alias}, 'C{loader}', {alias}.{loader})"
    if called in _GENERAL:
        given = _given_loader(node)
        edits: tuple[Edit, ...] = (Edit(*module.span(given), fast),) if given is not None else ()
    else:
        if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
            return None
        end = module.span(node.args[0])[1]
        name_end = module.span(func)[1]
        edits = (
            Edit(name_end - len(func.attr), name_end, _NAMED[called][0]),
            Edit(end, end, f", Loader={fast}"),
        )
    return Fix(f"Use {alias}.C{loader} where there is one", edits, Applicability.UNSAFE) if edits else None
