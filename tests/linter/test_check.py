"""What a user of `greenlint check` relies on: suppression, baseline, cache, workers, formats, exit codes."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenlint.config.schema import Config
from greenlint.linter.cache import Cache
from greenlint.linter.dispatch import RuleSet
from greenlint.linter.pool import look_at_all
from greenlint.linter.runner import CheckOptions, check_paths
from greenlint.linter.work import Job
from greenlint.model.finding import Effect, EffectClass, Finding
from greenlint.rules.base import FileRule, ProjectRule
from greenlint.rules.registry import all_rules
from greenlint.source.discover import SourceFile
from greenlint.source.project import ProjectIndex

WASTE = "import os\n\n\ndef f(path):\n    return path\n    os.remove(path)\n"


def greenlint(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "greenlint", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1"},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One file with one certain finding (GL107 on line 6)."""
    (tmp_path / "a.py").write_text(WASTE)
    return tmp_path


def findings(folder: Path, *options: str) -> list[dict[str, object]]:
    """The JSON findings of a run in `folder`."""
    result = greenlint("check", "--output-format", "json", "--select", "GL107,GL9", *options, cwd=folder)
    return list(json.loads(result.stdout)["findings"])


def test_exit_codes(project: Path) -> None:
    assert greenlint(".", cwd=project).returncode == 1
    assert greenlint("check", "--exit-zero", ".", cwd=project).returncode == 0
    (project / "a.py").write_text("x = 1\n")
    assert greenlint(".", cwd=project).returncode == 0


def test_check_is_the_default_command_with_and_without_options(project: Path) -> None:
    plain = greenlint(".", cwd=project)
    assert plain.stdout == greenlint("check", ".", cwd=project).stdout == greenlint("--select", "GL", ".", cwd=project).stdout


def test_a_suppression_silences_its_code_on_its_line_only(project: Path) -> None:
    (project / "a.py").write_text(WASTE.replace("os.remove(path)", "os.remove(path)  # greenlint: ignore[GL107] kept for docs"))
    assert findings(project) == []
    (project / "a.py").write_text(WASTE.replace("import os", "import os  # greenlint: ignore[GL107]"))
    assert [item["code"] for item in findings(project)] == ["GL902", "GL107"]


def test_a_whole_file_suppression(project: Path) -> None:
    (project / "a.py").write_text("# greenlint: ignore-file[GL107]\n" + WASTE)
    assert findings(project) == []


def test_a_suppression_inside_a_string_is_text(project: Path) -> None:
    (project / "a.py").write_text(WASTE.replace("os.remove(path)", "os.remove('# greenlint: ignore[GL107]')"))
    assert [item["code"] for item in findings(project)] == ["GL107"]


@pytest.mark.parametrize(
    ("comment", "say"),
    [
        ("# greenlint: ignore[GL205]", None),
        ("# greenlint: ignore[GL107]", "unused suppression: GL107"),
        ("# greenlint: ignore[GL999]", "unknown rule code 'GL999'"),
        ("# greenlint: ignore", "must name the codes"),
    ],
)
def test_useless_suppressions_are_reported_when_their_rule_ran(tmp_path: Path, comment: str, say: str | None) -> None:
    (tmp_path / "a.py").write_text(f"x = 1  {comment}\n")
    found = findings(tmp_path)
    if say is None:
        assert found == []  # GL205 did not run: nobody knows whether the comment is needed
    else:
        assert [item["code"] for item in found] == ["GL902"]
        assert say in str(found[0]["message"])


def test_a_baseline_hides_the_old_and_shows_the_new(project: Path) -> None:
    written = greenlint("check", "--write-baseline", ".", cwd=project)
    assert written.returncode == 0
    assert "wrote 1 finding to" in written.stderr
    baseline = ("--baseline", "greenlint-baseline.json")
    assert greenlint("check", *baseline, ".", cwd=project).returncode == 0
    (project / "a.py").write_text("# moved\n\n" + WASTE)
    assert findings(project, *baseline) == []
    (project / "a.py").write_text(WASTE + "\n\ndef g():\n    return 2\n    print()\n")
    assert [item["line"] for item in findings(project, *baseline)] == [11]


def test_a_broken_baseline_is_one_line(project: Path) -> None:
    (project / "b.json").write_text("[]")
    result = greenlint("check", "--baseline", "b.json", ".", cwd=project)
    assert result.returncode == 2
    assert "b.json: is not a greenlint baseline" in result.stderr


