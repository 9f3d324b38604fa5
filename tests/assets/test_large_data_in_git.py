"""GLA111 in real git repositories."""

from __future__ import annotations

import zlib

import pytest

CSV = "\n".join(f"{i},2024-01-{i % 28 + 1:02},{i * 7919 % 1000},customer {i % 97}" for i in range(40_000)).encode()


@pytest.fixture
def repository(project):
    """A project under git."""
    project.git("init", "-q")
    return project


def test_a_large_tracked_file_is_reported_with_what_a_clone_transfers(repository):
    repository.write("data/orders.csv", CSV)
    repository.git("add", "-A")
    (finding,) = repository.check().findings
    assert (finding.code, finding.path) == ("GLA111", "data/orders.csv")
    assert finding.effect.bytes_saved == len(zlib.compress(CSV, 6))
    assert finding.effect.bytes_saved < len(CSV)
    assert "every clone" in finding.message


def test_the_transfer_is_the_size_of_the_pack_that_git_makes_for_a_clone(repository):
    repository.write("orders.csv", CSV)
    repository.git("add", "-A")
    repository.git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "data")
    (finding,) = repository.check().findings
    repository.git("repack", "-a", "-d", "-F", "-q")
    (pack,) = (repository.root / ".git" / "objects" / "pack").glob("*.pack")
    assert finding.effect.bytes_saved == pytest.approx(pack.stat().st_size, rel=0.01)


def test_an_untracked_file_is_nobodys_transfer(repository):
    repository.write("orders.csv", CSV)
    assert repository.codes() == []


def test_without_git_nothing_is_claimed(project):
    project.write("orders.csv", CSV)
    assert project.codes() == []


def test_a_file_in_lfs_is_a_pointer_in_git(repository):
    repository.write(".gitattributes", "*.csv filter=lfs diff=lfs merge=lfs -text\n")
    repository.write("orders.csv", CSV)
    repository.git("-c", "filter.lfs.clean=cat", "-c", "filter.lfs.required=false", "add", "-A")
    assert repository.codes() == []


def test_lock_files_and_small_files_are_silent(repository):
    repository.write("package-lock.json", CSV)
    repository.write("small.csv", CSV[:900_000])
    repository.git("add", "-A")
    assert repository.codes() == []


def test_inputs_of_tests_are_shown_only_on_request(repository):
    repository.write("tests/data/orders.csv", CSV)
    repository.git("add", "-A")
    assert repository.codes() == []
    assert repository.codes(min_confidence=40) == [("tests/data/orders.csv", "GLA111")]


def test_of_a_very_large_file_a_part_is_tried_and_the_figure_says_so(repository):
    repository.write("big.log", (CSV * 20)[: 20 << 20])
    repository.git("add", "-A")
    (finding,) = repository.check().findings
    assert "about" in finding.message
    assert finding.effect.bytes_saved is None
    assert finding.effect.evidence == "deflated in part"


def test_the_limit_can_be_set(repository):
    repository.write("small.csv", CSV[:50_000])
    repository.git("add", "-A")
    assert not repository.check().findings
    assert repository.check(GLA111={"max-bytes": 40_000}).findings
