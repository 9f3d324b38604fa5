"""`--fix` never damages a file: not one that changes meanwhile, not its formatting, owner, strings or permissions."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shell import greenlint, without_root

from greenlint.config.schema import Config
from greenlint.linter.fixer import fix_project
from greenlint.linter.runner import CheckOptions
from greenlint.model.finding import Effect, EffectClass, Finding
from greenlint.rules.base import Applicability, FileRule
from greenlint.rules.registry import all_rules

WASTE = "def f(p):\n    return p\n    print(p)\n"
CLEAN = "def f(p):\n    return p\n"


def run(*arguments: str, cwd: Path, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the real command with the rule that deletes unreachable code."""
    return greenlint("check", "--select", "GL107", *arguments, ".", cwd=cwd, before=before, COLUMNS="200")


def small_files_only() -> None:
    """Stand in for a full disk: a file of this process cannot grow beyond 1 KiB."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"def f(p):\r\n\treturn p\r\n\tprint(p)\r\n", b"def f(p):\r\n\treturn p\r\n"),
        (b"def f(p):\r    return p\r    print(p)\r", b"def f(p):\r    return p\r"),
        (b"\xef\xbb\xbfdef f(p):\n    return p\n    print(p)\n", b"\xef\xbb\xbfdef f(p):\n    return p\n"),
        (b"def f(p):\n    return p\n    print(p)", b"def f(p):\n    return p\n"),
        (b"def f(p):\n    return p; print(p)  # why\n", b"def f(p):\n    return p  # why\n"),
        ("s = 'é😀'\ndef f(p):\n    return p\n    print('é')\n".encode(), "s = 'é😀'\ndef f(p):\n    return p\n".encode()),
        (b"# coding: latin-1\ndef f(p):\n    return '\xe9'\n    print(p)\n", None),
    ],
    ids=["CRLF and tabs", "CR", "byte order mark", "no newline at the end", "comment", "not ASCII", "latin-1"],
)
def test_the_rest_of_the_bytes_stays_as_it_was_and_a_second_fix_changes_nothing(
    tmp_path: Path, before: bytes, after: bytes | None
) -> None:
    (tmp_path / "a.py").write_bytes(before)
    for _ in range(2):
        run("--fix", cwd=tmp_path)
        assert (tmp_path / "a.py").read_bytes() == (before if after is None else after)


@pytest.mark.parametrize("indent", ["", "    ", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_branch_that_is_kept_keeps_its_comments_and_the_contents_of_long_strings(
    tmp_path: Path, indent: str, newline: str
) -> None:
    lines = [
        "def f(a):" if indent else "a = 1",
        "@if False:",
        "@    a = 0",
        "@else:",
        "@    # before",
        "@    a = '''x",
        "  left",
        "            ",
        "@        right'''  # behind",
        "@    print(a)",
        "",
    ]
    (tmp_path / "a.py").write_bytes(newline.join(lines).replace("@", indent).encode())
    done = run("--fix", "--unsafe-fixes", cwd=tmp_path)
    after = (tmp_path / "a.py").read_bytes().decode()
    expected = [lines[0], "@# before", "@a = '''x", "  left", "            ", "@        right'''  # behind", "@print(a)", ""]
    assert after == newline.join(expected).replace("@", indent)
    assert done.returncode == 0
    assert "Fixed 1 finding; none left" in done.stdout


def test_comments_at_the_end_of_a_kept_branch_survive(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f():\n    if True:\n        a()\n        # after a\n    else:\n        b()\n")
    run("--fix", "--unsafe-fixes", cwd=tmp_path)
    assert (tmp_path / "a.py").read_text() == "def f():\n    a()\n    # after a\n"


class Meddled(FileRule):
    """Reports the last line of a file, with a fix that deletes it, while somebody puts lines at the top of that file."""

    code = "GL100"
    name = "meddled"
    effect = Effect(EffectClass.CONSTANT, "", "none")
    confidence = 90
    times = 1

    def check(self, node: ast.Delete, module: object) -> Iterator[Finding]:
        path = Path(str(self.option["root"])) / module.path  # type: ignore[attr-defined]
        if type(self).times:
            type(self).times -= 1
            path.write_bytes(b"new = 1\n" + path.read_bytes())
        fix = self.replace(node, "pass", module, "Put pass", Applicability.SAFE)  # type: ignore[arg-type]
        yield self.finding(node, module, "del", fix=fix)  # type: ignore[arg-type]


def meddled(root: Path, times: int) -> Meddled:
    rule = Meddled()
    rule.option = {"root": str(root)}
    Meddled.times = times
    return rule


def test_a_file_that_an_editor_saves_during_the_lint_is_linted_again_and_fixed_in_the_right_place(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\ny = 2\ndel x\n")
    options = CheckOptions(use_cache=False, rules=(meddled(tmp_path, 1),))
    result, changed = fix_project([str(tmp_path)], Config(root=str(tmp_path)), options, unsafe=False, write=True)
    assert (tmp_path / "a.py").read_text() == "new = 1\nx = 1\ny = 2\npass\n"
    assert (result.fixed, len(changed), result.errors) == (1, 1, ())


def test_a_file_that_never_stands_still_is_an_error_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("del x\n")
    (tmp_path / "b.py").write_text(WASTE)
    options = CheckOptions(use_cache=False, rules=(meddled(tmp_path, 1000), all_rules()["GL107"]()))
    result, _ = fix_project([str(tmp_path)], Config(root=str(tmp_path)), options, unsafe=False, write=True)
    assert [(error.path, error.message) for error in result.errors] == [
        ("a.py", "not fixed: it changes all the time; try again")
    ]
    text = (tmp_path / "a.py").read_text()
    assert text.replace("new = 1\n", "") == "del x\n"
    assert (tmp_path / "b.py").read_text() == CLEAN


def test_two_fixes_at_once_leave_what_one_leaves(tmp_path: Path) -> None:
    text = "".join(f"def f{n}(p):\n    return p\n    print({n})\n\n\n" for n in range(50))
    for number in range(20):
        (tmp_path / f"m{number}.py").write_text(text)
    command = [sys.executable, "-m", "greenlint", "check", "--select", "GL107", "--fix", "."]
    both = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(3)]
    for process in both:
        _, said = process.communicate()
        assert (process.returncode, said) == (0, b"")
    left = {path.read_text() for path in tmp_path.glob("*.py")}
    assert left == {"".join(f"def f{n}(p):\n    return p\n\n\n" for n in range(50))}
    assert not list(tmp_path.glob(".greenlint-*"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="capabilities are a Linux matter")
def test_files_that_may_not_be_written_are_named_and_the_others_fixed(tmp_path: Path) -> None:
    for name in ("a.py", "locked/b.py", "c.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(WASTE)
    (tmp_path / "c.py").chmod(0o444)
    (tmp_path / "locked").chmod(0o555)
    done = run("--fix", cwd=tmp_path, before=without_root)
    (tmp_path / "locked").chmod(0o755)
    assert done.returncode == 2
    assert sorted(done.stderr.splitlines()) == [
        "greenlint: error: c.py: cannot be fixed: Permission denied",
        "greenlint: error: locked/b.py: cannot be fixed: Permission denied",
    ]
    assert [(tmp_path / name).read_text() for name in ("a.py", "locked/b.py", "c.py")] == [CLEAN, WASTE, WASTE]


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are a POSIX matter")
def test_a_disk_without_room_costs_one_line_and_no_byte(tmp_path: Path) -> None:
    large = WASTE + "x = 1\n" * 1000
    (tmp_path / "large.py").write_text(large)
    (tmp_path / "small.py").write_text(WASTE)
    done = run("--fix", cwd=tmp_path, before=small_files_only)
    assert (done.returncode, done.stderr) == (2, "greenlint: error: large.py: cannot be fixed: File too large\n")
    assert (tmp_path / "large.py").read_text() == large
    assert (tmp_path / "small.py").read_text() == CLEAN
    assert sorted(path.name for path in tmp_path.iterdir()) == ["large.py", "small.py"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give files away")
def test_a_fix_by_root_leaves_the_file_to_its_owner(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(WASTE)
    os.chown(tmp_path / "a.py", 12345, 54321)
    (tmp_path / "a.py").chmod(0o664)
    run("--fix", cwd=tmp_path)
    info = (tmp_path / "a.py").stat()
    assert (tmp_path / "a.py").read_text() == CLEAN
    assert (info.st_uid, info.st_gid, info.st_mode & 0o777) == (12345, 54321, 0o664)


def test_a_symbolic_link_stays_one_and_its_target_is_fixed(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "real.py").write_text(WASTE)
    (tmp_path / "link.py").symlink_to("inner/real.py")
    subprocess.run([sys.executable, "-m", "greenlint", "check", "--fix", "link.py"], cwd=tmp_path, check=False)
    assert (tmp_path / "link.py").is_symlink()
    assert (tmp_path / "inner" / "real.py").read_text() == CLEAN


@pytest.mark.parametrize(
    "text", [WASTE, WASTE.replace("\n", "\r\n"), WASTE.replace("    print", "\x0c\n    print"), WASTE[:-1]]
)
def test_a_diff_is_a_patch_that_does_what_fix_does(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.py").write_bytes(text.encode())
    first = run("--diff", cwd=tmp_path).stdout
    assert first == run("--diff", cwd=tmp_path).stdout
    raw = subprocess.run(
        [sys.executable, "-m", "greenlint", "check", "--diff", "."], cwd=tmp_path, capture_output=True, check=False
    ).stdout
    assert (tmp_path / "a.py").read_bytes() == text.encode()
    subprocess.run(["git", "apply", "--unsafe-paths"], cwd=tmp_path, input=raw, check=True)
    patched = (tmp_path / "a.py").read_bytes()
    (tmp_path / "a.py").write_bytes(text.encode())
    run("--fix", cwd=tmp_path)
    assert (tmp_path / "a.py").read_bytes() == patched != text.encode()
