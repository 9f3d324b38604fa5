"""Whatever a project contains, the rest of it is linted and one line names the file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shell import greenlint


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one finding that must be reported whatever else is broken."""
    (tmp_path / "good.py").write_text("def f(handle):\n    return\n    handle.close()\n")
    return tmp_path


def found_the_rest(result: subprocess.CompletedProcess[str]) -> None:
    assert "Traceback" not in result.stderr + result.stdout
    assert "good.py:3" in result.stdout
    assert "GL107" in result.stdout


@pytest.mark.parametrize(
    ("data", "say"),
    [
        (b"def f(:\n", "not valid Python"),
        (b"x = '\xff\xfe'\n", "not valid Python"),
        (b"# -*- coding: klingon -*-\nx = 1\n", "not valid Python"),
        (b"x = 1\0\n", "broken.py:1"),
        (b"x = " + b"(" * 400 + b"1" + b")" * 400, "broken.py:1"),
        (b"x = " + b"-" * 100_000 + b"1\n", "broken.py:1"),
    ],
    ids=["syntax error", "wrong encoding", "unknown encoding", "NUL byte", "deep parentheses", "deep unary"],
)
def test_a_file_that_does_not_parse_is_a_finding(project: Path, data: bytes, say: str) -> None:
    (project / "broken.py").write_bytes(data)
    result = greenlint(".", cwd=project)
    assert result.returncode == 1
    assert "GL900" in result.stdout
    assert say in result.stdout
    found_the_rest(result)


def test_a_huge_file_is_an_error_that_says_what_to_do(project: Path) -> None:
    with (project / "huge.py").open("wb") as file:
        file.truncate(50_000_000)
    result = greenlint(".", cwd=project)
    assert result.returncode == 2
    assert "huge.py: too large to lint (50 MB, limit 10 MB); exclude it or raise max-file-size" in result.stderr
    found_the_rest(result)


def test_a_symlink_loop_is_named_when_asked_for_and_harmless_otherwise(project: Path) -> None:
    (project / "loop.py").symlink_to("loop.py")
    (project / "folder").mkdir()
    (project / "folder" / "up").symlink_to("..")
    found_the_rest(greenlint(".", cwd=project))
    result = greenlint("loop.py", "good.py", cwd=project)
    assert result.returncode == 2
    assert "loop.py: cannot be read: the symbolic link leads back to itself" in result.stderr
    found_the_rest(result)


@pytest.mark.skipif(os.name != "posix", reason="permission bits are a POSIX matter")
def test_an_unreadable_file_is_named(project: Path) -> None:
    secret = project / "secret.py"
    secret.write_text("x = 1\n")
    secret.chmod(0)
    project.chmod(0o755)
    if os.geteuid() != 0:
        result = greenlint(".", cwd=project)
        assert "secret.py: cannot be read: Permission denied" in result.stderr
        assert result.returncode == 2
        found_the_rest(result)
        return
    code = (
        "import os\n"
        "from greenlint.linter.dispatch import RuleSet\n"
        "from greenlint.linter.work import Job\n"
        "from greenlint.source.discover import SourceFile\n"
        "path = os.path.abspath('secret.py')\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "print(Job(RuleSet([]), '.', 10**7).look(SourceFile('secret.py', path, 6, 0, True)).error)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert result.stdout == "cannot be read: Permission denied\n"


def test_a_missing_path_is_named(project: Path) -> None:
    result = greenlint("nowhere.py", "good.py", cwd=project)
    assert result.returncode == 2
    assert "nowhere.py: no such file or folder" in result.stderr
    found_the_rest(result)


def test_a_file_deleted_while_running_is_a_note(project: Path) -> None:
    from greenlint.linter.dispatch import RuleSet
    from greenlint.linter.work import Job
    from greenlint.source.discover import SourceFile

    gone = SourceFile("gone.py", str(project / "gone.py"), 10, 0, python=True)
    entry = Job(RuleSet([]), str(project), 1000).look(gone)
    assert entry.error == "deleted while greenlint was running"


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ("selct = ['GL1']", "pyproject.toml:2: unknown key 'selct' (did you mean 'select'?)"),
        ("select = 'GL1'", "pyproject.toml:2: 'select' must be a list of strings, not a string"),
        ("select = ['GL777']", "unknown rule code 'GL777'"),
        ("select = ['E501']", "'E501' is not a rule code"),
        ("min-confidence = 'high'", "'min-confidence' must be a whole number from 0 to 100, not 'high'"),
        ("max-file-size = '10'", "'10' has no unit"),
        ("[tool.greenlint.budgets.suite]\nenergy = '400'", "pyproject.toml:3: budget for 'suite': '400' has no unit"),
        ("[tool.greenlint.budgets.suite]\nenergy = 400", "pyproject.toml:3: budget for 'suite': 400 has no unit"),
        ("[tool.greenlint.budgets.suite]\nenergy = '400 s'", "is in s, but J is needed here"),
        ("[tool.greenlint.budgets.suite]\nenergi = '400 J'", "unknown budget 'energi'"),
        ("[tool.greenlint.energy]\nprovder = 'auto'", "unknown key 'provder' in [energy] (did you mean 'provider'?)"),
        ("[tool.greenlint.rules.GL199]\nx = 1", "unknown rule code 'GL199'"),
        ("select = [", "is not valid TOML"),
    ],
)
def test_a_wrong_configuration_is_one_line_with_its_place(project: Path, text: str, say: str) -> None:
    (project / "pyproject.toml").write_text("[tool.greenlint]\n" + text + "\n")
    result = greenlint("check", ".", cwd=project)
    assert result.returncode == 2
    assert say in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_an_unknown_rule_code_on_the_command_line(project: Path) -> None:
    result = greenlint("check", "--select", "GL20X", ".", cwd=project)
    assert result.returncode == 2
    assert "unknown rule code 'GL20X'" in result.stderr


