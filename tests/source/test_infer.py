"""Names, kinds and loops: whose variable a name is, what it holds, and how often a place runs."""

from __future__ import annotations

import ast

import pytest

from greenlint.source.flow import final_use
from greenlint.source.infer import kind_of
from greenlint.source.module import Module
from greenlint.source.names import names_of
from greenlint.source.repeat import enclosing_loops, repeating_loops


def module_of(text: str) -> Module:
    return Module("example.py", text.encode())


def last(text: str, name: str) -> tuple[Module, ast.Name]:
    module = module_of(text)
    return module, [node for node in module.nodes(ast.Name) if node.id == name][-1]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("x = 1\nx\n", "Module"),
        ("x = 1\ndef f():\n    x\n", "Module"),
        ("x = 1\ndef f():\n    x = 2\n    x\n", "FunctionDef"),
        ("x = 1\ndef f(x):\n    lambda: x\n", "FunctionDef"),
        ("x = 1\ndef f():\n    lambda x: x\n", "Lambda"),
        ("def f():\n    global x\n    x = 1\n    x\n", "Module"),
        ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n        x\n", "FunctionDef"),
        ("x = 1\nclass A:\n    x = 2\n    def f(self):\n        x\n", "Module"),
        ("class A:\n    x = 2\n    x\n", "ClassDef"),
        ("x = 1\n[x for x in y]\n", "ListComp"),
        ("def f(x):\n    return {1 for y in z for x in y if x}\n", "SetComp"),
        ("x = 1\n[y for y in x]\n", "Module"),
        ("[y for y in [x := 1]]\nx\n", "Module"),
        ("def f():\n    match y:\n        case [1, *x]:\n            x\n", "FunctionDef"),
        ("def f():\n    try:\n        pass\n    except E as x:\n        x\n", "FunctionDef"),
        ("def f():\n    import x.y\n    x\n", "FunctionDef"),
        ("def f(a=x):\n    x = 1\nx = 2\n", "Module"),
        ("x\n", "None"),
    ],
)
def test_a_name_belongs_to_the_scope_that_python_gives_it(text: str, scope: str) -> None:
    module, name = last(text, "x")
    found = names_of(module).scope(name)
    assert (type(found).__name__ if found is not None else "None") == scope


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("'a' + b", "str"),
        ("f'{b}' % c", "str"),
        ("b + 'a'", "str"),
        ("[1] * n", "list"),
        ("n * 'a'", "str"),
        ("','.join(b).strip().upper()", "str"),
        ("str(b).split()", "list"),
        ("b.split()", None),
        ("'a' if b else 'c'", "str"),
        ("'a' if b else 1", None),
        ("'a' if b else None", "str"),
        ("'a' or 'b'", "str"),
        ("'abc'[1]", "str"),
        ("[1, 2][1]", None),
        ("[1, 2][1:]", "list"),
        ("(z := [])", "list"),
        ("open(b)", "file"),
        ("b.cursor()", "cursor"),
        ("b + c", None),
        ("1 + 2", "int"),
        ("lambda: 1", "function"),
    ],
)
def test_kinds_of_expressions(text: str, kind: str | None) -> None:
    module = module_of(text)
    assert kind_of(module.tree.body[0].value, module) == kind  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x = ''\nx += y\nx\n", "str"),
        ("x = ''\nx = x + y + z\nx\n", "str"),
        ("x = ''\nx = 1\nx\n", None),
        ("x = None\nx = ''\nx\n", "str"),
        ("for x in y: pass\nx\n", None),
        ("x, y = '', 1\nx\n", None),
        ("def f(x: 'list[int] | None' = None):\n    x\n", "list"),
        ("import typing\ndef f(x: typing.Optional[str]):\n    x\n", "str"),
        ("x: list[int]\nx\n", "list"),
        ("def open(): pass\nx = open()\nx\n", None),
        ("from io import open as o\nx = o(y)\nx\n", "file"),
        ("import os.path\nx = os.path.join(a, b)\nx\n", "str"),
        ("with open(a) as x:\n    pass\nwith a.b() as x:\n    x\n", None),
        ("with a.b() as x:\n    pass\nwith open(a) as x:\n    x\n", "file"),
        ("x = x\nx\n", None),
        ("x = y\ny = x\nx\n", None),
        ("class A:\n    def f(self):\n        self.x = ''\n    def g(self):\n        x = self.x\n        x\n", "str"),
        ("class A:\n    def f(self, b):\n        self.x = b\n        self.x = ''\n        x = self.x\n        x\n", None),
    ],
)
def test_kinds_of_names(text: str, kind: str | None) -> None:
    module, name = last(text, "x")
    assert kind_of(name, module) == kind


