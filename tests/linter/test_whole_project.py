"""The answer of the project rules is used again after edits that leave the sense of a file alone, and after no other."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from edited_project import asked, check, write

if TYPE_CHECKING:
    from pathlib import Path


FILES = {
    "padding.py": f"{'#' * 999}\n" * 350,  # a cache is worth it above 300 kB
    "app.py": "from lib import used, Shape\n\n\ndef main():\n    print(used(1), Shape().area())\n\n\nmain()\n",
    "lib.py": "def used(n):\n    return n\n\n\ndef _left(n):\n    return n\n\n\n"
    "class Shape:\n    def area(self):\n        return 1\n",
    "other.py": "def _alone():\n    return 1\n\n\nvalue = 3\nprint(value)\n",
    "tests/data/bad.py": "def f(x):\n    return x\n    print(x)\n\n\nf(1)\n",
    "tests/test_it.py": "def test_it():\n    assert 1 + 1 == 2\n",
    "page.html": "<p>{{ title }}</p>\n",
    "setup.py": "VERSION = '1'\n",
    "pack/__init__.py": "",
    "pack/helpers.py": "def help_them():\n    return 1\n\n\nprint(help_them())\n",
    "requirements.txt": "wanted==1.0\n",
    "tool.py": "import os\n\nprint(os.sep)\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    return tmp_path


MOVED = "# a line more\n"


@pytest.mark.parametrize(
    ("path", "text", "again"),
    [
        ("app.py", MOVED + FILES["app.py"], False),
        ("app.py", FILES["app.py"].replace("used(1)", "used(2) + 40"), False),
        ("tests/test_it.py", FILES["tests/test_it.py"].replace("2", "(2)"), False),
        ("app.py", FILES["app.py"].replace("used(1)", "len('_left')"), True),
        ("app.py", FILES["app.py"].replace("Shape().area()", "Shape()"), True),
        ("other.py", MOVED + FILES["other.py"], False),  # it has a finding, which is told of another line now
        ("other.py", FILES["other.py"].replace("_alone():", "_alone(x, *, y):"), False),
        ("other.py", FILES["other.py"] + "_alone()\n", True),
        ("lib.py", FILES["lib.py"].replace("def used", "@print\ndef used"), False),
        ("lib.py", FILES["lib.py"].replace("def _left", "@print\ndef _left"), True),
        ("tests/test_it.py", "from tests.data import bad\n" + FILES["tests/test_it.py"], True),
        ("page.html", "<p>{{ _left(1) }} {{ _alone() }}</p>\n", True),
        ("setup.py", "from setuptools import setup\nsetup(name='x')\n", True),
        ("setup.py", MOVED + FILES["setup.py"], True),
        ("app.py", "def broken(\n", True),
        ("new.py", "import lib\nprint(lib._left(1))\n", True),
        ("app.py", FILES["app.py"] + "print('a_new_name', main.another)\n", False),  # which nothing is called
        ("app.py", FILES["app.py"] + "print(lib.area, 'used')\n", False),  # which are in use already
        ("app.py", FILES["app.py"].replace(", Shape().area()", ", Shape()"), True),  # the only use of it
        ("tests/test_it.py", FILES["tests/test_it.py"] + "print('_left')\n", True),
        ("tests/test_it.py", FILES["tests/test_it.py"] + "print('area')\n", False),
        ("app.py", "import json\n" + FILES["app.py"], True),  # the first to import it: perhaps a framework
        ("app.py", "import os.path\n" + FILES["app.py"], False),
        ("app.py", "import other\n" + FILES["app.py"], True),
        ("app.py", "import wanted\n" + FILES["app.py"], True),  # a dependency that was unused
        ("app.py", FILES["app.py"] + "print('helpers')\n", True),  # a module that nothing imported
    ],
)
def test_an_edit_asks_again_when_it_means_something_to_other_files(
    path: str, text: str, again: bool, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {(one.path, one.code) for one in check(project).findings} >= {("other.py", "GL102"), ("lib.py", "GL102")}
    write(project, path, text)
    assert asked(project, monkeypatch) is again


def test_a_file_that_goes_asks_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(project)
    (project / "app.py").unlink()
    assert asked(project, monkeypatch)


def test_what_was_used_twice_may_lose_one_use_and_not_the_other(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, "tool.py", FILES["tool.py"] + "print(os.area)\n")
    check(project)
    write(project, "app.py", FILES["app.py"].replace(", Shape().area()", ", Shape()"))
    assert not asked(project, monkeypatch)
    write(project, "tool.py", FILES["tool.py"])
    assert asked(project, monkeypatch)


def test_tests_alone_do_not_keep_a_use(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, "tests/test_it.py", FILES["tests/test_it.py"] + "print('area')\n")
    check(project)
    write(project, "app.py", FILES["app.py"].replace(", Shape().area()", ", Shape()"))
    assert asked(project, monkeypatch)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_number_of_edits_the_cache_says_what_a_run_without_it_says(project: Path, seed: int) -> None:
    draw = random.Random(seed)
    names = ["used", "_left", "_alone", "Shape", "area", "main", "value", "other", "wanted", "a", "b", "c", "d"]
    for _ in range(40):
        path = draw.choice([path for path in FILES if path.endswith(".py") and path != "padding.py"])
        lines = (project / path).read_text().splitlines()
        place = draw.randrange(len(lines) + 1)
        edit = draw.choice(["move", "name", "name", "import", "drop", "define", "back"])
        if edit == "move":
            lines.insert(place, "")
        elif edit == "name":
            lines.append(f"print('{draw.choice(names)}')")
        elif edit == "import":
            lines.insert(0, f"import {draw.choice([*names, 'os', 'json', 'tests.data.bad'])}")
        elif edit == "back":
            lines = FILES[path].splitlines()
        elif edit == "define":
            lines += ["", f"def _more{draw.randrange(3)}():", f"    return {draw.choice(names)}"]
        elif len(lines) > 1:
            del lines[min(place, len(lines) - 1)]
        write(project, path, "\n".join(lines) + "\n")
        assert check(project) == check(project, cached=False)


def test_facts_that_the_cache_has_lost_are_made_again(project: Path) -> None:
    check(project)
    with closing(sqlite3.connect(project / ".greenlint" / "cache.sqlite")) as database, database:
        database.execute("DELETE FROM facts")
    write(project, "app.py", "print('_left')\n")
    assert check(project) == check(project, cached=False)


def test_coverage_data_count_by_lines_so_that_every_edit_asks_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / ".coverage").write_bytes(b"")
    check(project)
    write(project, "app.py", MOVED + FILES["app.py"])
    assert asked(project, monkeypatch)


def test_after_a_checkout_took_changes_back_an_edit_need_not_ask_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(project)
    for number in range(2):
        write(project, "app.py", FILES["app.py"] + f"\n\ndef _more{number}():\n    return 1\n")
        assert asked(project, monkeypatch)
    write(project, "app.py", FILES["app.py"])
    assert not asked(project, monkeypatch)
    write(project, "app.py", FILES["app.py"] + "print('a_new_name')\n")
    assert not asked(project, monkeypatch)


def test_the_cache_keeps_three_large_answers_however_many_files_come_and_go(project: Path) -> None:
    def largest() -> list[int]:
        with closing(sqlite3.connect(project / ".greenlint" / "cache.sqlite")) as database:
            return [row[0] for row in database.execute("SELECT length(payload) FROM report WHERE payload LIKE '%references%'")]

    for number in range(5):
        write(project, f"more{number}.py", f"def _more{number}():\n    return 1\n")
        check(project)
        assert len(largest()) == min(number + 1, 3)
