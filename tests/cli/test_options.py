"""Every option does what its help says, together with the others, at any width, and wrong ones are refused."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cli_lab import WASTE, found_the_rest, greenlint, one_line

FIXED = "def f(handle):\n    return\n"
FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "good.py").write_text(WASTE)
    (tmp_path / "broken.py").write_text("def f(:\n")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_valid_and_the_same_in_a_file(project: Path, name: str) -> None:
    shown = greenlint("check", "--output-format", name, ".", cwd=project)
    assert (shown.returncode, shown.stderr) == (1, b"")
    text = shown.stdout.decode("utf-8")
    assert text.count("GL107") >= 1
    assert text.count("GL900") >= 1
    if name in ("json", "sarif", "gitlab"):
        json.loads(text)
    if name == "junit":
        assert ElementTree.fromstring(text).tag in ("testsuites", "testsuite")
    stored = greenlint("check", "--output-format", name, "--output-file", "report", ".", cwd=project)
    assert (stored.returncode, stored.stdout) == (1, b"")
    assert (project / "report").read_bytes() == shown.stdout
    (project / "good.py").unlink()
    (project / "broken.py").unlink()
    clean = greenlint("check", "--output-format", name, ".", cwd=project)
    assert (clean.returncode, clean.stderr) == (0, b"")


def test_the_number_of_jobs_changes_nothing_and_nonsense_is_refused(project: Path) -> None:
    for number in range(24):
        (project / f"m{number}.py").write_text(WASTE + "x = 1\n" * 3000)
    shown = {greenlint("check", "--no-cache", "--jobs", jobs, ".", cwd=project).stdout for jobs in ("0", "1", "2")}
    assert len(shown) == 1
    for jobs in ("-1", "abc", "", "1.5", "99999"):
        refused = greenlint("check", "--jobs", jobs, ".", cwd=project)
        assert refused.returncode == 2
        assert b"'--jobs'" in refused.stderr
        assert refused.stdout == b""


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--bogus"],
        ["check", "--select"],
        ["check", "--select", "GL999"],
        ["check", "--output-format", "xml"],
        ["check", "--min-confidence", "101"],
        ["check", "--min-effect", "huge"],
        ["check", "--changed-since", "nothing"],
        ["rule"],
        ["rule", "XX"],
        ["rule", "GL2"],
        ["rules", "extra"],
        ["measure"],
        ["measure", "--repeat", "0", "--", "true"],
        ["compare"],
        ["compare", "a=true"],
        ["report", "--by", "colour"],
        ["report", "--since", "yesterday"],
        ["gate", "--format", "xml"],
        ["ledger"],
        ["ledger", "bogus"],
        ["ledger", "merge"],
        ["doctor", "extra"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2_with_a_word_about_it_and_nothing_on_standard_output(project: Path, arguments: list[str]) -> None:
    refused = greenlint(*arguments, cwd=project)
    assert refused.returncode == 2
    assert refused.stdout == b""
    assert b"Traceback" not in refused.stderr
    assert refused.stderr.strip()
    assert not (project / ".greenlint").exists()


@pytest.mark.parametrize("value", ["'4 kB'", "-1", "true", "1.5", "[1]"])
def test_an_option_of_a_rule_with_a_wrong_type_is_an_error_of_the_configuration(project: Path, value: str) -> None:
    (project / "pyproject.toml").write_text(f"[tool.greenlint.rules.GLA101]\nmin-gain-bytes = {value}\n")
    refused = greenlint("check", ".", cwd=project)
    assert one_line(refused).startswith("greenlint: error: pyproject.toml:2: 'min-gain-bytes' of rule GLA101 cannot be ")
    assert refused.returncode == 2
    (project / "pyproject.toml").write_text("[tool.greenlint.rules.GLA101]\nmin-gain-bytes = 1\n")
    found_the_rest(greenlint("check", ".", cwd=project))


def test_an_empty_path_is_not_the_whole_project(project: Path) -> None:
    refused = greenlint("check", "--fix", "", cwd=project)
    assert one_line(refused).startswith("greenlint: error: one of the paths is empty")
    assert refused.returncode == 2
    assert (project / "good.py").read_text() == WASTE


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_sixty_columns_are_enough_for_every_command(project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.greenlint.budgets.suite]\nenergy = "400 J"\n')
    (project / "test_a.py").write_text("def test_a(): pass\n")
    pytest_energy = [sys.executable, "-m", "pytest", "-q", "--energy", "-p", "no:cacheprovider"]
    subprocess.run(pytest_energy, cwd=project, check=True, capture_output=True)
    commands = (
        "check --statistics .|rules|rule GL201|rule GLA101|rule GL900|doctor|gate|measure -- true|"
        "report|report --kpi|report --kpi --lang zh-CN|"
        "--help|check --help|measure --help|compare --help|report --help|gate --help|ledger --help|doctor --help"
    )
    for command in commands.split("|"):
        result = greenlint(*command.split(), cwd=project, COLUMNS="60")
        lines = (result.stdout + result.stderr).decode("utf-8").splitlines()
        assert lines, command
        wide = [line for line in lines if columns(line) > 60 and str(project) not in line and "://" not in line]
        assert wide == [], command


@pytest.mark.parametrize("code", ["GL900", "GL901", "GL902", "GL201"])
def test_json_of_any_rule_is_json(project: Path, code: str) -> None:
    described = json.loads(greenlint("rule", code, "--json", cwd=project).stdout)
    assert described["code"] == code
    assert described["summary"]


def test_counts_per_rule_follow_the_report(project: Path) -> None:
    shown = greenlint("check", "--statistics", "--quiet", "--exit-zero", ".", cwd=project)
    assert shown.returncode == 0
    assert shown.stdout.decode().splitlines()[-2:] == ["     1  GL107   unreachable-code", "     1  GL900   syntax-error"]
    assert json.loads(greenlint("check", "--statistics", "--output-format", "json", ".", cwd=project).stdout)


def test_changed_since_follows_renames_and_speaks_of_the_current_folder(project: Path) -> None:
    git(project, "init", "-q")
    (project / "sub").mkdir()
    for name in ("old.py", "gone.py", "sub/same.py", "sub/touched.py"):
        (project / name).write_text(WASTE)
    git(project, "add", ".")
    git(project, "commit", "-qm", "one")
    git(project, "mv", "old.py", "new.py")
    git(project, "rm", "-q", "gone.py")
    with (project / "sub" / "touched.py").open("a") as file:
        file.write("x = 1\n")
    (project / "sub" / "untracked.py").write_text(WASTE)
    shown = greenlint("check", "--changed-since", "HEAD", "--output-format", "concise", "..", cwd=project / "sub")
    assert [line.split(b":")[0] for line in shown.stdout.splitlines()] == [b"../new.py", b"touched.py", b"untracked.py"]
    assert greenlint("check", "--changed-since", "HEAD", "sub/same.py", cwd=project).returncode == 0
    for revision in ("nothing", "", "HEAD~7"):
        refused = greenlint("check", "--changed-since", revision, ".", cwd=project)
        assert f"git does not know the revision {revision!r}" in one_line(refused)
        assert refused.returncode == 2


def test_a_baseline_is_written_though_a_file_cannot_be_read_and_that_is_said(project: Path) -> None:
    written = greenlint("check", "--write-baseline", "nowhere.py", "good.py", cwd=project)
    assert b"greenlint: error: nowhere.py: no such file or folder\n" in written.stderr
    assert written.returncode == 2
    known = greenlint("check", "--baseline", "greenlint-baseline.json", "good.py", cwd=project)
    assert (known.returncode, known.stderr) == (0, b"")


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"version": 1}', b'{"version": 1, "findings": 3}', b"\xff\xfe", b"[" * 100_000, b"notes\n"]
)
def test_what_is_no_baseline_is_named_and_never_overwritten(project: Path, data: bytes) -> None:
    (project / "notes.json").write_bytes(data)
    for option in ([], ["--write-baseline"]):
        refused = greenlint("check", "--baseline", "notes.json", *option, ".", cwd=project)
        assert one_line(refused).startswith("greenlint: error: notes.json: ")
        assert (refused.returncode, refused.stdout) == (2, b"")
    assert (project / "notes.json").read_bytes() == data


def test_a_patch_comes_with_a_word_about_what_it_does_not_repair(project: Path) -> None:
    patch = greenlint("check", "--diff", ".", cwd=project)
    assert patch.returncode == 1
    assert patch.stdout.startswith(b"--- a/good.py\n+++ b/good.py\n")
    assert "Found 2 findings (1 fixable with --fix)" in one_line(patch)
    assert (project / "good.py").read_text() == WASTE
    assert greenlint("check", "--diff", "-q", ".", cwd=project).stderr == b""


def test_an_editor_gets_the_repaired_text_and_always_all_of_it(project: Path) -> None:
    done = greenlint("check", "--stdin-filename", "x.py", "--fix", cwd=project, stdin=WASTE.encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, FIXED.encode(), b"")
    done = greenlint("check", "--stdin-filename", "x.py", "--fix", cwd=project, stdin=b"def f(:\r\n\xff")
    assert (done.returncode, done.stdout) == (1, b"def f(:\r\n\xff")
    assert "Found 1 finding" in one_line(done)
    patch = greenlint("check", "--stdin-filename", "good.py", "--diff", cwd=project, stdin=WASTE.encode())
    assert patch.stdout == greenlint("check", "--diff", "good.py", cwd=project).stdout
    assert patch.returncode == 1
    excluded = greenlint("check", "--exclude", "x.py", "--stdin-filename", "x.py", "--fix", cwd=project, stdin=WASTE.encode())
    assert (excluded.returncode, excluded.stdout) == (0, WASTE.encode())


@pytest.mark.parametrize("options", [["--write-baseline"], ["--changed-since", "HEAD"], ["good.py"]], ids=" ".join)
def test_standard_input_refuses_what_only_files_can_serve(project: Path, options: list[str]) -> None:
    refused = greenlint("check", "--stdin-filename", "x.py", *options, cwd=project, stdin=WASTE.encode())
    assert "do not go together" in one_line(refused)
    assert (refused.returncode, refused.stdout) == (2, b"")


def test_repairing_again_changes_nothing(project: Path) -> None:
    first = greenlint("check", "--fix", "--unsafe-fixes", ".", cwd=project)
    assert b"Fixed 1 finding" in first.stdout
    stamp = (project / "good.py").stat().st_mtime_ns
    second = greenlint("check", "--fix", "--unsafe-fixes", ".", cwd=project)
    assert b"Fixed" not in second.stdout
    assert (project / "good.py").read_text() == FIXED
    assert (project / "good.py").stat().st_mtime_ns == stamp
    found_the_rest(greenlint("check", "--stdin-filename", "good.py", cwd=project, stdin=WASTE.encode()))
