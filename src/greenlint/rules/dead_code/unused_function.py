"""GL102 unused-function."""

from __future__ import annotations

from greenlint.rules.base import Bad, Good, ProjectRule
from greenlint.rules.dead_code._report import NEVER_RUNS, report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.model.finding import Finding
    from greenlint.source.project import ProjectIndex


class UnusedFunction(ProjectRule):
    """A function that no entry point of the project leads to.

    The whole project is one graph of names. A bare name leads to the functions of its own file; an attribute, an import or
    a word in a string leads to every function of that name, in any file. Configuration, templates, build files and code
    quoted in documentation count too. Functions that only unused functions call are unused as well; what only tests
    call is said to be so, with less confidence.

    ## Why it wastes

    It never runs, so it costs no energy while the program works. It costs at the edges: compiled once on every machine,
    read and loaded at every start, stored in every wheel, image and checkout, and read by everybody who looks for
    something else. The saving is small per function and certain.

    ## When to leave it alone

    Names that are made at run time are beyond any reader of source code, and so are calls from C code outside the project
    (of 14 findings in the standard library without its C sources, five are called from there). The rule is silent about special methods,
    functions under a decorator that may register them, hooks of pytest, unittest, Django, Sphinx, Celery and the like,
    functions that `getattr` with a computed name may reach, and files that others load (migrations, `conftest.py`,
    `noxfile.py`). A public function of a packaged project may be in use elsewhere: it gets a confidence of 40, below what
    is shown by default. Private names, nested functions and applications are reported with 70 to 95. Methods are the
    business of GL104.

    `greenlint check --git-history` asks git which of these names were in use once: what a commit put out of use gets 75 to 80,
    65 where only tests still use it, and the message names the commit and its day. A use is a line of Python outside of
    tests that reads the name. Nothing is raised that was defined since, whose use a look-up by `getattr` replaced in the same
    commit, that says it is deprecated, or that a page of documentation shows (`automodule::`, `:::`), and nothing whose own file makes up
    names that begin as its own (`visit_`). It takes seconds: 2 to 3 s for
    each of the 51 checkouts below, with up to 26,000 commits.

    The fix deletes the function and needs `--unsafe-fixes`: it takes what nobody names, and nobody can prove that nobody
    types it into a console.

    ## Evidence

    `python benchmarks/rules/run.py GL102`, 20 starts of a program with 1,000 functions in use, CPython 3.11: 0.375 s of CPU
    time with 1,000 unused functions of nine lines beside them, 0.225 s without (ratio 1.69, 95 % interval 1.64 to 1.72), that is
    8 us a function and start, and 609 bytes of bytecode. With 100 of each the ratio is 1.08 (1.06 to 1.10).

    Precision at a confidence of 60 or more: 117 findings in 27 projects from GitHub (August 2026; black, certbot, click,
    LibCST, mitmproxy, netbox, OctoPrint, pip, prefect, pytest, saleor, yt-dlp ...), each judged by reading every other place
    in the repository that holds the name: all 117 right. Nineteen of the projects helped to shape the rule; the eight that
    did not gave 23 findings. Re-run with `greenlint check --select GL102` in a checkout. vulture 2.16 reports 1,080 unused
    functions in ten of these projects, for the most part signal receivers, fixtures and views that decorators register.

    Recall: of 160 functions, methods and classes that maintainers of 18 projects later deleted as dead, 32 are shown by default (by
    GL102, GL103, GL104 and GL114) and 64 with `--git-history` (0.40, 95 % interval 0.33 to 0.48). Of 60 findings of the latter, drawn by
    hash and read by hand, 56 are dead (0.93, 0.84 to 0.97), and of 24 drawn when all was written 22: `python benchmarks/dead_code/history.py`.
    """

    code = "GL102"
    name = "unused-function"
    by_file = True
    effect = NEVER_RUNS
    confidence = 90
    examples = (
        Bad(
            "import sys\n\n\ndef _old(path):\n    return path.upper()\n\n\ndef _new(path):\n    return path\n\n\n"
            "print(_new(sys.argv[0]))\n",
            fixed="import sys\n\n\ndef _new(path):\n    return path\n\n\nprint(_new(sys.argv[0]))\n",
            lines=(4,),
        ),
        Bad(  # recursion is no use
            "def _countdown(n):\n    return _countdown(n - 1) if n else 0\n\n\nprint(1)\n",
            fixed="print(1)\n",
            lines=(1,),
        ),
        Bad(  # two functions that call each other, and nobody else does
            "x = 1\n\n\ndef _ping(n):\n    return _pong(n)\n\n\ndef _pong(n):\n    return _ping(n)\n",
            fixed="x = 1\n",
            lines=(4, 8),
        ),
        Bad(
            "def area(r):\n    def square(x):\n        return x * x\n    return 3.14 * r * r\n\n\nprint(area(2))\n",
            fixed="def area(r):\n    return 3.14 * r * r\n\n\nprint(area(2))\n",
            lines=(2,),
        ),
        Bad(  # the decorator only caches, and the comment belongs to the function above it
            "from functools import lru_cache\n\n\n@lru_cache(maxsize=None)\ndef _slow(n):  # kept\n    return n\n",
            fixed="from functools import lru_cache\n",
            lines=(5,),
        ),
        Bad(  # the block must not be left empty
            "import os\n\nif os.name == 'nt':\n    def _quote(text):\n        return text\n",
            fixed="import os\n\nif os.name == 'nt':\n    pass\n",
            lines=(4,),
        ),
        Bad(  # the same name in another file is another function
            "def _load(name):\n    return name\n",
            fixed="",
            lines=(1,),
            files={"other.py": "def _load(name):\n    return name * 2\n\n\nprint(_load('a'))\n"},
        ),
        Bad(
            "def _parse(text):\n    return text.split()\n",
            lines=(1,),
            files={
                "tests/test_parse.py": "from example import _parse\n\n\ndef test_parse():\n    assert _parse('a') == ['a']\n"
            },
        ),
        Bad(
            "def _naïve(x):\r\n\treturn x\r\n\r\n\r\nprint('é')\r\n",
            fixed="print('é')\r\n",
            lines=(1,),
        ),
        Good("def _used(x):\n    return x\n\n\nprint(list(map(_used, 'ab')))\n", why="passed on, not called here"),
        Good(
            "def _helper():\n    return 1\n",
            why="imported by another file",
            files={"main.py": "from example import _helper\n\nprint(_helper())\n"},
        ),
        Good(
            "def _helper():\n    return 1\n",
            why="reached through the module",
            files={"main.py": "import example as e\n\nprint(e._helper())\n"},
        ),
        Good(
            "def _helper():\n    return 1\n",
            why="reached through a star import of a star import",
            files={"a.py": "from example import *\n", "b.py": "from a import *\n\nprint(_helper())\n"},
        ),
        Good("import app\n\n\n@app.route('/')\ndef _index():\n    return 'hello'\n", why="a decorator may register it"),
        Good(
            "import sys\n\n\ndef show_a():\n    return 1\n\n\nprint(getattr(sys, 'show_' + sys.argv[1]))\n", why="computed name"
        ),
        Good("__all__ = ['_exported']\n\n\ndef _exported():\n    return 1\n", why="listed in __all__"),
        Good("def _run():\n    return 1\n\n\nprint(globals()['_' + input()]())\n", why="looks through its own names"),
        Good(
            "def start():\n    return 1\n",
            why="an entry point of the package",
            files={"pyproject.toml": "[project]\nname = 'x'\n[project.scripts]\nx = 'example:start'\n"},
        ),
        Good(
            "def helpful():\n    return 1\n",
            why="a packaged project: others may import it",
            files={"pyproject.toml": "[build-system]\nrequires = ['hatchling']\n[project]\nname = 'x'\n"},
        ),
        Good(
            "def shout(text):\n    return text.upper()\n",
            why="called by a template",
            files={"templates/page.html": "<p>{{ shout(name) }}</p>\n"},
        ),
        Good("def pytest_configure(config):\n    config.x = 1\n", why="a hook of pytest"),
        Good("class Special:\n    def __len__(self):\n        return 0\n\n\nprint(len(Special()))\n", why="a special method"),
        Good("def __getattr__(name):\n    raise AttributeError(name)\n", why="a special function of the module"),
        Good(
            "from unittest import mock\n\n\ndef _now():\n    return 1\n\n\nmock.patch('example._now')\n",
            why="a string names it",
        ),
    )

    def check_project(self, index: ProjectIndex) -> Iterator[Finding]:
        """Yield one finding for each function out of reach, methods excepted."""
        from greenlint.rules.dead_code._reachability import unused_definitions  # 10 ms, and only for whole projects

        unused = [item for item in unused_definitions(index) if item.definition.kind in ("function", "nested")]
        yield from report(self, unused, index, "function")
