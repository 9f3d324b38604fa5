"""SPEC.toml: what it can say, and how it is told what is wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from greenlint.bench.arguments import read_implementations
from greenlint.bench.languages import guess_language
from greenlint.bench.spec_file import read_spec
from greenlint.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.conftest import Done

GOOD = """\
[compare]
name = "numbers"
baseline = "b"
seed = 7
rounds = 6
warmup = 1
timeout_s = 12.5

[problem]
mode = "numeric"
rtol = 1e-6

[[implementation]]
id = "a"
language = "rust"
build = ["{python}", "make.py", "{out}"]
run = ["{python}", "{out}"]
env = { SIZE = "10" }

[[implementation]]
id = "b"
run = ["{python}", "b.py"]
cwd = "sub"
"""


@pytest.fixture
def spec(tmp_path: Path) -> Callable[[str], str]:
    (tmp_path / "sub").mkdir()

    def write(text: str) -> str:
        path = tmp_path / "compare.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_spec_becomes_a_plan(spec: Callable[[str], str], tmp_path: Path) -> None:
    plan = read_spec(spec(GOOD))
    a, b = plan.implementations
    assert (plan.name, plan.baseline, plan.seed, plan.rounds, plan.warmup, plan.timeout_s) == ("numbers", "b", 7, 6, 1, 12.5)
    assert (plan.expectation.mode, plan.expectation.rtol, plan.expectation.file) == ("numeric", 1e-6, None)
    assert (a.language, a.build, a.env, a.cwd) == ("rust", ("{python}", "make.py", "{out}"), {"SIZE": "10"}, str(tmp_path))
    assert (b.language, b.run, b.cwd) == ("python", ("{python}", "b.py"), str(tmp_path / "sub"))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("rounds = 6", "round = 6", 5, "unknown key 'round' in [compare] (did you mean 'rounds'?)"),
        ('id = "b"', 'id = "b"\nlang = "c"', 22, "unknown key 'lang' in [implementation] (did you mean 'language'?)"),
        ("[problem]", "[problems]", 9, "unknown key 'problems' (did you mean 'problem'?)"),
        ("rounds = 6", "rounds = 4", 5, "'rounds' must be a whole number of at least 5, not 4"),
        ("rounds = 6", 'rounds = "6"', 5, "'rounds' must be a whole number of at least 5, not '6'"),
        ("timeout_s = 12.5", "timeout_s = 0", 7, "a timeout of 0 s lets no program run"),
        ('mode = "numeric"', 'mode = "number"', 10, "unknown mode 'number' (did you mean 'numeric'?)"),
        ('run = ["{python}", "b.py"]', 'run = "python b.py"', 22, "'run' must be a list of strings, not 'python b.py'"),
        ('run = ["{python}", "b.py"]', 'run = ["{outt}"]', 22, "unknown placeholder '{outt}' (did you mean 'out'?)"),
        ('run = ["{python}", "b.py"]', "", 20, "this [[implementation]] has no 'run'"),
        ('id = "b"', 'id = "a"', 3, "two implementations are named 'a' (give each a name of its own)"),
        ('id = "b"', 'id = "b c"', 21, "'b c' is no name"),
        ('baseline = "b"', 'baseline = "bb"', 3, "the baseline 'bb' is no implementation (did you mean 'b'?)"),
        ('cwd = "sub"', 'cwd = "sup"', 23, "does not exist"),
        ("rtol = 1e-6", 'expect = "gone.txt"', 11, "gone.txt does not exist"),
        ('env = { SIZE = "10" }', "env = { SIZE = 10 }", 18, "environment variables are strings"),
        ("seed = 7", "seed = ", 4, "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_with_line_key_and_remedy(
    spec: Callable[[str], str], old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    path = spec(GOOD.replace(old, new, 1))
    with pytest.raises(ConfigError) as caught:
        read_spec(path)
    assert words in str(caught.value)
    place = f"{path}:{line}:" if "TOML" not in words else f"at line {line}"
    assert place in str(caught.value)


def test_a_spec_with_one_implementation_is_refused(spec: Callable[[str], str]) -> None:
    with pytest.raises(ConfigError, match="a comparison needs two implementations, 1 given"):
        read_spec(spec('[[implementation]]\nid = "a"\nrun = ["a"]\n'))


def test_single_brackets_are_explained(spec: Callable[[str], str]) -> None:
    with pytest.raises(ConfigError, match=r"\[\[implementation\]\] tables, with two brackets"):
        read_spec(spec('[implementation]\nid = "a"\nrun = ["a"]\n'))


def test_bytes_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(ConfigError, match=r"x\.toml: is not UTF-8 \(byte 8\)"):
        read_spec(str(tmp_path / "x.toml"))


def test_the_same_error_from_the_command_line_is_one_line_and_exit_2(
    compare: Callable[..., Done], spec: Callable[[str], str]
) -> None:
    done = compare(spec(GOOD.replace("rounds = 6", "round = 6")))
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert "compare.toml:5: unknown key 'round'" in done.err


def test_a_build_step_is_run_once_and_recorded_apart(
    compare: Callable[..., Done], spec: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "make.py").write_text(
        "import sys\nopen('built', 'a').write('x')\nopen(sys.argv[1], 'w').write('import os; print(os.environ[\"SIZE\"])')\n"
    )
    (tmp_path / "sub" / "b.py").write_text("print(10.5)")
    done = compare(spec(GOOD.replace("warmup = 1", "")), "--json", rounds=None)
    assert done.status("a") == ("wrong-output", "line 1: expected '10.5', got '10'")
    (tmp_path / "built").unlink()
    (tmp_path / "sub" / "b.py").write_text("print(10)")
    done = compare(spec(GOOD), "--json", rounds=None)
    assert done.code == 0, done.out
    assert (tmp_path / "built").read_text() == "x"
    a = next(i for i in done.json["implementations"] if i["name"] == "a")
    assert a["build"]["status"] == "ok"
    assert a["build"]["size_bytes"] > 10
    assert len(a["rounds"]) == 6
    assert len(a["uncounted"]) == 2


def test_a_failed_build_excludes_with_what_the_compiler_said(
    compare: Callable[..., Done], spec: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "make.py").write_text("import sys\nsys.exit('error: 3 is not a type')\n")
    (tmp_path / "sub" / "b.py").write_text("print(10)")
    done = compare(spec(GOOD), "--json", rounds=None)
    assert done.code == 1
    status, reason = done.status("a")
    assert status == "build-failed"
    assert reason.endswith("exit code 1: error: 3 is not a type")


def test_a_build_that_makes_nothing_is_a_failed_build(
    compare: Callable[..., Done], spec: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "make.py").write_text("")
    (tmp_path / "sub" / "b.py").write_text("print(10)")
    status, reason = compare(spec(GOOD), "--json", rounds=None).status("a")
    assert status == "build-failed"
    assert reason.endswith("made no {out}")


def test_a_missing_compiler_is_not_found_not_a_failure(
    compare: Callable[..., Done], spec: Callable[[str], str], tmp_path: Path
) -> None:
    (tmp_path / "sub" / "b.py").write_text("print(10)")
    done = compare(spec(GOOD.replace('build = ["{python}"', 'build = ["no-such-compiler"')), "--json", rounds=None)
    assert done.status("a") == ("not-found", "its build needs no-such-compiler, which is not on PATH")
    assert done.code == 4


def test_options_stand_above_the_spec(compare: Callable[..., Done], spec: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "make.py").write_text("import sys\nopen(sys.argv[1], 'w').write('print(1)')\n")
    (tmp_path / "sub" / "b.py").write_text("print(1)")
    done = compare(spec(GOOD), "--seed", "9", "--baseline", "a", "--language", "b=pypy", "--json", rounds=5)
    assert (done.json["plan"]["seed"], done.json["baseline"], done.json["rounds"]) == (9, "a", 5)
    assert [i["language"] for i in done.json["implementations"]] == ["rust", "pypy"]


@pytest.mark.parametrize(
    ("argv", "language"),
    [
        (["python3.13", "x.py"], "python"),
        (["/usr/bin/python3", "x.py"], "python"),
        (["{python}", "x.py"], "python"),
        (["pypy3", "x.py"], "python"),
        (["node", "x.js"], "javascript"),
        (["env", "A=1", "-i", "ruby3.2", "x.rb"], "ruby"),
        (["C:\\Python\\python.exe", "x.py"], "python"),
        (["./a.out"], "unknown"),
        (["env"], "unknown"),
    ],
)
def test_the_language_is_guessed_from_the_executable(argv: list[str], language: str) -> None:
    assert guess_language(argv) == language


def test_a_command_is_split_without_a_shell() -> None:
    (found,) = read_implementations(["x=prog 'a b' $HOME *"], {})
    assert found.run == ("prog", "a b", "$HOME", "*")
    assert sys.executable not in found.run
