"""The walk without git leaves out the same files as git does."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenlint.source.discover import Finder

_NAMES = st.sampled_from(["a", "b", "ab", "x.py", "y.py", "a.b"])
_PARTS = st.sampled_from(["a", "b", "*", "?", "*.py", "[ab]", "[!a]", "**", "x.py", "a*"])
_LINES = st.builds(
    lambda negated, anchored, parts, folder: ("!" if negated else "") + ("/" if anchored else "") + "/".join(parts) + folder,
    st.booleans(),
    st.booleans(),
    st.lists(_PARTS, min_size=1, max_size=3),
    st.sampled_from(["", "/"]),
)


def _ours(root: Path, files: list[str]) -> set[str]:
    finder = Finder(str(root), (), ("",))
    return {file.path for file in finder._walk(str(root))} & set(files)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the oracle of this test")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    lines=st.lists(_LINES, max_size=4),
    inner=st.lists(_LINES, max_size=2),
    paths=st.lists(st.lists(_NAMES, min_size=1, max_size=3), min_size=1, max_size=8),
)
def test_the_same_files_as_git(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], inner: list[str], paths: list[list[str]]
) -> None:
    root = tmp_path_factory.mktemp("tree")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    files = []
    for path in paths:
        target = root.joinpath(*path)
        if any(parent.is_file() for parent in target.parents) or target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("")
        files.append("/".join(path))
    (root / ".gitignore").write_text("\n".join(lines) + "\n")
    if (root / "a").is_dir():
        (root / "a" / ".gitignore").write_text("\n".join(inner) + "\n")
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--others", "--exclude-standard"], check=True, capture_output=True, text=True
    ).stdout.split("\0")
    assert _ours(root, files) == {file for file in files if file in listed}


@pytest.mark.parametrize("with_git", sorted({shutil.which("git") is not None, False}))
def test_an_ignored_folder_is_left_out_unless_it_is_named(tmp_path: Path, with_git: bool) -> None:
    if with_git:
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("build/\n")
    for name in ("build/sub/made.py", "build/made.py", "kept.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    def found(folder: str) -> list[str]:
        return [file.path for file in Finder(str(tmp_path), (), (".py",)).find([str(tmp_path / folder)])]

    assert found(".") == ["kept.py"]
    assert found("build") == ["build/made.py", "build/sub/made.py"]
    assert found("build/sub") == ["build/sub/made.py"]
