"""`--git-history`: what a commit put out of use is dead with more confidence, and the message names the commit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dated_repository import Repository
from shell import greenlint

LIBRARY = """
[build-system]
requires = ["hatchling"]

[project]
name = "lib"
version = "1"
"""
WORK = "def work(x):\n    return x\n\n\ndef offered(x):\n    return x\n"
USED = "from lib.work import work\n\n\ndef main():\n    work(1)\n"
UNUSED = "def main():\n    print(1)\n"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    (tmp_path / "pyproject.toml").write_text(LIBRARY, encoding="utf-8")
    return Repository(tmp_path)


def unused(repository: Repository, *options: str) -> dict[str, tuple[int, str]]:
    """Name -> confidence and message of what is said to be unused, whatever its confidence."""
    every = ("--select", "GL102,GL103,GL104", "--min-confidence", "1", "--output-format", "json")
    done = greenlint("check", ".", *every, *options, cwd=repository.root)
    assert done.stderr == ""
    findings = json.loads(done.stdout)["findings"]
    return {one["message"].split("`")[1]: (one["confidence"], one["message"]) for one in findings}


def test_a_public_function_that_was_in_use_and_one_that_never_was(repository: Repository) -> None:
    repository.commit(lib__work=WORK, lib__app=USED)
    gone = repository.commit(lib__app=UNUSED)
    plain = unused(repository)
    assert (plain["work"][0], plain["offered"][0]) == (40, 40)  # somebody else may import them
    asked = unused(repository, "--git-history")
    assert asked["work"] == (
        75,
        f"function `work` is unused: nothing in the project names it; its last use went with commit {gone[:10]} (2023-11-16)",
    )
    assert asked["offered"] == plain["offered"]


def test_what_tests_still_use_stays_below_the_default(repository: Repository) -> None:
    repository.commit(lib__work=WORK, lib__app=USED, tests__test_work="from lib.work import work\n\ndef test(): work(1)\n")
    repository.commit(lib__app=UNUSED)
    assert unused(repository)["work"][0] == 15
    level, message = unused(repository, "--git-history")["work"]
    assert level == 50
    assert "only tests use it; its last use went with" in message


def test_what_only_tests_use_and_nobody_else_can_import(repository: Repository) -> None:
    repository.commit(
        lib___inner__work=WORK,
        lib__app=USED.replace("lib.work", "lib._inner.work"),
        tests__test_work="from lib._inner.work import work\n\ndef test(): work(1)\n",
    )
    repository.commit(lib__app=UNUSED)
    assert unused(repository)["work"][0] == 45
    assert unused(repository, "--git-history")["work"][0] == 65


@pytest.mark.parametrize(
    ("page", "text"), [("api.rst", "API\n===\n\n.. automodule:: lib.jobs\n"), ("api.md", "::: lib.jobs\n")]
)
def test_what_a_page_of_documentation_shows_is_there_for_others(repository: Repository, page: str, text: str) -> None:
    (repository.root / page).write_text(text, encoding="utf-8")
    hidden = "def _hidden():\n    return 1\n"
    repository.commit(lib__jobs=WORK + hidden, lib__app=USED.replace("lib.work", "lib.jobs") + "    lib.jobs._hidden()\n")
    repository.commit(lib__app=UNUSED)
    asked = unused(repository, "--git-history")
    assert asked["work"] == unused(repository)["work"]
    assert asked["_hidden"][0] == 90
    assert "its last use went with" in asked["_hidden"][1]


def test_what_is_deprecated_is_kept_on_purpose(repository: Repository) -> None:
    text = "import warnings\n\n\ndef work(x):\n    warnings.warn('use other', DeprecationWarning)\n    return x\n"
    repository.commit(lib__work=text, lib__app=USED)
    repository.commit(lib__app=UNUSED)
    assert unused(repository, "--git-history")["work"] == unused(repository)["work"]


def test_a_name_that_is_put_together_at_run_time_now_is_not_surer(repository: Repository) -> None:
    repository.commit(lib__work=WORK.replace("work", "do_work"), lib__app=USED.replace("work(1)", "do_work(1)"))
    repository.commit(lib__app="import lib.work\n\n\ndef main(name):\n    getattr(lib.work, f'do_{name}')(1)\n")
    assert unused(repository, "--git-history").get("do_work", (0, ""))[0] < 60


def test_a_family_of_names_that_its_own_file_makes_up_is_not_surer(repository: Repository) -> None:
    text = "class Machine:\n    def run(self, code):\n        return getattr(self, f'_gcode_{code}')()\n\n"
    text += "    def _gcode_stop(self):\n        return 1\n\n\nMachine().run('x')\n"
    repository.commit(lib__machine=text, lib__app="import lib.machine\nlib.machine.Machine()._gcode_stop()\n")
    repository.commit(lib__app="import lib.machine\nlib.machine.Machine()\n")
    assert unused(repository, "--git-history")["Machine._gcode_stop"][0] == 35


def test_methods_that_a_foreign_base_may_call_are_not_surer(repository: Repository) -> None:
    text = "from somewhere import Base\n\n\nclass Mine(Base):\n    def handle(self):\n        return 1\n"
    repository.commit(lib__mine=text, lib__app="from lib.mine import Mine\n\nMine().handle()\n")
    repository.commit(lib__app="from lib.mine import Mine\n\nMine()\n")
    assert unused(repository, "--git-history")["Mine.handle"][0] == 30


def test_a_dependency_that_was_imported_once(repository: Repository) -> None:
    (repository.root / "requirements.txt").write_text("xmltodict\nfrobnicate\n", encoding="utf-8")
    repository.commit(app="import xmltodict\n\nprint(xmltodict.parse('<a/>'))\n")
    gone = repository.commit(app="import json\n\nprint(json.loads('1'))\n")
    every = ("check", ".", "--select", "GL106", "--pedantic", "--output-format", "json")
    shown = {}
    for options in ((), ("--git-history",)):
        findings = json.loads(greenlint(*every, *options, cwd=repository.root).stdout)["findings"]
        shown[options] = [(one["line"], one["confidence"], one["message"].rpartition("; ")[2]) for one in findings]
    assert [place[:2] for place in shown[()]] == [(1, 50), (2, 50)]
    assert shown[("--git-history",)] == [
        (1, 80, f"its last use went with commit {gone[:10]} (2023-11-16)"),
        (2, 50, shown[()][1][2]),
    ]


def test_the_cache_knows_the_commit(repository: Repository) -> None:
    filler = "".join(f"def main_{number}():\n    return {number}\n\n\nmain_{number}()\n" for number in range(8000))
    repository.commit(lib__work=WORK, lib__app=USED, lib__filler=filler)  # large enough for the cache
    assert "work" not in unused(repository, "--git-history")
    (repository.root / "lib/app.py").write_text(UNUSED, encoding="utf-8")
    assert unused(repository, "--git-history")["work"][0] == 40  # the edit is not committed
    repository.git("commit", "-qam", "x")
    assert unused(repository, "--git-history")["work"][0] == 75
    assert unused(repository)["work"][0] == 40


def test_a_folder_without_commits_says_so_once_and_lints(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def _work():\n    return 1\n", encoding="utf-8")
    done = greenlint("check", ".", "--git-history", "--output-format", "concise", cwd=tmp_path)
    assert "GL102" in done.stdout
    assert done.stderr == "greenlint: note: .: git history: there are no commits to look through (git tells none)\n"
    assert done.returncode == 1


def test_from_the_configuration(repository: Repository) -> None:
    repository.commit(lib__work=WORK, lib__app=USED)
    repository.commit(lib__app=UNUSED)
    (repository.root / "pyproject.toml").write_text(LIBRARY + "\n[tool.greenlint]\ngit-history = true\n", encoding="utf-8")
    assert unused(repository)["work"][0] == 75
    assert unused(repository, "--no-git-history")["work"][0] == 40
