"""Which commits are meant: along first parents, thinned out, tagged; what each of them changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from history_lab import commit, git, line

from greenlint.errors import GreenlintError
from greenlint.history.commits import changed_in, is_ancestor, line_of, list_commits, read_range, tagged, thin

if TYPE_CHECKING:
    from pathlib import Path


def test_a_range_ends_with_its_last_commit_and_begins_behind_its_first(tmp_path: Path) -> None:
    shas = line(tmp_path, 6)
    assert [one.sha for one in list_commits(str(tmp_path), *read_range(str(tmp_path), f"{shas[1]}..{shas[4]}"))] == shas[2:5]
    assert [one.sha for one in list_commits(str(tmp_path), *read_range(str(tmp_path), "HEAD~2"))] == [shas[3]]
    assert [one.sha for one in list_commits(str(tmp_path), *read_range(str(tmp_path), "HEAD~2.."))] == shas[4:]
    with pytest.raises(GreenlintError, match="is no range"):
        read_range(str(tmp_path), "a...b")


def test_a_merge_is_one_commit_of_the_line_and_its_branch_is_not(tmp_path: Path) -> None:
    line(tmp_path, 2)
    git(tmp_path, "checkout", "-q", "-b", "topic")
    commit(tmp_path, "on a branch", {"branch": "1"})
    git(tmp_path, "checkout", "-q", "main")
    commit(tmp_path, "on main", {"main": "1"})
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "merge", "topic")
    found = line_of(str(tmp_path), "HEAD")
    assert [one.subject for one in found] == ["change 0", "change 1", "on main", "merge"]
    assert len(found[-1].parents) == 2
    assert changed_in(str(tmp_path), found[-1]) == ["branch"]
    assert changed_in(str(tmp_path), found[0]) == ["file"]
    assert is_ancestor(str(tmp_path), found[0].sha, found[-1].sha)
    assert not is_ancestor(str(tmp_path), found[-1].sha, found[0].sha)


def test_thinning_keeps_the_newest_and_tags_of_both_kinds_count(tmp_path: Path) -> None:
    shas = line(tmp_path, 10)
    found = line_of(str(tmp_path), "HEAD")
    assert [one.sha for one in thin(found, 4)] == [shas[1], shas[5], shas[9]]
    git(tmp_path, "tag", "light", shas[2])
    git(tmp_path, "tag", "-a", "-m", "annotated", "heavy", shas[7])
    assert [one.sha for one in tagged(str(tmp_path), found)] == [shas[2], shas[7]]


def test_subjects_with_odd_characters_do_not_tear_the_list(tmp_path: Path) -> None:
    line(tmp_path, 1)
    subject = "tab\there, separators\x85\x0b\x1c and \x1b[31m red"
    commit(tmp_path, subject, {"x": "1"})
    commit(tmp_path, "last", {"x": "2"})
    assert [one.subject for one in line_of(str(tmp_path), "HEAD")][1:] == [subject, "last"]
