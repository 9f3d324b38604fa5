"""Markers, limits of the configuration, JUnit properties and the totals fixture, in real pytest runs."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from energy_lab import BURN, of_phase, report, run, run_each

MARK = BURN + "import pytest\nmark = pytest.mark\n"
BOTH = pytest.mark.parametrize("options", [(), ("-n", "1")])


def properties(folder: Path) -> dict[str, dict[str, str]]:
    """Properties by test of out.xml."""
    return {
        str(case.get("name")): {str(one.get("name")): str(one.get("value")) for one in case.iter("property")}
        for case in ElementTree.parse(folder / "out.xml").iter("testcase")
    }


WRONG = [
    ("energy_budget('2')", "has no unit"),
    ("energy_budget(2)", "has no unit"),
    ("energy_budget('-2 J')", "is negative"),
    ("energy_budget('2 parsec')", "unknown unit"),
    ("energy_budget('2 s')", "is in s, but J is needed here"),
    ("energy_budget('2 J', '3 J')", "takes one limit"),
    ("energy_budget(joules='2 J')", "has no argument 'joules'"),
    ("energy_budget()", "takes one limit"),
    ("energy_budget('2 J', per='call')", "per is test or op"),
    ("energy_budget('2 J', scope='all')", "scope is call or call+function_fixtures"),
    ("energy_budget('2 J', limit=3)", "no argument 'limit'"),
    ("energy_budget('2 J', energy='3 J')", "takes one limit"),
    ("energy_budget(cpu='2 J')", "is in J, but s is needed here"),
    ("energy_budget(instructions='5')", "has no unit"),
    ("energy_budget('2 J', per='op')", "needs the `energy` fixture"),
    ("energy_budget('2 J', per='op', scope='call+function_fixtures')", "without fixtures"),
    ("energy_group()", "takes a name"),
    ("energy_group(3)", "takes a name"),
    ("energy_group('a', base='b')", "takes a name"),
    ("energy_skip", "takes one reason"),
    ("energy_skip('')", "takes one reason"),
    ("energy_skip('a', because='b')", "takes one reason"),
]


def test_a_wrong_marker_ends_the_run_before_any_test_with_one_line(tmp_path: Path) -> None:
    suites = [MARK + f"@mark.{marker}\ndef test_a(): pass\n" for marker, _ in WRONG]
    for number, ((code, output), (_, say)) in enumerate(zip(run_each(tmp_path, suites, "--energy"), WRONG)):
        assert code == 4, output
        assert f"ERROR: test_{number}.py:" in output and f"test_{number}.py::test_a" in output
        assert say in output
        assert "Traceback" not in output


def test_a_wrong_marker_is_one_line_from_workers_as_well(tmp_path: Path) -> None:
    done = run(tmp_path, MARK + "@mark.energy_budget(2)\ndef test_a(): pass\n", "--energy", "-n", "2")
    assert done.returncode != 0
    assert "has no unit" in done.stdout + done.stderr
    assert " passed" not in done.stdout


def test_two_limits_at_one_place_that_contradict_each_other_are_an_error(tmp_path: Path) -> None:
    twice = "@mark.energy_budget('2 J')\n@mark.energy_budget('3 J')\ndef test_a(): pass\n"
    done = run(tmp_path, MARK + twice, "--energy")
    assert done.returncode == 4
    assert "contradict each other" in done.stderr


def test_the_closest_limit_of_each_quantity_holds(tmp_path: Path) -> None:
    suite = MARK + (
        "@mark.energy_budget('1 uJ', cpu='50 s')\nclass TestAll:\n"
        "    @mark.energy_budget('900 J')\n    def test_near(self): burn(0.05)\n    def test_far(self): burn(0.05)\n"
    )
    done = run(tmp_path, suite, "--energy")
    assert "1 failed, 1 passed" in done.stdout
    assert of_phase(tmp_path, "call")["test_near"].extra["verdict_energy"] == "pass"
    assert of_phase(tmp_path, "call")["test_near"].extra["verdict_cpu"] == "pass"


@BOTH
def test_a_limit_with_function_fixtures_counts_both_their_halves(tmp_path: Path, options: tuple[str, ...]) -> None:
    suite = MARK + (
        "@pytest.fixture\ndef costly():\n    burn(0.1)\n    yield\n    burn(0.1)\n"
        "@pytest.fixture(scope='module')\ndef shared(): burn(0.3)\n"
        "@mark.energy_budget(cpu='0.15 s', scope='call+function_fixtures')\ndef test_over(costly): pass\n"
        "@mark.energy_budget(cpu='0.15 s')\ndef test_call_only(costly): pass\n"
        "@mark.energy_budget('900 J', cpu='0.15 s', scope='call+function_fixtures')\ndef test_shared(shared): pass\n"
    )
    done = run(tmp_path, suite, "--energy", *options)
    assert "3 passed, 1 error" in done.stdout, done.stdout
    assert "ERROR at teardown of test_over" in done.stdout
    assert "fixtures of class, module and session" in done.stdout
    assert of_phase(tmp_path, "call")["test_over"].extra["verdict_cpu_with_fixtures"] == "fail"


@pytest.mark.parametrize("options", [("--energy",), ("--energy=bench",), ("--energy", "-n", "2")])
def test_a_limit_per_call_is_divided_by_the_iterations(tmp_path: Path, options: tuple[str, ...]) -> None:
    suite = MARK + (
        "@mark.energy_budget(cpu='40 ms', per='op')\ndef test_fine(energy):\n    burn(0.2)\n    energy(burn, 0.01)\n"
        "@mark.energy_budget(cpu='1 ms', per='op')\ndef test_over(energy): energy(burn, 0.02)\n"
    )
    done = run(tmp_path, suite, *options)
    assert "1 failed, 1 passed" in done.stdout, done.stdout
    assert "cpu budget: test_it.py::test_over" in done.stdout
    assert "1 ms for each call" in done.stdout


def test_a_limit_per_call_without_a_call_is_unmeasured(tmp_path: Path) -> None:
    suite = MARK + "@mark.energy_budget('1 J', per='op')\ndef test_a(energy): pass\n"
    done = run(tmp_path, suite, "--energy")
    assert done.returncode == 0
    assert "unmeasured" in done.stdout
    strict = run(tmp_path, suite, "--energy", "--energy-strict")
    assert strict.returncode == 1
    assert "the test measured no call" in strict.stdout


@BOTH
def test_strict_fails_what_cannot_be_told_and_instructions_may_be_missing_beside_another_limit(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    suite = MARK + (
        "@mark.energy_budget('900 J', instructions='5 Ginstr')\ndef test_two(): pass\n"
        "@mark.energy_budget(instructions='5 Ginstr')\ndef test_one(): pass\n"
        "@mark.energy_budget(cpu='0.1 s')\ndef test_straddles(): burn(0.1)\n"
    )
    assert "3 passed" in run(tmp_path, suite, "--energy", *options).stdout
    done = run(tmp_path, suite, "--energy", "--energy-strict", *options)
    assert "2 failed, 1 passed" in done.stdout
    assert "instructions were not counted" in done.stdout
    assert "is inconclusive against the limit" in done.stdout


@BOTH
def test_the_limits_of_the_configuration_are_judged_in_the_run(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.greenlint.budgets."test_it.py::test_burns*"]\nenergy = "1 mJ"\n'
        '[tool.greenlint.budgets."test_it.py::test_gone"]\nenergy = "1 J"\n'
        '[tool.greenlint.budgets."test_it.py::test_m"]\nenergy = "20 J"\n'
    )
    suite = MARK + (
        "@mark.parametrize('n', [1, 2])\ndef test_burns(n): burn(0.1)\n@mark.energy_budget('10 J')\ndef test_m(): pass\n"
    )
    done = run(tmp_path, suite, "--energy", *options)
    assert "2 failed, 1 passed" in done.stdout, done.stdout
    assert "limit        1 mJ (written at pyproject.toml:2)" in done.stdout
    assert done.stdout.count("there is no such test") == 1
    assert "budget of 'test_it.py::test_gone' (pyproject.toml:4)" in done.stdout
    assert len(re.findall(r"10 J \(test_it.py:\d+\) and 20 J \(pyproject.toml:6\); the lower one decides", done.stdout)) == 1


def test_a_narrowed_run_does_not_miss_the_tests_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.greenlint.budgets."test_other.py::test_x"]\nenergy = "1 J"\n'
        '[tool.greenlint.budgets."test_it.py::test_b"]\nenergy = "1 J"\n'
    )
    suite = "def test_a(): pass\ndef test_b(): pass\n"
    assert "no such test" not in run(tmp_path, suite, "--energy", "test_it.py").stdout
    assert "no such test" not in run(tmp_path, suite, "--energy", "test_it.py", "-k", "test_a").stdout
    assert run(tmp_path, suite, "--energy").stdout.count("no such test") == 1


def test_a_limit_of_another_machine_class_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.greenlint.budgets."test_it.py::*"]\nenergy = "1 uJ"\nmachine = "some-other-machine"\n'
    )
    done = run(tmp_path, MARK + "def test_a(): burn(0.1)\n", "--energy")
    assert done.returncode == 0
    assert "incomparable" in done.stdout


@BOTH
def test_a_skipped_measurement_runs_the_test_and_keeps_the_reason(tmp_path: Path, options: tuple[str, ...]) -> None:
    suite = MARK + "@mark.energy_skip('needs a network')\n@mark.energy_budget('1 uJ')\ndef test_a(): burn(0.1)\n"
    done = run(tmp_path, suite, "--energy", *options)
    assert "1 passed" in done.stdout, done.stdout
    row = of_phase(tmp_path, "call")["test_a"]
    assert (row.energy, row.excluded) == (None, "needs a network")


def test_a_skipped_benchmark_says_why(tmp_path: Path) -> None:
    suite = MARK + "@mark.energy_skip('needs a network')\ndef test_a(energy): energy(sum, [1])\n"
    done = run(tmp_path, suite, "--energy=bench", "-rs")
    assert "1 skipped" in done.stdout
    assert "energy_skip: needs a network" in done.stdout


@BOTH
def test_groups_reach_the_ledger_and_the_report(tmp_path: Path, options: tuple[str, ...]) -> None:
    suite = MARK + "@mark.energy_group('json', baseline='stdlib')\ndef test_a(energy): energy(sum, [1])\n"
    run(tmp_path, suite, "--energy", *options)
    extra = of_phase(tmp_path, "call")["test_a"].extra
    assert (extra["group"], extra["baseline"]) == ("json", "stdlib")
    if not options:
        run(tmp_path, suite, "--energy=bench", "--energy-json=out.json")
        (benchmark,) = report(tmp_path)["benchmarks"]
        assert (benchmark["group"], benchmark["baseline"]) == ("json", "stdlib")


@BOTH
def test_junit_has_the_energy_of_every_test_case(tmp_path: Path, options: tuple[str, ...]) -> None:
    suite = MARK + (
        "@pytest.fixture\ndef costly(): burn(0.05)\n"
        "@mark.energy_budget('900 J', cpu='90 s')\ndef test_a(costly): burn(0.05)\ndef test_b(): pass\n"
        "@mark.energy_budget('1 uJ')\ndef test_c(): burn(0.05)\n"
    )
    run(tmp_path, suite, "--energy", "--junitxml=out.xml", *options)
    found = properties(tmp_path)
    assert set(found["test_a"]) == {
        f"greenlint.{name}"
        for name in ("energy_j", "energy_u_j", "method", "provider", "cpu_s", "fixture_j", "budget_j", "verdict")
    }
    assert float(found["test_a"]["greenlint.energy_j"]) > 0.01
    assert float(found["test_a"]["greenlint.cpu_s"]) == pytest.approx(0.05, abs=0.03)
    assert found["test_a"]["greenlint.provider"] == "model"
    assert found["test_a"]["greenlint.verdict"] == "pass"
    assert found["test_a"]["greenlint.budget_j"] == "900"
    assert "greenlint.verdict" not in found["test_b"]
    assert found["test_c"]["greenlint.verdict"] == "fail"


def test_totals_so_far_can_be_read_and_not_written(tmp_path: Path) -> None:
    suite = MARK + (
        "def test_a(energy_session):\n    before = energy_session.energy_j\n    burn(0.1)\n"
        "    assert energy_session.measured and energy_session.tests == 0\n"
        "    assert energy_session.energy_j > before and energy_session.cpu_s > 0.1 and energy_session.wall_s > 0.1\n"
        "    assert energy_session.energy.method\n"
        "    with pytest.raises(AttributeError): energy_session.tests = 3\n"
        "def test_b(energy_session): assert energy_session.tests == 1\n"
    )
    assert "2 passed" in run(tmp_path, suite, "--energy").stdout
    off = "def test_a(energy_session): assert not energy_session.measured and energy_session.energy_j is None\n"
    assert "1 passed" in run(tmp_path, off).stdout
    worker = "def test_a(energy_session): assert energy_session.cpu_s >= 0 and energy_session.energy is None\n"
    assert "1 passed" in run(tmp_path, worker, "--energy", "-n", "1").stdout


def test_one_limit_that_is_written_twice_is_told_once_with_both_places(tmp_path: Path) -> None:
    (tmp_path / "greenlint.toml").write_text('[budgets]\n"*::test_a" = { energy = "1 uJ" }\n')
    done = run(tmp_path, MARK + "@mark.energy_budget('1 uJ')\ndef test_a(): burn(0.05)\n", "--energy")
    assert done.stdout.count("energy budget: ") == 1 + done.stdout.count("FAILED ")
    assert " and greenlint.toml:2)" in done.stdout
