"""When the last use of a name went away, asked of real git repositories."""

from __future__ import annotations

from pathlib import Path

import pytest
from dated_repository import Repository

from greenlint.source.last_uses import History


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def last(repository: Repository, name: str, folder: str = ".") -> str | None:
    use = History(str(repository.root / folder)).last_uses({name}).get(name)
    return use and use.commit


DEFINED = "def work(x):\n    return x\n"


def test_the_commit_that_removed_the_last_use_and_its_day(repository: Repository) -> None:
    repository.commit(lib=DEFINED, app="from lib import work\n\nwork(1)\nwork(2)\n")
    repository.commit(app="from lib import work\n\nwork(1)\n")
    gone = repository.commit(app="print(1)\n")
    repository.commit(other="x = 1\n")
    use = History(str(repository.root)).last_uses({"work", "x"})["work"]
    assert (use.commit, use.time_s) == (gone, 1_700_000_000 + 3 * 86_400)


def test_a_use_that_came_back_later_is_no_loss(repository: Repository) -> None:
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n")
    repository.commit(app="import lib\n")
    repository.commit(app="import lib\nlib.work(1)\n")
    assert last(repository, "work") is None


def test_a_use_that_moved_is_no_loss(repository: Repository) -> None:
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n")
    repository.commit(app=None, main="import lib\nlib.work(1)\n")
    assert last(repository, "work") is None


def test_what_was_defined_since_is_another_thing_of_that_name(repository: Repository) -> None:
    repository.commit(old="from elsewhere import work\nwork(1)\n")
    repository.commit(old="print(1)\n")
    repository.commit(lib=DEFINED)
    assert last(repository, "work") is None


def test_a_definition_that_moved_is_the_same_one(repository: Repository) -> None:
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n")
    gone = repository.commit(app="import lib\n")
    repository.commit(lib=None, core__lib=DEFINED)
    assert last(repository, "work") == gone


@pytest.mark.parametrize(
    "line",
    [
        "# work(1)\n",
        '"""Calls work(1), or work."""\n',
        "print('work(1)')\n",
        'print("then .work, or")\n',
        "start(work=1)\n",
        "start(network(1))  # work(1)\n",
        "worker(1)\n",
    ],
)
def test_words_are_no_uses(repository: Repository, line: str) -> None:
    repository.commit(lib=DEFINED, app=line)
    repository.commit(app="print(1)\n")
    assert last(repository, "work") is None


@pytest.mark.parametrize(
    "line",
    [
        "work(1)\n",
        "x = lib.work\n",
        "from lib import work\n",
        "from work import rest\n",
        "TABLE = {1: work}\n",
        "run(target=work)\n",
        "x = [work]\n",
        "if work == 1: pass\n",
        "print('a' if x else work)\n",
        "raise work\n",
        "@work\ndef other(): pass\n",
    ],
)
def test_uses_of_all_kinds(repository: Repository, line: str) -> None:
    repository.commit(lib=DEFINED, app=line)
    gone = repository.commit(app="print(1)\n")
    assert last(repository, "work") == gone


def test_uses_in_tests_do_not_count(repository: Repository) -> None:
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n", tests__test_lib="import lib\nlib.work(1)\n")
    gone = repository.commit(app="import lib\n")
    repository.commit(tests__test_lib="import lib\n")
    repository.commit(tests__test_more="import lib\nlib.work(1)\n")
    assert last(repository, "work") == gone


def test_a_look_up_at_run_time_that_took_the_place_of_the_use(repository: Repository) -> None:
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n")
    repository.commit(app="import lib\nfor name in ('work', 'rest'):\n    getattr(lib, name)(1)\n")
    assert last(repository, "work") is None


def test_a_removed_line_that_looks_like_the_head_of_a_file(repository: Repository) -> None:
    sql = 'SQL = """\n-- a/tests/test_x.py\n"""\n'
    repository.commit(lib=DEFINED, app=f"{sql}import lib\nlib.work(1)\n")
    gone = repository.commit(app="import lib\n")
    assert last(repository, "work") == gone


