"""What one file tells the project: definitions, and names charged to the body that uses them."""

from __future__ import annotations

import json
import textwrap

import pytest

from greenlint.source.definitions import Definition
from greenlint.source.facts import FileFacts, extract_facts
from greenlint.source.layout import Layout
from greenlint.source.module import Module


def facts_of(text: str, data: bytes | None = None) -> FileFacts:
    return extract_facts(Module("example.py", data if data is not None else textwrap.dedent(text).encode()))


def definition(facts: FileFacts, qualified: str) -> Definition:
    (found,) = [item for item in facts.definitions if item.qualified == qualified]
    return found


def test_a_use_is_charged_to_the_innermost_body_that_holds_it() -> None:
    facts = facts_of("""
        def a(): pass
        def b():
            a()
            def c():
                return d
            return c
        def d(): pass
        d()
    """)
    assert definition(facts, "b").names == ("a", "c")
    assert definition(facts, "b.c").names == ("d",)
    assert facts.names == ("d",)


def test_a_use_after_an_inner_function_belongs_to_the_outer_one() -> None:
    facts = facts_of("def a():\n    def b():\n        pass\n    c()\ndef c(): pass\n")
    assert definition(facts, "a").names == ("c",)
    assert definition(facts, "a.b").names == ()


def test_one_line_functions_keep_their_uses() -> None:
    facts = facts_of("def a(): return b()\ndef b(): return a()\n")
    assert definition(facts, "a").names == ("b",)
    assert definition(facts, "b").names == ("a",)
    assert facts.names == ()


def test_special_and_registered_functions_are_left_out_and_what_is_around_them_has_their_uses() -> None:
    facts = facts_of("""
        @app.route("/")
        def index(): return helper()
        class A:
            def __len__(self): return other()
        def helper(): pass
        def other(): pass
    """)
    assert [item.name for item in facts.definitions] == ["A", "helper", "other"]
    assert facts.names == ("helper",)
    assert definition(facts, "A").names == ("other",)


@pytest.mark.parametrize("decorator", ["staticmethod", "functools.lru_cache(maxsize=1)", "contextlib.contextmanager"])
def test_plain_decorators_do_not_register(decorator: str) -> None:
    assert facts_of(f"@{decorator}\ndef f(): pass\n").definitions[0].name == "f"


def test_attributes_imports_and_words_of_strings_reach_every_file() -> None:
    facts = facts_of("from m import aa\nx.bb()\nhandlers = ['cc', 'pkg.dd:ee', f'{x}.ff', 'call gg(1)']\n")
    assert {"aa", "bb", "cc", "dd", "ee", "ff", "gg"} <= set(facts.references)


def test_examples_in_docstrings_use_what_they_call() -> None:
    text = 'def helper():\n    """Prose.\n\n    >>> helper(1)\n    """\n'
    text += 'def other():\n    """helper\n    >>> third(2)\n    """\ndef third(): pass\n'
    facts = facts_of("", text.encode())
    assert definition(facts, "helper").mentions == ("helper",)
    assert definition(facts, "other").mentions == ("third",)


def test_docstrings_mention_nothing() -> None:
    facts = facts_of('"""helper"""\ndef f():\n    """other"""\nclass C:\n    """third"""\n')
    assert not {"helper", "other", "third"}.intersection(facts.references)


def test_a_function_that_names_itself_in_a_message_is_not_thereby_in_use() -> None:
    facts = facts_of("def frob(x):\n    raise TypeError('frob() takes one')\n")
    assert "frob" not in facts.references
    assert definition(facts, "frob").mentions == ("frob",)


def test_star_imports_make_bare_names_reach_other_files() -> None:
    assert "helper" in facts_of("from lib import *\nhelper()\n").references
    assert "lib" in facts_of("from .lib import *\n").explored
    assert "helper" not in facts_of("from lib import x\nhelper()\n").references


@pytest.mark.parametrize(
    ("code", "stem"),
    [
        ("getattr(self, 'visit_' + kind)", "visit_"),
        ("getattr(self, f'on{name}')", "on"),
        ("getattr(self, '%s_handler' % name)", "_handler"),
        ("prefix = 'do_'\ngetattr(x, prefix + y)", "do_"),
        ("operator.methodcaller('run' + x)", "run"),
    ],
)
def test_parts_of_computed_names_are_remembered(code: str, stem: str) -> None:
    assert stem in {found.lstrip(".") for found in facts_of(code).stems}


