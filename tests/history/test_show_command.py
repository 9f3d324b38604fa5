"""`greenlint history show`, `publish` and `mark`: what a reader sees, in every format and at every width."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from history_lab import OTHER, WORK, greenlint, ledger_path, line, record_series

HOSTILE = "bench/test_x.py::test_page[<script>alert(1)</script>|\x1b[31m]"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ninety commits, two steps in energy on one machine, and a limit; for tests that only look."""
    folder = tmp_path_factory.mktemp("seen")
    shas = line(folder, 90)
    (folder / "greenlint.toml").write_text(f'[budgets."{WORK}"]\nenergy = "2.45 J"\n')
    controls = [0.05] * 90
    controls[25] = 0.06
    record_series(folder, shas, [2.4] * 40 + [2.52] * 20 + [2.3] * 30, energy=True, controls=controls)
    return folder


@pytest.fixture
def folder(seen: Path, tmp_path: Path) -> Path:
    """A copy of it, for tests that write."""
    return Path(shutil.copytree(seen, tmp_path / "copy"))


def test_a_change_is_shown_with_its_size_its_commit_and_the_limit(seen: Path) -> None:
    done = greenlint(seen, "history", "show")
    assert done.returncode == 0, done.stderr
    assert re.search(r"\+\d\.\d% (at|after) [0-9a-f]{10}", done.stdout)
    assert "energy, measured (model) of an iteration · intel-6-207-2vcpu-kvm · CPython 3.12" in done.stdout
    assert "90 commits, 1 left out" in done.stdout
    assert re.search(r"limit 2.45 J \(greenlint.toml:2\): kept; exceeded at \d+ of 89 commits", done.stdout)


@pytest.mark.parametrize("width", ["40", "100"])
def test_no_line_is_wider_than_the_terminal(seen: Path, width: str) -> None:
    shown = greenlint(seen, "history", "show", "test_work", COLUMNS=width).stdout
    commands = [text for text in shown.splitlines() if "greenlint history bisect" in text]  # must be copied whole
    assert max(len(text) for text in shown.splitlines() if text not in commands) <= int(width)


def test_a_name_lists_the_values_of_commits_and_why_one_is_left_out(seen: Path) -> None:
    done = greenlint(seen, "history", "show", "test_work")
    assert "change 89" in done.stdout
    assert "2026-" in done.stdout
    nothing = greenlint(seen, "history", "show", "nothing-like-it")
    assert (nothing.returncode, "no series holds 'nothing-like-it'" in nothing.stderr) == (4, True)


def test_json_holds_every_point_change_mark_and_limit(folder: Path) -> None:
    assert greenlint(folder, "history", "mark", "HEAD", "new\nlibrary", "--kind", "note", "--author", "me").returncode == 0
    data = json.loads(greenlint(folder, "history", "show", "--json").stdout)
    (series,) = data["series"]
    assert (data["version"], data["kind"], series["unit"], len(series["points"])) == (1, "history", "J", 90)
    assert [point["left_out"] != "" for point in series["points"]].index(True) == 25
    assert [change["ratio"] > 0 for change in series["changes"]] == [True, True]
    assert series["limits"][0]["limit"] == 2.45
    assert [(one["kind"], one["text"], one["author"]) for one in series["marks"]] == [("note", "new library", "me")]
    low, high = series["points"][0]["interval"]
    assert low < series["points"][0]["value"] < high


def test_the_same_mark_twice_is_one(folder: Path) -> None:
    greenlint(folder, "history", "mark", "HEAD~3", "text")
    assert "was there already" in greenlint(folder, "history", "mark", "HEAD~3", "text").stderr


def test_markdown_has_changes_first_and_survives_hostile_names(folder: Path, tmp_path: Path) -> None:
    shas = line(tmp_path / "other", 12)
    record_series(tmp_path / "other", shas, [1.0] * 12, name=HOSTILE)
    assert greenlint(folder, "history", "show", "--format", "md").stdout.startswith("### Changes\n")
    shown = greenlint(tmp_path / "other", "history", "show", "--format", "md").stdout
    assert "<script>" not in shown.replace("\\<script\\>", "")
    assert "\x1b" not in shown


class Page(HTMLParser):
    """Collects elements with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_stands_alone_and_draws_changes_limits_and_marks(folder: Path) -> None:
    greenlint(folder, "history", "mark", "HEAD~80", "compiler changed", "--kind", "break")
    done = greenlint(folder, "history", "publish", "site/deep")
    assert (done.returncode, done.stdout) == (0, "")
    text = (folder / "site/deep/index.html").read_text(encoding="utf-8")
    page = Page(text)
    tags = [tag for tag, _ in page.elements]
    assert "script" not in tags
    assert "link" not in tags
    assert not re.search(r"(?:src|href)=|url\(|@import|https?://", text)
    assert "prefers-color-scheme: dark" in text
    classes = [str(attributes.get("class")) for _, attributes in page.elements]
    assert classes.count("history") == 1
    assert {"limit", "mark break", "range worse", "range better", "level", "dot left-out"} <= set(classes)
    assert "compiler changed" in page.text
    again = greenlint(folder, "history", "publish", "site/deep")
    assert again.returncode == 0
    assert (folder / "site/deep/index.html").read_text(encoding="utf-8") == text


def test_a_page_with_hostile_names_and_two_machines_holds_no_markup_of_theirs(tmp_path: Path) -> None:
    shas = line(tmp_path, 20)
    record_series(tmp_path, shas[:12], [1.0] * 12, name=HOSTILE)
    record_series(tmp_path, shas[12:], [0.5] * 8, name=HOSTILE, machine=OTHER)
    assert greenlint(tmp_path, "history", "publish", "site").returncode == 0
    text = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    page = Page(text)
    assert "script" not in [tag for tag, _ in page.elements]
    assert "\x1b" not in text
    assert [str(one.get("class")) for _, one in page.elements].count("history") == 2


def test_a_folder_that_cannot_be_written_is_one_line(folder: Path) -> None:
    (folder / "site").write_text("a file")
    done = greenlint(folder, "history", "publish", "site")
    assert (done.returncode, "cannot be written" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_without_git_commits_stand_in_the_order_of_their_times(seen: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    plain = tmp_path_factory.mktemp("plain")
    arguments = ("history", "--ledger", str(ledger_path(seen)), "show", "--json")
    done = greenlint(plain, *arguments, GIT_CEILING_DIRECTORIES=str(plain.parent))
    (series,) = json.loads(done.stdout)["series"]
    assert [point["subject"] for point in series["points"][:2]] == ["change 0", "change 1"]
    assert "no git repository" in done.stderr


def test_an_empty_ledger_and_failed_commits_alone_exit_4_and_say_so(tmp_path: Path) -> None:
    line(tmp_path, 2)
    done = greenlint(tmp_path, "history", "show", "--json")
    assert (done.returncode, done.stdout, "greenlint history run" in done.stderr) == (4, "", True)
    assert not ledger_path(tmp_path).exists()