def test_a_project_inside_a_repository(repository: Repository) -> None:
    repository.commit(tests__shop__lib=DEFINED, tests__shop__app="import lib\nlib.work(1)\n", other="work(1)\n")
    gone = repository.commit(tests__shop__app="import lib\n")
    repository.commit(other="print(1)\n")
    assert last(repository, "work", "tests/shop") == gone  # its own paths, which are no tests


def test_a_user_whose_git_shows_patches_otherwise(repository: Repository) -> None:
    for key, value in {
        "diff.noprefix": "true", "color.ui": "always", "log.showSignature": "true", "diff.external": "false",
        "diff.mnemonicPrefix": "true", "log.diffMerges": "first-parent", "diff.interHunkContext": "9", "log.date": "raw",
        "format.pretty": "oneline", "log.showRoot": "false",
    }.items():  # fmt: skip
        repository.git("config", key, value)
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n", tests__test_a="import lib\nlib.work(1)\n")
    repository.commit(tests__test_a="import lib\n")
    gone = repository.commit(app="import lib\n")
    assert last(repository, "work") == gone


def test_merges_count_once(repository: Repository) -> None:
    repository.git("config", "log.diffMerges", "first-parent")
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n")
    repository.git("checkout", "-q", "-b", "side")
    gone = repository.commit(app="import lib\n")
    repository.git("checkout", "-q", "-")
    repository.commit(other="print(1)\n")
    repository.git("merge", "-q", "--no-edit", "side")
    assert last(repository, "work") == gone


@pytest.mark.parametrize("name", ["größe", 'in "quotes"'])
def test_paths_that_git_puts_in_quotes(repository: Repository, name: str) -> None:
    use = "import lib\nlib.work(1)\n"
    repository.commit(lib=DEFINED, **{f"tests__test_{name}": use, name: use})
    gone = repository.commit(**{name: "import lib\n"})
    assert last(repository, "work") == gone
    if '"' not in name:  # of such paths git shows no more than the quoted text
        repository.commit(**{f"tests__test_{name}": "import lib\n"})
        assert last(repository, "work") == gone


def test_what_git_cannot_tell_is_said(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")
    history = History(str(empty))
    assert (history.head, history.last_uses({"work"})) == ("", {})
    assert "no commits" in history.note
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n")
    gone = repository.commit(app="import lib\n")
    assert not History(str(repository.root)).note
    shallow = empty / "shallow"
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(shallow))
    history = History(str(shallow))
    assert (history.head, history.last_uses({"work"})) == (gone, {})
    assert "shallow" in history.note


@pytest.mark.parametrize("date", ["", "99999999999999999999 +0000", "9223372036854775807 +0000", "-5 +0000"])
def test_a_commit_without_a_day_that_anybody_knows(repository: Repository, date: str) -> None:
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n")
    repository.commit(app="import lib\n")
    good = repository.git("cat-file", "commit", "HEAD").splitlines()
    bad = [f"committer a <a@b.c> {date}".rstrip() if line.startswith("committer") else line for line in good]
    (repository.root / "commit").write_text("\n".join(bad) + "\n", encoding="utf-8")
    broken = repository.git("hash-object", "-t", "commit", "-w", "--literally", "commit")
    (repository.root / ".git" / "HEAD").write_text(f"{broken}\n", encoding="utf-8")
    use = History(str(repository.root)).last_uses({"work"})["work"]
    assert use.commit == broken
    assert len(use.day) in (0, 10)


def test_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit(lib=DEFINED)
    monkeypatch.setenv("PATH", "")
    history = History(str(repository.root))
    assert history.last_uses({"work"}) == {}
    assert "no commits" in history.note


def test_a_repository_with_missing_objects(repository: Repository) -> None:
    repository.commit(lib=DEFINED, app="import lib\nlib.work(1)\n")
    repository.commit(app="import lib\n")
    blob = repository.git("rev-parse", "HEAD~1:app.py")
    (repository.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    history = History(str(repository.root))
    assert history.last_uses({"work"}) == {}
    assert "could not read all commits" in history.note
