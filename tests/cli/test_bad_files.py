"""Files that cannot be read, linted or written: one line that names each, and everything else is done."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from cli_lab import WASTE, found_the_rest, greenlint, one_line, without_privileges

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="privileges are given up as Linux does it")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "good.py").write_text(WASTE)
    return tmp_path


def locked(path: Path) -> Path:
    """`path`, a file or a folder with waste in it, that nobody may read."""
    if path.suffix == ".py":
        path.write_text(WASTE)
    else:
        path.mkdir()
        (path / "inner.py").write_text(WASTE)
    path.chmod(0)
    return path


@pytest.mark.parametrize("name", ["secret.py", "secret"])
@pytest.mark.parametrize(
    "arguments", [["."], ["check", "--jobs", "2", "."], ["{}", "good.py"], ["check", "-q", "{}", "good.py"]]
)
def test_what_cannot_be_read_is_named_and_the_rest_is_linted(project: Path, name: str, arguments: list[str]) -> None:
    secret = locked(project / name)
    result = greenlint(*(item.format(name) for item in arguments), cwd=project, before=without_privileges)
    secret.chmod(0o755)
    assert one_line(result) == f"greenlint: error: {name}: cannot be read: Permission denied"
    assert result.returncode == 2
    found_the_rest(result)


@pytest.mark.parametrize("options", [["--baseline", "secret.py"], ["--config", "secret.py"]], ids=" ".join)
def test_an_unreadable_baseline_or_configuration_is_named(project: Path, options: list[str]) -> None:
    locked(project / "secret.py")
    result = greenlint("check", *options, ".", cwd=project, before=without_privileges)
    assert one_line(result).endswith("secret.py: cannot be read: Permission denied")
    assert result.returncode == 2


def test_a_file_below_the_current_folder_is_named_as_seen_from_there(project: Path) -> None:
    (project / "sub").mkdir()
    (project / "sub" / "good.py").write_text(WASTE)
    locked(project / "sub" / "secret.py")
    result = greenlint(".", cwd=project / "sub", before=without_privileges)
    assert one_line(result) == "greenlint: error: secret.py: cannot be read: Permission denied"
    found_the_rest(result)


VANISH = """
import os, sys
from greenlint import __main__
from greenlint.source import discover
find = discover.Finder.find
def find_and_lose(self, paths):
    found = find(self, paths)
    for name in ("gone.py", "gone.png"):
        if os.path.exists(name):
            os.unlink(name)
    return found
