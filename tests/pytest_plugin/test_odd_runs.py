"""Ways to start pytest that few people use, and projects that meddle with it: greenlint stays out of the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from energy_lab import BURN, of_phase, report, run, stored

ONE = "import pytest\n@pytest.fixture\ndef one(): yield 1\ndef test_a(one): pass\n"
MAIN = """
import json, sys, pytest
for options in json.loads(sys.argv[1]):
    print("exit", int(pytest.main(["-q", "-p", "no:cacheprovider", "--energy-provider=model", *options])))
"""


def run_in_one_process(folder: Path, suite: str, runs: list[list[str]]) -> str:
    """What `pytest.main` prints, called several times in one process."""
    (folder / "test_it.py").write_text(suite)
    command = [sys.executable, "-c", MAIN, json.dumps(runs)]
    environment = {**os.environ, "COLUMNS": "160"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout


def test_a_session_that_runs_no_test_by_intention_leaves_no_run_in_the_ledger(tmp_path: Path) -> None:
    options = ["--collect-only", "--setup-plan", "--setup-only", "--fixtures", "--fixtures-per-test", "--markers", "--help"]
    shown = run_in_one_process(tmp_path, ONE, [["--energy", option] for option in options])
    assert shown.count("exit 0") == len(options)
    assert "greenlint energy (" not in shown
    assert not (tmp_path / ".greenlint").exists()


def test_fixtures_are_shown_and_measured_at_once(tmp_path: Path) -> None:
    done = run(tmp_path, ONE, "--energy", "--setup-show")
    assert "SETUP    F one" in done.stdout
    assert list(of_phase(tmp_path, "call")) == ["test_a"]


def test_two_sessions_in_one_process_are_two_runs_and_leave_nothing_behind(tmp_path: Path) -> None:
    suite = "import sys\ndef test_a(): pass\ndef test_b(): assert 'PlainFinder' not in str(sys.meta_path)\n"
    runs = [["--energy", "-k", "test_a"], ["--energy", "-k", "test_a"], ["-k", "test_b"]]
    shown = run_in_one_process(tmp_path, suite, runs)
    assert shown.count("exit 0") == 3
    recorded = re.findall(r"recorded as run (\w+)", shown)
    assert len(set(recorded)) == 2


def test_a_test_that_runs_pytest_itself_measures_twice_and_mixes_nothing(tmp_path: Path) -> None:
    suite = (
        "pytest_plugins = ['pytester']\n"
        "def test_outer(pytester):\n"
        "    pytester.makepyfile('def test_inner(): pass')\n"
        "    done = pytester.runpytest_inprocess('--energy', '-p', 'no:cacheprovider')\n"
        "    assert 'test_inner' in done.stdout.str() and 'greenlint energy (' in done.stdout.str()\n"
        "    assert 'greenlint energy (' not in pytester.runpytest_inprocess('-p', 'no:cacheprovider').stdout.str()\n"
        "def test_after(): pass\n"
    )
    assert "2 passed" in run(tmp_path, suite, "--energy").stdout
    assert list(of_phase(tmp_path, "call")) == ["test_outer", "test_after"]


def test_the_code_of_the_plug_in_is_in_no_traceback(tmp_path: Path) -> None:
    suite = (
        "import pytest\n@pytest.fixture\ndef broken(): raise KeyError\n"
        "@pytest.fixture\ndef later():\n    yield\n    raise KeyError\n"
        "def test_asks(request): request.getfixturevalue('broken')\ndef test_set_up(broken): pass\n"
        "def test_call(): assert 0\ndef test_tear_down(later): pass\n"
    )
    for style in ("auto", "long"):
        done = run(tmp_path, suite, "--energy", "--energy-ledger=off", f"--tb={style}")
        assert "2 failed, 1 passed, 2 errors" in done.stdout
        assert f"pytest_plugin{os.sep}" not in done.stdout


def test_the_report_fits_a_narrow_terminal(tmp_path: Path) -> None:
    suite = BURN + (
        "import pytest\n@pytest.fixture(scope='session')\ndef s(): yield\n@pytest.fixture(scope='module')\ndef m(s): yield\n"
        "@pytest.fixture(scope='class')\ndef c(m): yield\n@pytest.fixture\ndef f(c): yield\n"
        "@pytest.mark.energy_budget('900 J', cpu='90 s')\ndef test_with_a_name_that_is_far_too_long_for_it(f): burn(0.01)\n"
        "def test_short(): pass\n"
    )
    lines = run(tmp_path, suite, "--energy", "--energy-ledger=off", COLUMNS="60").stdout.splitlines()
    table = lines[next(number for number, line in enumerate(lines) if "greenlint energy (" in line) :]
    assert [line for line in table if len(line) > 64] == []
    assert "    budget 900 J: pass, budget 90 s: pass" in table


@pytest.mark.parametrize("options", [(), ("-n", "1")])
def test_what_an_interrupted_session_tears_down_is_counted(tmp_path: Path, options: tuple[str, ...]) -> None:
    suite = BURN + (
        "import pytest\n@pytest.fixture(scope='session')\ndef shared():\n    burn(0.1)\n    yield\n    burn(0.2)\n"
        "def test_a(shared): pass\ndef test_b(shared): pytest.exit('enough')\ndef test_c(shared): pass\n"
    )
    done = run(tmp_path, suite, "--energy", *options)
    assert "enough" in done.stdout + done.stderr or options
    rows = [row for row in stored(tmp_path)[1] if row.phase == "fixture"]
    assert sum(row.cpu_ns for row in rows) / 1e9 > 0.28 * sum(int(row.extra["set_ups"]) for row in rows)
    assert stored(tmp_path)[0].status == "interrupted"


def test_the_collection_of_a_worker_that_gets_no_test_is_counted(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        BURN + "import os\ndef pytest_collection():\n    if 'PYTEST_XDIST_WORKER' in os.environ: burn(0.1)\n"
    )
    run(tmp_path, "def test_only(): pass\n", "--energy", "-n", "3")
    (row,) = [row for row in stored(tmp_path)[1] if row.phase == "collect"]
    assert row.cpu_ns > 3 * 0.1e9


@pytest.mark.parametrize("options", [(), ("-n", "2")])
def test_names_of_any_kind_and_number_are_recorded_each_once(tmp_path: Path, options: tuple[str, ...]) -> None:
    suite = (
        "import pytest\nodd = ['a\\nb', 'ü', '日本', 'x' * 300, '\\x00', 'a::b', '[x]', '%s {}', '\\ud800', b'\\xff', '']\n"
        "@pytest.mark.parametrize('v', odd + [f'{n} é\\n{n}' for n in range(400)])\ndef test_v(v): pass\n"
    )
    done = run(tmp_path, suite, "--energy", "--energy-json=out.json", "--junitxml=out.xml", *options)
    assert "411 passed" in done.stdout, done.stdout[-500:]
    rows = [row.name for row in stored(tmp_path)[1] if row.phase == "call"]
    assert len(rows) == len(set(rows)) == len(report(tmp_path)["tests"]) == 411


def test_a_project_that_replaces_print_and_fork_and_closes_our_descriptors(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        "import builtins, os, sys\nbuiltins.print = None\nos.fork = None\ndef pytest_unconfigure(): sys.__stdout__.flush()\n"
    )
    suite = (
        "import os, sys, threading\ndef test_threads():\n"
        "    for _ in range(3): threading.Thread(target=sum, args=(range(10**5),)).start()\n"
        "def test_closes():\n"
        "    for name in os.listdir('/proc/self/fd'):\n"
        "        if int(name) > 2 and 'perf_event' in os.path.realpath(f'/proc/self/fd/{name}'): os.close(int(name))\n"
        "def test_after(): pass\n"
    )
    done = run(tmp_path, suite, "--energy")
    assert "3 passed" in done.stdout, done.stdout + done.stderr
    assert list(of_phase(tmp_path, "call")) == ["test_threads", "test_closes", "test_after"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders differ there")
def test_a_project_that_may_not_be_written_is_measured_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("def test_a(): pass\n")
    tmp_path.chmod(0o555)
    try:
        if os.access(tmp_path, os.W_OK):  # root may write anywhere; a file in the place of the folder stops it as well
            (tmp_path / ".greenlint").write_text("")
        done = run(tmp_path, None, "--energy", PYTHONDONTWRITEBYTECODE="1")
    finally:
        tmp_path.chmod(0o755)
    assert done.returncode == 0
    assert done.stdout.count("ledger: ") == 1
    assert "1 passed" in done.stdout


def test_the_plug_in_can_be_named_when_plug_ins_are_not_loaded_by_themselves(tmp_path: Path) -> None:
    done = run(tmp_path, ONE, "-p", "greenlint", "--energy", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTHONOPTIMIZE="1")
    assert "1 passed" in done.stdout
    assert "greenlint energy (" in done.stdout
    silent = run(tmp_path, ONE, "-p", "greenlint", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert "energy (" not in silent.stdout


def test_without_a_terminal_the_ledger_is_written_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(ONE)
    for options in ((), ("-n", "2")):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:terminal", "--energy", "--energy-provider=model", *options],
            cwd=tmp_path,
            env=None,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert list(of_phase(tmp_path, "call")) == ["test_a"]
        assert stored(tmp_path)[0].status == "complete"


def test_a_test_with_a_failed_subtest_is_not_said_to_keep_its_budget(tmp_path: Path) -> None:
    suite = (
        "import pytest, unittest\nclass T(unittest.TestCase):\n"
        "    @pytest.mark.energy_budget('5 J')\n    def test_u(self):\n"
        "        for i in range(3):\n            with self.subTest(i=i): self.assertNotEqual(i, 1)\n"
        "@pytest.mark.energy_budget('5 J')\ndef test_keeps(): pass\n"
    )
    done = run(tmp_path, suite, "--energy")
    assert re.search(r"test_keeps.*budget 5 J: pass", done.stdout)
    assert not re.search(r"test_u .*budget", done.stdout), done.stdout