def test_fixes_are_written_only_with_fix_and_keep_the_rest(project: Path) -> None:
    text = WASTE.replace("import os\n", "import os  # kept\r\n").replace("path\n    os", "path\r\n    os")
    (project / "a.py").write_bytes(text.encode())
    (project / "a.py").chmod(0o640)
    diff = greenlint("check", "--diff", "--select", "GL107", ".", cwd=project)
    assert "-    os.remove(path)" in diff.stdout
    assert (project / "a.py").read_bytes() == text.encode()
    fixed = greenlint("check", "--fix", "--select", "GL107", ".", cwd=project)
    assert fixed.returncode == 0
    after = (project / "a.py").read_bytes().decode()
    assert "os.remove" not in after
    assert "import os  # kept\r\n" in after
    assert (project / "a.py").stat().st_mode & 0o777 == 0o640
    ast.parse(after)


def test_standard_input_is_linted_as_the_named_file(project: Path) -> None:
    result = greenlint("check", "--stdin-filename", "b.py", "--output-format", "concise", cwd=project, stdin=WASTE)
    assert result.returncode == 1
    assert result.stdout.startswith("b.py:6:5: GL107")


def test_a_report_can_go_to_a_file(project: Path) -> None:
    result = greenlint("check", "--output-format", "json", "--output-file", "out.json", ".", cwd=project)
    assert result.stdout == ""
    assert json.loads((project / "out.json").read_text())["version"] == 1
    failed = greenlint("check", "--output-file", "no/such/folder/out.txt", ".", cwd=project)
    assert failed.returncode == 2
    assert "cannot be written" in failed.stderr


def test_paths_are_shown_from_the_current_folder(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.greenlint]\n")
    (project / "inner").mkdir()
    (project / "inner" / "b.py").write_text(WASTE)
    result = greenlint("check", "--output-format", "concise", "b.py", "../a.py", cwd=project / "inner")
    assert [line.split(":")[0] for line in result.stdout.splitlines()[:2]] == ["../a.py", "b.py"]


def many(folder: Path, count: int = 60) -> None:
    """Enough files for several workers and for the cache."""
    for number in range(count):
        (folder / f"m{number}.py").write_text("x = [1, 2, 3]\n" * 600 + WASTE)


def test_workers_find_what_one_process_finds(tmp_path: Path) -> None:
    many(tmp_path)
    alone = check_paths([str(tmp_path)], Config(root=str(tmp_path)), CheckOptions(jobs=1, use_cache=False))
    together = check_paths([str(tmp_path)], Config(root=str(tmp_path)), CheckOptions(jobs=3, use_cache=False))
    assert alone == together
    assert len([f for f in alone.findings if f.code == "GL107"]) == 60


class Deadly(FileRule):
    """Ends the worker on one file, as a crash of the parser would."""

    code = "GL100"
    name = "deadly"
    effect = Effect(EffectClass.CONSTANT, "", "none")

    def check(self, node: ast.Assign, module: object) -> Iterator[Finding]:
        if module.path == "m7.py":  # type: ignore[attr-defined]
            os._exit(9)
        return iter(())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forked on Linux only")
def test_a_worker_that_dies_costs_one_file(tmp_path: Path) -> None:
    many(tmp_path)
    files = [SourceFile(path.name, str(path), path.stat().st_size, 0, python=True) for path in sorted(tmp_path.glob("*.py"))]
    entries = {file.path: entry for file, entry in look_at_all(Job(RuleSet([Deadly()]), str(tmp_path), 10**7), files, 2)}
    assert len(entries) == 60
    assert [path for path, entry in entries.items() if entry.error] == ["m7.py"]
    assert "crashed" in entries["m7.py"].error


class Failing(Deadly):
    """Raises."""

    def check(self, node: ast.Assign, module: object) -> Iterator[Finding]:
        raise ZeroDivisionError("bug")


def test_a_rule_that_fails_is_a_finding_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1\n")
    entry = Job(RuleSet([Failing()]), str(tmp_path), 10**7).look(SourceFile("a.py", str(path), 6, 0, python=True))
    assert [(f.code, "rule GL100 failed" in f.message, "ZeroDivisionError" in f.message) for f in entry.findings] == [
        ("GL901", True, True)
    ]