def test_names_that_are_bound_to_each_other_in_many_ways_take_no_time() -> None:
    names = [f"v{number}" for number in range(30)]
    text = "".join(f"{a} = {b}\n" for a in names for b in names) + "v0\n"
    module, name = last(text, "v0")
    assert kind_of(name, module) is None


def test_a_sum_of_a_thousand_strings_is_no_problem() -> None:
    module = module_of("x = " + " + ".join(["'a'"] * 900) + "\n")
    assert kind_of(module.tree.body[0].value, module) in ("str", None)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "loops", "repeated"),
    [
        ("for a in b:\n    x\n", 1, 1),
        ("for a in b:\n    for c in d:\n        x\n", 2, 2),
        ("for a in x:\n    pass\n", 0, 0),
        ("for a in b:\n    pass\nelse:\n    x\n", 0, 0),
        ("while x:\n    pass\n", 1, 1),
        ("[x for a in b]\n", 1, 1),
        ("[a for a in x]\n", 0, 0),
        ("[a for b in c for a in x]\n", 1, 1),
        ("for a in b:\n    def f():\n        x\n", 0, 0),
        ("for a in (1, 2, 3):\n    x\n", 1, 0),
        ("for a in range(2, 9):\n    x\n", 1, 0),
        ("for a in range(n):\n    x\n", 1, 1),
        ("for a, b in zip(c, 'ab'):\n    x\n", 1, 0),
        ("for a in 'a.b'.split('.'):\n    x\n", 1, 0),
        ("for a in NAMES:\n    x\n", 1, 0),
        ("n = [1, 2]\nfor a in n:\n    x\n", 1, 0),
        ("n = [1, 2]\nn.append(3)\nfor a in n:\n    x\n", 1, 1),
        ("n = [1, 2]\nfill(n)\nfor a in n:\n    x\n", 1, 1),
        ("for a in b:\n    x\n    break\n", 1, 0),
        ("for a in b:\n    if a:\n        x\n        break\n", 1, 0),
        ("for a in b:\n    if a:\n        x\n        continue\n    break\n", 1, 1),
        ("for a in b:\n    for c in d:\n        x\n        break\n", 2, 1),
        ("for a in b:\n    for c in d:\n        x\n        break\n    break\n", 2, 0),
        ("def f():\n    for a in b:\n        with c:\n            return x\n", 1, 0),
        ("for a in range(1, 9, 0):\n    x\n", 1, 1),
    ],
)
def test_how_often_a_place_runs(text: str, loops: int, repeated: int) -> None:
    module, name = last(text, "x")
    assert len(list(enclosing_loops(name, module))) == loops
    assert len(list(repeating_loops(name, module))) == repeated


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("v = call()\nuse(v)\n", "v"),
        ("v = call()\nw = v\nuse(w)\n", "w"),
        ("use(call())\n", "call()"),
        ("v = call()\nuse(v, v)\n", "call()"),
        ("v = call()\nv = 1\nuse(v)\n", "call()"),
        ("v = call()\nfor a in b:\n    use(v)\n", "call()"),
        ("v = call()\ndef f():\n    use(v)\n", "call()"),
        ("v, w = call()\nuse(v)\n", "call()"),
    ],
)
def test_a_value_is_followed_while_it_has_one_name_and_one_use(text: str, use: str) -> None:
    module = module_of(text)
    (call,) = module.calls("call")
    assert ast.unparse(final_use(call, module)) == use
