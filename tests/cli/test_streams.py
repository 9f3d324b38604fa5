"""Streams, signals and surroundings that a shell may give: nothing is lost, and never a traceback."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from xml.dom import minidom

import pytest
from cli_lab import WASTE, found_the_rest, greenlint, one_line


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "good.py").write_text(WASTE)
    return tmp_path


NOTHING = {**dict.fromkeys(os.environ), "PATH": ""}


def close(number: int) -> None:
    os.close(number)


@pytest.mark.parametrize("arguments", [["."], ["rules"], ["rule", "GL107"], ["--version"], ["check", "-q", "."]], ids=" ".join)
def test_a_closed_standard_output_is_no_crash(project: Path, arguments: list[str]) -> None:
    result = greenlint(*arguments, cwd=project, before=lambda: close(1))
    assert result.stderr == b""
    assert result.returncode == (1 if "." in arguments else 0)


def test_a_closed_standard_error_is_no_crash(project: Path) -> None:
    result = greenlint("nowhere.py", "good.py", cwd=project, before=lambda: close(2))
    found_the_rest(result)
    assert result.returncode == 2


def test_a_closed_standard_input_is_an_error_and_no_clean_file(project: Path) -> None:
    result = greenlint("check", "--stdin-filename", "x.py", cwd=project, before=lambda: close(0))
    assert one_line(result).startswith("greenlint: error: standard input: is closed")
    assert result.returncode == 2


def test_a_full_disk_behind_the_version_is_one_line(project: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no device that is always full")
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "greenlint", "--version"]
        done = subprocess.run(command, cwd=project, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.stderr == "greenlint: error: standard output: No space left on device\n"
    assert done.returncode == 2


@pytest.mark.parametrize(
    "arguments", [["."], ["check"], ["measure", "--", "true"], ["gate"], ["ledger", "verify"]], ids=" ".join
)
def test_a_folder_that_was_deleted_under_us_is_named(project: Path, arguments: list[str]) -> None:
    gone = project / "gone"
    gone.mkdir()

    def vanish() -> None:
        os.chdir(gone)
        os.rmdir(gone)

    result = greenlint(*arguments, cwd=project, before=vanish)
    assert one_line(result) == "greenlint: error: the current folder: No such file or directory"
    assert result.returncode == 2


def test_without_a_home_or_any_variable_it_works(project: Path) -> None:
    (project / "greenlint.toml").write_text("extend = '~/base.toml'\n")
    result = greenlint(".", cwd=project, **NOTHING)
    assert "base.toml" in one_line(result)
    (project / "greenlint.toml").unlink()
    found_the_rest(greenlint(".", cwd=project, **NOTHING))


@pytest.mark.parametrize("columns", ["0", "1", "-5", "abc", "99999999999"])
def test_a_nonsense_width_is_survived(project: Path, columns: str) -> None:
    for arguments in (["good.py"], ["rules"], ["rule", "GL107"], ["check", "--help"]):
        result = greenlint(*arguments, cwd=project, COLUMNS=columns)
        assert result.stderr == b""
        assert b"GL107" in result.stdout or arguments == ["check", "--help"]


def test_a_terminal_without_utf8_gets_text_and_programs_get_utf8(project: Path) -> None:
    (project / "good.py").write_text("def f(é):\n    return '€'\n    print(é)\n", encoding="utf-8")
    (project / "bad é.py").write_text("def f(:\n", encoding="utf-8")
    for encoding in ("ascii", "latin-1"):
        result = greenlint(".", cwd=project, PYTHONIOENCODING=encoding)
        assert "print(" in result.stdout.decode(encoding)
        assert b"Traceback" not in result.stderr
        for name in ("json", "sarif", "gitlab"):
            data = greenlint("check", "--output-format", name, ".", cwd=project, PYTHONIOENCODING=encoding).stdout
            document = json.dumps(json.loads(data.decode("utf-8")), ensure_ascii=False)
            assert ("bad%20%C3%A9.py" if name == "sarif" else "bad é.py") in document
        data = greenlint("check", "--output-format", "junit", ".", cwd=project, PYTHONIOENCODING=encoding).stdout
        assert "bad é.py" in minidom.parseString(data).toxml()
        patch = greenlint("check", "--diff", ".", cwd=project, PYTHONIOENCODING=encoding).stdout.decode("utf-8")
        assert "-    print(é)" in patch
        measured = greenlint("measure", "--", "true", cwd=project, PYTHONIOENCODING=encoding).stderr.decode(encoding)
        assert " idle" in measured
        assert "\\x" not in measured
        for arguments in (["rules"], ["rule", "GL107"], ["doctor"], ["--help"], ["check", "--help"]):
            assert greenlint(*arguments, cwd=project, PYTHONIOENCODING=encoding).returncode == 0


def test_a_device_is_written_to_and_stays_a_device(project: Path) -> None:
    pipe = project / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        result = greenlint("check", "--output-file", str(pipe), "good.py", cwd=project)
        assert reader.stdout is not None
        assert b"good.py:3:5 GL107" in reader.stdout.read()
    assert (result.returncode, result.stdout) == (1, b"")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    if os.geteuid() == 0:
        null = project / "null"
        try:
            os.mknod(null, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        except PermissionError:
            return  # a container that may make no device; the pipe has told
        assert greenlint("check", "--output-file", "null", "good.py", cwd=project).returncode == 1
        assert stat.S_ISCHR(null.stat().st_mode)


def test_a_report_goes_through_dev_stdout_and_devices(project: Path) -> None:
    result = greenlint("check", "--output-file", "/dev/stdout", "good.py", cwd=project)
    found_the_rest(result)
    greenlint("measure", "--", "true", cwd=project)
    null = project / "null"  # not the machine's own: a mistake here would cost everybody /dev/null
    try:
        os.mknod(null, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        return
    for arguments in (["--format", "md"], ["--format", "html"], ["--html", "null"]):
        result = greenlint("report", *arguments, "--output", "null", cwd=project)
        assert (result.returncode, result.stdout) == (0, b"")
    assert stat.S_ISCHR(null.stat().st_mode)


@pytest.mark.parametrize(
    ("target", "say"),
    [("nowhere/x.json", "No such file or directory"), (".", "Is a directory"), ("good.py/x", "Not a directory")],
)
def test_an_output_file_that_cannot_be_made_is_named(project: Path, target: str, say: str) -> None:
    greenlint("measure", "--", "true", cwd=project)
    for arguments in (["check", "--output-file", target, "good.py"], ["report", "--output", target]):
        result = greenlint(*arguments, cwd=project)
        assert one_line(result) == f"greenlint: error: {target}: cannot be written: {say}"
        assert result.returncode == 2
    assert (project / "good.py").read_text() == WASTE


def interrupted(project: Path, *arguments: str, wait_for: Path) -> subprocess.CompletedProcess[str]:
    """Ctrl-C, which a terminal sends to all processes of the job, as soon as a file appears."""
    process = subprocess.Popen(
        [sys.executable, "-m", "greenlint", *arguments],
        cwd=project,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 20
    while not wait_for.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.mark.skipif(os.name != "posix", reason="signals to a job are a POSIX matter")
def test_ctrl_c_is_one_line_and_never_looks_like_findings(project: Path) -> None:
    started = project / "started"
    script = "import pathlib, time; pathlib.Path('started').touch(); time.sleep(30)"
    result = interrupted(project, "measure", "--", sys.executable, "-c", script, wait_for=started)
    assert result.stderr.splitlines()[-1] == "greenlint: interrupted"
    assert "greenlint/" not in result.stderr, "a traceback of our own"
    assert result.returncode == 130


@pytest.mark.skipif(os.name != "posix", reason="signals to a job are a POSIX matter")
@pytest.mark.parametrize("options", [[], ["check"], ["check", "--fix"], ["check", "--jobs", "1"]], ids=" ".join)
def test_ctrl_c_in_the_middle_of_a_lint_leaves_nothing_behind(project: Path, options: list[str]) -> None:
    body = "".join(f"def f{i}(x):\n    for y in x:\n        print(y + {i})\n    return\n    x.close()\n" for i in range(3000))
    for number in range(24):
        (project / f"big{number}.py").write_text(body)
    result = interrupted(project, *options, ".", wait_for=project / ".greenlint" / "cache.sqlite")
    assert result.stderr == "greenlint: interrupted\n"
    assert result.returncode == 130
    assert list(project.glob(".greenlint-*")) == []
    assert {file.read_text() for file in project.glob("big*.py")} == {body}


IN_CALLBACK = """
import _signal, weakref
from greenlint.__main__ import _interrupt
class Lock: pass
text = "def cb(ref):\\n    strike(2)\\n    for i in range(3): str(i)\\n"
names = {"strike": _signal.raise_signal}
exec(compile(text, "<frozen importlib._bootstrap>", "exec"), names)
lock = Lock()
reference = weakref.ref(lock, names["cb"])
_signal.signal(_signal.SIGINT, _interrupt)
try:
    del lock
    for i in range(10**7): str(i)
except KeyboardInterrupt:
    print("it came")
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no interval timer: there Python loses it, and the next one counts")
def test_ctrl_c_in_the_middle_of_an_import_is_not_lost(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", IN_CALLBACK], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("it came\n", "")