def test_a_mistake_of_ours_about_a_file_is_a_finding_and_what_the_file_names_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading the definitions of `b.py` fails; its other findings stay, and nobody takes `_helper` for dead."""
    from greenlint.source import facts

    real = facts.extract_facts
    monkeypatch.setattr(facts, "extract_facts", lambda module: 1 / 0 if module.path == "b.py" else real(module))
    (tmp_path / "a.py").write_text("def _helper():\n    return 1\n\n\ndef _other():\n    return 2\n")
    (tmp_path / "b.py").write_text("from a import _helper\n\n\ndef f():\n    return _helper()\n    print(2)\n")
    result = check_paths([str(tmp_path)], Config(root=str(tmp_path)))
    assert [(finding.path, finding.code) for finding in result.findings] == [
        ("a.py", "GL102"),
        ("b.py", "GL901"),
        ("b.py", "GL107"),
    ]
    assert "`_other`" in result.findings[0].message
    assert "greenlint failed on this file (ZeroDivisionError: division by zero)" in result.findings[1].message


class FailingProject(ProjectRule):
    """Raises after its first finding."""

    code = "GL100"
    name = "failing-project"

    def check_project(self, index: ProjectIndex) -> Iterator[Finding]:
        raise ZeroDivisionError("bug")


def test_a_project_rule_that_fails_is_a_finding_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("# greenlint: ignore[GL205]\n")
    rules = (FailingProject(), all_rules()["GL107"]())
    result = check_paths([str(tmp_path)], Config(root=str(tmp_path)), CheckOptions(rules=rules))
    (failed,) = [f for f in result.findings if f.code == "GL901"]
    assert (failed.path, "rule GL100 failed on the project (ZeroDivisionError: bug)" in failed.message) == (".", True)


def test_what_a_file_that_does_not_parse_names_is_in_use(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def _helper():\n    return 1\n")
    config = Config(root=str(tmp_path))
    assert [f.code for f in check_paths([str(tmp_path)], config).findings] == ["GL102"]
    (tmp_path / "newer.py").write_text("from a import _helper\nmatch = lambda:: _helper()\n")
    assert [f.code for f in check_paths([str(tmp_path)], config).findings] == ["GL900"]


def test_the_cache_answers_for_unchanged_contents_whatever_the_time_stamps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(tmp_path)
    for path in tmp_path.glob("*.py"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    config = Config(root=str(tmp_path))
    first = check_paths([str(tmp_path)], config)
    for path in tmp_path.glob("*.py"):
        os.utime(path, (1_500_000_000, 1_500_000_000))
    looked: list[str] = []
    monkeypatch.setattr(Job, "look", lambda self, file: looked.append(file.path))
    assert check_paths([str(tmp_path)], config) == first
    assert looked == []


def test_the_cache_sees_every_change(tmp_path: Path) -> None:
    many(tmp_path)
    config = Config(root=str(tmp_path))
    before = check_paths([str(tmp_path)], config)
    (tmp_path / "m3.py").write_text("x = 1\n")
    (tmp_path / "m4.py").unlink()
    after = check_paths([str(tmp_path)], config)
    gone = {f.path for f in before.findings} - {f.path for f in after.findings}
    assert {"m3.py", "m4.py"} <= gone
    assert after == check_paths([str(tmp_path)], config, CheckOptions(use_cache=False))


def test_two_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    many(tmp_path)
    command = [sys.executable, "-m", "greenlint", "check", "--output-format", "concise", "."]
    runs = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    outputs = [run.communicate() for run in runs]
    assert len({out for out, _ in outputs}) == 1
    assert all(err == b"" for _, err in outputs)
    cache = Cache.open(str(tmp_path / ".greenlint"))
    assert cache is not None
    cache.close()


def test_the_folder_of_the_cache_is_ignored_by_git(tmp_path: Path) -> None:
    many(tmp_path)
    check_paths([str(tmp_path)], Config(root=str(tmp_path)))
    assert (tmp_path / ".greenlint" / ".gitignore").read_text() == "*\n"


def test_version_and_help_name_every_command(tmp_path: Path) -> None:
    assert greenlint("--version", cwd=tmp_path).stdout.startswith("greenlint ")
    text = greenlint("--help", cwd=tmp_path).stdout
    for name in ("check", "rule", "rules", "measure", "gate", "report", "compare", "doctor", "ledger"):
        assert f"  {name} " in text
        assert greenlint(name, "--help", cwd=tmp_path).returncode == 0


def test_the_version_is_told_without_loading_anything(tmp_path: Path) -> None:
    code = (
        "import atexit, sys; sys.argv = ['greenlint', '--version']\n"
        "mine = ('greenlint', 'click', 'typing')\n"
        "atexit.register(lambda: print(sorted(name for name in sys.modules if name.startswith(mine))))\n"
        "from greenlint.__main__ import main\n"
        "main()\n"
    )
    code = f"import sys; sys.path[:0] = {sys.path!r}\n{code}"  # -S: what site packages load at start is not ours
    command = [sys.executable, "-I", "-S", "-c", code]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    version, modules = result.stdout.splitlines()
    assert version.startswith("greenlint ")
    assert modules == "['greenlint', 'greenlint.__main__']"


HEAVY = {
    *("click", "pluggy", "libcst", "psutil", "sqlite3", "multiprocessing", "subprocess", "dataclasses", "importlib.metadata"),
    *("PIL", "typing", "datetime", "hashlib"),
}


SETTLED_S = 2.1
"""So long after the last change of a file its time stamps are believed."""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The modules of interest that a run of the command has loaded when it ends, and the files of `folder` that it opened."""
    code = (
        f"import atexit, sys; sys.path[:0] = {sys.path!r}; sys.argv = {['greenlint', *arguments]!r}\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, about: opened.append(about[0]) if event == 'open' else None)\n"
        f"mine = lambda: [str(path)[{len(str(folder)) + 1}:] for path in opened if str(path).startswith({str(folder)!r})]\n"
        "atexit.register(lambda: print(*sys.modules, *mine()))\n"
        "from greenlint.__main__ import main\n"
        "main()\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-S", "-c", code]  # -S: what site packages load at start is not ours
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    found = done.stdout.splitlines()[-1].split()
    return {name for name in found if name in HEAVY or name in ("ast", "json") or name.endswith(".py")}