def test_written_out_lookups_are_ordinary_words() -> None:
    facts = facts_of("getattr(x, 'visit_name', None)")
    assert facts.stems == ()
    assert "visit_name" in facts.references


@pytest.mark.parametrize(
    ("code", "explored"),
    [
        ("import pkg.hooks as h\nvars(h)", "hooks"),
        ("for n in dir(tasks): pass", "tasks"),
        ("x.registry.__dict__", "registry"),
        ("import_module('pkg.plugins')", "plugins"),
        ("getattr(tasks, name)", "tasks"),
    ],
)
def test_namespaces_that_are_looked_through_are_named(code: str, explored: str) -> None:
    assert explored in facts_of(code).explored


@pytest.mark.parametrize("code", ["globals()[x]", "eval(x)", "exec(x)", "locals()", "dir()", "vars(sys.modules[x])"])
def test_looking_through_ones_own_names_is_reflective(code: str) -> None:
    assert facts_of(code).reflective


def test_bases_are_named_as_imported() -> None:
    facts = facts_of("""
        import textwrap
        from x import Y
        class A: pass
        class B(A, Y): pass
        class TextWrapper(textwrap.TextWrapper): pass
        class C(make()): pass
        class D(metaclass=M): pass
        class E(A[int]): pass
        @register
        class F: pass
        class G(G): pass
    """)
    bases = {item.qualified: item.bases for item in facts.classes}
    assert bases["B"] == ("A", "x.Y")
    assert bases["TextWrapper"] == ("textwrap.TextWrapper",)
    assert bases["C"] == bases["D"] == bases["F"] == bases["G"] == ("?",)
    assert bases["E"] == ("A",)


def test_positions_and_bytes_survive_tabs_unicode_and_crlf() -> None:
    data = "é = 'ü'\r\nclass A:\r\n\t@staticmethod\r\n\tdef naïve(x):  # ö\r\n\t\treturn x\r\n\r\n\r\nprint(é)\r\n".encode()
    found = definition(facts_of("", data), "A.naïve")
    assert (found.line, found.column, found.end_column, found.end_line) == (4, 2, 11, 5)
    layout = Layout(data)
    start, end = layout.span(found.first, found.end_line)
    assert data[start:end].decode() == "\t@staticmethod\r\n\tdef naïve(x):  # ö\r\n\t\treturn x"
    start, end = layout.cut(found.first, found.end_line)
    assert data[:start] + data[end:] == "é = 'ü'\r\nclass A:\r\nprint(é)\r\n".encode()


def test_a_byte_order_mark_does_not_shift_the_bytes() -> None:
    data = b"\xef\xbb\xbfx = 1\ndef f():\n    pass\n"
    (found,) = facts_of("", data).definitions
    start, end = Layout(data).span(found.first, found.end_line)
    assert data[start:end] == b"def f():\n    pass"


def test_facts_survive_json() -> None:
    facts = facts_of("""
        import os
        from a import *
        class K(os.X):
            def m(self): return self.n()
            def n(self): return getattr(self, 'do_' + x)
        def f(): return f
        globals()
    """)
    assert FileFacts.from_json(json.loads(json.dumps(facts.to_json()))) == facts


@pytest.mark.parametrize("packed", [[], [1] * 7, [[], [], [], [], [], [], 0, 0]])
def test_damaged_facts_are_refused(packed: list[object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        FileFacts.from_json(packed)


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "'''doc'''", "def f(): ...", "\f\ndef f():\n  pass"])
def test_odd_files_have_facts(text: str) -> None:
    facts = facts_of("", text.encode())
    assert FileFacts.from_json(facts.to_json()) == facts


def test_every_block_that_can_hold_a_function_is_known() -> None:
    facts = facts_of("""
        try:
            def a(): pass
        except ValueError:
            def b(): pass
        else:
            def c(): pass
        finally:
            def d(): pass
        for x in y:
            def e(): pass
        with z:
            def f(): pass
        match x:
            case 1:
                def g(): pass
            case _:
                async def h(): pass
    """)
    assert [item.name for item in facts.definitions] == list("abcdefgh")
    assert len({item.block for item in facts.definitions}) == 8
    assert all(item.siblings == 1 for item in facts.definitions)