def test_without_git_the_folder_is_walked_and_gitignore_honoured(project: Path) -> None:
    (project / ".gitignore").write_text("skipped/\n*.tmp.py\n!keep.tmp.py\n")
    (project / "skipped").mkdir()
    for name in ("skipped/a.py", "b.tmp.py", "keep.tmp.py"):
        (project / name).write_text("def g():\n    return 1\n    print()\n")
    result = greenlint("check", "--select", "GL107", ".", cwd=project, PATH="")
    assert "keep.tmp.py:3" in result.stdout
    assert "skipped" not in result.stdout
    assert "b.tmp.py" not in result.stdout
    found_the_rest(result)


def test_changed_since_without_git_says_so(project: Path) -> None:
    result = greenlint("check", "--changed-since", "HEAD", ".", cwd=project, PATH="")
    assert result.returncode == 2
    assert "--changed-since needs git, which was not found" in result.stderr


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments], cwd=folder, check=True, capture_output=True
    )


def test_changed_since_reports_only_what_changed_in_a_dirty_tree(project: Path) -> None:
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "one")
    (project / "new.py").write_text("def g():\n    return 1\n    print()\n")
    result = greenlint("check", "--changed-since", "HEAD", ".", cwd=project)
    assert "new.py:3" in result.stdout
    assert "good.py" not in result.stdout
    (project / "good.py").write_text("\n" + (project / "good.py").read_text())
    assert "good.py:4" in greenlint("check", "--changed-since", "HEAD", ".", cwd=project).stdout


def test_changed_since_in_a_shallow_clone_names_the_remedy(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "one")
    git(project, "commit", "-qm", "two", "--allow-empty")
    clone = tmp_path_factory.mktemp("clone") / "shallow"
    git(project, "clone", "-q", "--depth", "1", f"file://{project}", str(clone))
    result = greenlint("check", "--changed-since", "HEAD~1", ".", cwd=clone)
    assert result.returncode == 2
    assert "in a shallow clone, fetch more history first" in result.stderr


def test_a_read_only_project_is_linted_without_a_cache(project: Path) -> None:
    (project / "big.py").write_text("x = 1\n" * 100_000)
    (project / ".greenlint").write_text("a file where the folder should be")
    found_the_rest(greenlint(".", cwd=project))


def test_a_corrupt_cache_is_made_anew(project: Path) -> None:
    (project / "big.py").write_text("x = 1\n" * 100_000)
    (project / ".greenlint").mkdir()
    (project / ".greenlint" / "cache.sqlite").write_bytes(b"not a database, but long enough to be taken for one" * 50)
    found_the_rest(greenlint(".", cwd=project))
    found_the_rest(greenlint(".", cwd=project))


def test_a_closed_pipe_is_quiet(project: Path) -> None:
    command = f'"{sys.executable}" -m greenlint check --output-format json . | head -c 5'
    result = subprocess.run(command, cwd=project, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    assert "BrokenPipe" not in result.stderr


def test_names_in_newer_syntax_count_whatever_data_a_project_holds(tmp_path: Path) -> None:
    """Texts are read up to 8 MB; files that this Python cannot parse come after them and are read all the same."""
    for number in range(20):
        (tmp_path / f"data_{number}.json").write_text("[" + "1234567, " * 50_000 + "0]", encoding="utf-8")
    (tmp_path / "lib.py").write_text("def _work():\n    return 1\n\n\ndef _idle():\n    return 2\n", encoding="utf-8")
    (tmp_path / "app.py").write_text("import lib\n\nlib._work()\nmatch = = 1\n", encoding="utf-8")
    done = greenlint("check", ".", "--select", "GL102", "--output-format", "concise", cwd=tmp_path)
    assert [line.split("`")[1] for line in done.stdout.splitlines() if "GL102" in line] == ["_idle"]