def test_the_hot_path_loads_nothing_heavy(project: Path) -> None:
    loaded(project, "a.py")  # the first run may find what is remembered of the rules out of date
    assert loaded(project, "a.py") == {"ast", "a.py"}


def test_a_run_after_which_nothing_changed_opens_no_source_file_and_loads_no_parser(tmp_path: Path) -> None:
    many(tmp_path)
    time.sleep(SETTLED_S)
    assert "m0.py" in loaded(tmp_path, ".", "--output-format", "concise")
    assert loaded(tmp_path, ".", "--output-format", "concise") <= {
        "json",
        "hashlib",
    }  # an editable install reads its own code anew, and hashes it


@pytest.mark.skipif(os.name == "nt", reason="Windows has no time of the last change of anything")
def test_an_edit_that_keeps_size_and_time_stamp_is_seen(tmp_path: Path) -> None:
    many(tmp_path)
    config = Config(root=str(tmp_path))
    time.sleep(SETTLED_S)
    for _ in range(2):
        assert "m0.py" in {f.path for f in check_paths([str(tmp_path)], config).findings}
    stamp, text = (tmp_path / "m0.py").stat().st_mtime_ns, (tmp_path / "m0.py").read_text()
    (tmp_path / "m0.py").write_text("x = 1".ljust(len(text) - 1, "#") + "\n")
    os.utime(tmp_path / "m0.py", ns=(stamp, stamp))
    assert "m0.py" not in {f.path for f in check_paths([str(tmp_path)], config).findings}


def test_a_file_that_was_new_is_looked_at_again_although_its_time_stamp_is_the_same(tmp_path: Path) -> None:
    many(tmp_path)
    config = Config(root=str(tmp_path))
    now = time.time_ns()
    for path in tmp_path.glob("*.py"):
        os.utime(path, ns=(now, now))  # as if they had been written the moment before
    assert [f.path for f in check_paths([str(tmp_path)], config).findings if f.code == "GL107"][:1] == ["m0.py"]
    text = (tmp_path / "m0.py").read_text()
    (tmp_path / "m0.py").write_text("x = 1".ljust(len(text) - 1, "#") + "\n")
    os.utime(tmp_path / "m0.py", ns=(now, now))
    assert "m0.py" not in {f.path for f in check_paths([str(tmp_path)], config).findings}


def test_a_suppression_counts_in_files_of_every_line_end(tmp_path: Path) -> None:
    comment = WASTE.replace("os.remove(path)", "os.remove(path)  # greenlint: ignore[GL107] kept")
    for name, end in (("lf", "\n"), ("crlf", "\r\n"), ("cr", "\r")):
        (tmp_path / f"{name}.py").write_bytes(comment.replace("\n", end).encode())
    assert findings(tmp_path) == []