discover.Finder.find = find_and_lose
sys.argv[1:] = ["."]
__main__.main()
"""


def test_a_file_deleted_while_running_is_a_note_and_no_error(project: Path) -> None:
    (project / "gone.py").write_text(WASTE)
    result = subprocess.run([sys.executable, "-c", VANISH], cwd=project, capture_output=True, check=False, timeout=60)
    assert one_line(result) == "greenlint: note: gone.py: deleted while greenlint was running"
    assert result.returncode == 1
    found_the_rest(result)


def png(width: int, height: int, stream: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", stream) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "say"),
    [
        (png(100, 100, zlib.compress(bytes(30_100)))[:60], "truncated PNG"),
        (b"", "empty file"),
        (b"GIF89a" + bytes(2000), "not a PNG"),
    ],
    ids=["truncated", "empty", "other kind"],
)
def test_a_broken_picture_is_one_line_and_the_rest_is_repaired(project: Path, data: bytes, say: str) -> None:
    (project / "picture.png").write_bytes(data)
    result = greenlint("check", "--fix", "--select", "GLA,GL107", ".", cwd=project)
    line = one_line(result)
    assert line.startswith("greenlint: note: picture.png: ")
    assert say in line
    assert b"Fixed 1 finding" in result.stdout
    assert result.returncode == 0
    assert (project / "picture.png").read_bytes() == data


def little_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))


@pytest.mark.parametrize("announced", [60_000, 16], ids=["announced", "hidden"])
def test_a_decompression_bomb_takes_no_memory_and_is_left_as_it_is(project: Path, announced: int) -> None:
    data = png(announced, announced, zlib.compress(bytes(400_000_000), 1))
    (project / "bomb.png").write_bytes(data)
    result = greenlint("check", "--unsafe-fixes", "--fix", ".", cwd=project, before=little_memory)
    assert one_line(result).startswith("greenlint: note: bomb.png: ")
    assert b"Fixed 1 finding" in result.stdout
    assert result.returncode == 0
    assert (project / "bomb.png").read_bytes() == data


ODD_NAMES = ["new\nline.py", "sur\udcff.py", "tab\t\x1b[31m.py", "quote'\".py", " space .py", "ünï.py", "-dash.py"]


@pytest.mark.parametrize("with_git", [False, True], ids=["walk", "git"])
def test_any_file_name_can_be_linted_reported_cached_and_repaired(project: Path, with_git: bool) -> None:
    if with_git:
        subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    (project / "large.py").write_text("x = 1\n" * 60_000)
    for name in ODD_NAMES:
        (project / name).write_text(WASTE)
    time.sleep(2.1)  # so that their time stamps are believed
    for _ in range(2):  # the second time from the cache
        result = greenlint("check", "--output-format", "json", ".", cwd=project)
        assert result.stderr == b""
        paths = {finding["path"] for finding in json.loads(result.stdout)["findings"]}
        assert {"new\nline.py", "ünï.py", "-dash.py", " space .py"} <= paths
        assert len(paths) == len(ODD_NAMES) + 1
    for name in ("text", "concise", "sarif", "github", "gitlab", "junit"):
        result = greenlint("check", "--output-format", name, ".", cwd=project)
        assert (result.stderr, result.returncode) == (b"", 1)
        assert b"\x1b" not in result.stdout
    assert greenlint("check", "--write-baseline", ".", cwd=project).returncode == 0
    assert greenlint("check", "--baseline", "greenlint-baseline.json", ".", cwd=project).returncode == 0
    patch = greenlint("check", "--diff", ".", cwd=project).stdout
    subprocess.run(["git", "apply", "--check", "-"], cwd=project, input=patch, check=True)
    subprocess.run(["git", "apply", "-"], cwd=project, input=patch, check=True)
    assert greenlint(".", cwd=project).returncode == 0
    for name in ODD_NAMES:
        (project / name).write_text(WASTE)
    assert greenlint("check", "--fix", ".", cwd=project).returncode == 0
    assert greenlint("no\nsuch\x1b.py", cwd=project).stderr == b"greenlint: error: no such\\x1b.py: no such file or folder\n"


SPECIAL = {
    "a byte order mark": b"\xef\xbb\xbf" + WASTE.encode(),
    "Windows line ends": WASTE.replace("\n", "\r\n").encode(),
    "Macintosh line ends": WASTE.replace("\n", "\r").encode(),
    "mixed line ends": b"def f(handle):\r\n    return\n    handle.close()\r",
    "tabs": WASTE.replace("    ", "\t").encode(),
    "a form feed": WASTE.replace("def", "\x0cdef", 1).encode(),
    "no line end at the end": WASTE.rstrip("\n").encode(),
    "a line separator in a string": WASTE.replace("return\n", "return '\u2028\x85'\n").encode(),
}


@pytest.mark.parametrize("kind", SPECIAL)
def test_a_file_of_any_layout_is_repaired_and_the_patch_says_the_same(project: Path, kind: str) -> None:
    path = project / "odd.py"
    path.write_bytes(SPECIAL[kind])
    path.chmod(0o640)
    patch = greenlint("check", "--diff", "odd.py", cwd=project)
    assert path.read_bytes() == SPECIAL[kind]
    assert patch.stdout == greenlint("check", "--diff", "odd.py", cwd=project).stdout
    (project / "copy").mkdir()
    (project / "copy" / "odd.py").write_bytes(SPECIAL[kind])
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=project / "copy", input=patch.stdout, check=True)
    result = greenlint("check", "--fix", "odd.py", cwd=project)
    assert (result.returncode, result.stderr) == (0, b"")
    repaired = path.read_bytes()
    assert b"handle.close" not in repaired
    assert SPECIAL[kind].startswith(repaired.rstrip())
    assert (project / "copy" / "odd.py").read_bytes() == repaired
    assert path.stat().st_mode & 0o777 == 0o640
    greenlint("check", "--fix", "odd.py", cwd=project)
    assert path.read_bytes() == repaired


def test_a_cookie_that_does_not_fit_has_a_place(project: Path) -> None:
    (project / "cookie.py").write_bytes(b"# -*- coding: ascii -*-\nx = '\xc3\xa9'\n")
    result = greenlint("check", "--output-format", "concise", ".", cwd=project)
    assert b"cookie.py:1:1: GL900 not valid Python" in result.stdout
    assert result.returncode == 1


@pytest.mark.parametrize("with_git", [False, True], ids=["walk", "git"])
def test_pipes_and_folders_that_are_called_like_files_are_no_trap(project: Path, with_git: bool) -> None:
    if with_git:
        subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    for name in ("pipe.py", "pipe.png", "pipe.json", "pipe.toml"):
        os.mkfifo(project / name)
    (project / "folder.py").mkdir()
    (project / "folder.py" / "inner.py").write_text(WASTE)
    (project / "folder.png").mkdir()
    result = greenlint(".", cwd=project)
    assert result.stderr == b""
    assert b"folder.py/inner.py:3:5" in result.stdout
    found_the_rest(result)
    result = greenlint("pipe.py", "folder.py", "good.py", cwd=project)
    assert one_line(result) == "greenlint: error: pipe.py: is neither a file nor a folder"
    assert result.returncode == 2
    assert b"folder.py/inner.py:3:5" in result.stdout
    found_the_rest(result)


def test_a_read_only_file_is_not_repaired_and_the_others_are(project: Path) -> None:
    fixed = project / "good.py"
    kept = project / "kept.py"
    kept.write_text(WASTE)
    kept.chmod(0o444)
    closed = project / "closed"
    closed.mkdir()
    (closed / "x.py").write_text(WASTE)
    ahead = time.time() + 60  # as from a file server whose clock runs ahead: such a file is left to the second round
    os.utime(closed / "x.py", (ahead, ahead))
    closed.chmod(0o555)
    result = greenlint("check", "--fix", ".", cwd=project, before=without_privileges)
    closed.chmod(0o755)
    assert result.stderr.splitlines() == [
        b"greenlint: error: closed/x.py: cannot be fixed: Permission denied",
        b"greenlint: error: kept.py: cannot be fixed: Permission denied",
    ]
    assert result.returncode == 2
    assert (kept.read_text(), (closed / "x.py").read_text()) == (WASTE, WASTE)
    assert fixed.read_text() == "def f(handle):\n    return\n"
    assert sorted(os.listdir(project)) == ["closed", "good.py", "kept.py", "pyproject.toml"]


def test_two_repairs_at_once_repair_every_file_once(project: Path) -> None:
    names = [f"m{number}.py" for number in range(60)]
    for name in names:
        (project / name).write_text(WASTE * 3)
    command = [sys.executable, "-m", "greenlint", "check", "--fix", "."]
    both = [subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b""), out
    assert {(project / name).read_text() for name in names} == {"def f(handle):\n    return\n" * 3}
    assert list(project.glob(".greenlint-*")) == []


def test_a_project_that_nobody_may_write_to_is_linted_measured_and_tested(project: Path) -> None:
    (project / "large.py").write_text("x = 1\n" * 60_000)
    (project / "test_a.py").write_text("def test_a(): pass\n")
    (project / ".greenlint").mkdir(mode=0o555)
    project.chmod(0o555)
    result = greenlint(".", cwd=project, before=without_privileges)
    assert (result.returncode, result.stderr) == (1, b"")
    found_the_rest(result)
    result = greenlint("measure", "--", "true", cwd=project, before=without_privileges)
    assert result.returncode == 0
    assert b"greenlint: note: not recorded: " in result.stderr
    assert b"Permission denied" in result.stderr.splitlines()[0]
    project.chmod(0o755)


def test_a_corrupt_cache_is_no_matter(project: Path) -> None:
    (project / "large.py").write_text("x = 1\n" * 60_000)
    time.sleep(2.1)  # so that its time stamps are believed
    first = greenlint("check", ".", cwd=project).stdout
    cache = project / ".greenlint" / "cache.sqlite"
    good = cache.read_bytes()
    for bad in (b"", b"text", good[:5000], good[:4096] + b"x" * 4000, good[:100] + bytes(len(good) - 100)):
        cache.write_bytes(bad)
        result = greenlint("check", ".", cwd=project)
        assert (result.stdout, result.stderr, result.returncode) == (first, b"", 1)
