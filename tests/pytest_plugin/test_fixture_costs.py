"""Fixtures are accounted apart, and the parts of a session sum to the session."""

from __future__ import annotations

from pathlib import Path

import pytest
from energy_lab import BURN, of_phase, report, run, stored

FIXTURES = (
    BURN
    + """
import pytest
@pytest.fixture(scope="session")
def database():
    burn(0.2)
    yield
    burn(0.1)
@pytest.fixture(scope="module")
def table(database):
    burn(0.06)
    yield
    burn(0.03)
@pytest.fixture
def row(table):
    burn(0.02)
    yield
    burn(0.01)
def test_first(row): pass
def test_second(row): burn(0.05)
def test_asks_late(request):
    request.getfixturevalue("late")
@pytest.fixture
def late(): burn(0.05)
"""
)
MIXED = (
    FIXTURES
    + """
@pytest.fixture
def broken(): burn(0.02); raise KeyError
@pytest.fixture
def breaks_later():
    yield
    burn(0.02)
    raise KeyError
def test_error(broken): pass
def test_late_error(breaks_later): burn(0.02)
def test_fails(row): burn(0.02); assert 0
@pytest.mark.skip
def test_skipped(row): pass
@pytest.mark.xfail
def test_xfails(row): burn(0.02); assert 0
tries = []
def test_flaky(row):
    burn(0.02)
    tries.append(1)
    assert len(tries) > 1
@pytest.mark.parametrize("n", [1, 2])
class TestClass:
    @pytest.fixture(scope="class", autouse=True)
    def once(self): burn(0.02)
    def test_method(self, n, row): pass
"""
)


@pytest.mark.parametrize("options", [(), ("-n", "1")])
def test_each_fixture_has_its_own_cost_and_none_lands_on_a_test(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = run(tmp_path, FIXTURES, "--energy", *options)
    assert done.returncode == 0, done.stdout
    fixtures = of_phase(tmp_path, "fixture")
    own = {name: row.cpu_ns / 1e9 for name, row in fixtures.items()}
    assert own["database"] == pytest.approx(0.3, abs=0.06)
    assert own["table"] == pytest.approx(0.09, abs=0.04)
    assert own["row"] == pytest.approx(0.06, abs=0.04)
    assert [fixtures[name].extra["scope"] for name in ("database", "table", "row")] == ["session", "module", "function"]
    assert fixtures["row"].extra["set_ups"] == "2"
    assert int(fixtures["database"].extra["set_up_cpu_ns"]) == pytest.approx(2e8, abs=4e7)
    calls = of_phase(tmp_path, "call")
    assert calls["test_first"].cpu_ns < 3e7
    assert calls["test_second"].cpu_ns == pytest.approx(5e7, abs=3e7)
    assert calls["test_asks_late"].cpu_ns < 3e7, "a fixture that a test asks for while it runs is still a fixture"
    assert own["late"] == pytest.approx(0.05, abs=0.03)
    assert int(calls["test_first"].extra["fixture_cpu_ns"]) == pytest.approx(3e7, abs=2e7)
    assert "fixtures by scope: session " in done.stdout
    assert " · module " in done.stdout and " · function " in done.stdout


@pytest.mark.parametrize("options", [(), ("-n", "2"), ("--reruns", "1"), ("-n", "2", "--reruns", "1"), ("-x",)])
def test_the_parts_sum_to_the_session(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = run(tmp_path, MIXED, "--energy", "--energy-json=out.json", *options)
    assert done.returncode == 1, done.stdout
    assert "exceed it by" not in done.stdout
    parts, session = report(tmp_path)["parts_j"], report(tmp_path)["session"]
    assert sum(parts.values()) == pytest.approx(session["energy_j"], rel=1e-9)
    assert parts["other"] >= -max(1.0, 0.01 * session["energy_j"])
    rows = stored(tmp_path)[1]
    (whole,) = (row for row in rows if row.phase == "session")
    inside = [row for row in rows if row.phase in ("collect", "call", "fixture", "plugin")]
    assert sum(row.cpu_ns for row in inside) <= whole.cpu_ns
    assert {row.phase for row in inside} == {"collect", "call", "fixture", "plugin"}
    assert all(row.energy is not None for row in inside if row.cpu_ns)


def test_an_attempt_that_is_repeated_is_recorded_once_each_with_its_fixtures(tmp_path: Path) -> None:
    for options in ((), ("-n", "2")):
        run(tmp_path, MIXED, "--energy", "--reruns", "1", "-k", "flaky", *options)
        rows = [row for row in stored(tmp_path)[1] if row.phase == "call"]
        assert [(row.attempt, row.outcome) for row in rows] == [(1, "failed"), (2, "passed")]
        assert all(int(row.extra["fixture_cpu_ns"]) > 1e7 for row in rows)
        assert of_phase(tmp_path, "fixture")["row"].extra["set_ups"] == "2"


def test_the_values_of_parametrize_are_no_fixtures(tmp_path: Path) -> None:
    run(tmp_path, "import pytest\n@pytest.mark.parametrize('n', [1, 2])\ndef test_n(n): pass\n", "--energy")
    assert of_phase(tmp_path, "fixture") == {}


def test_serial_and_parallel_runs_agree_about_what_tests_and_fixtures_use(tmp_path: Path) -> None:
    run(tmp_path, FIXTURES, "--energy")
    serial = {name: row.cpu_ns for name, row in of_phase(tmp_path, "call").items()}
    run(tmp_path, FIXTURES, "--energy", "-n", "2")
    parallel = {name: row.cpu_ns for name, row in of_phase(tmp_path, "call").items()}
    assert serial.keys() == parallel.keys()
    assert sum(parallel.values()) == pytest.approx(sum(serial.values()), abs=6e7)


def test_what_workers_use_while_the_ledger_is_written_is_not_counted_as_the_plug_in(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        "import time\nfrom greenlint.pytest_plugin.ledger_writer import LedgerWriter\nwrite = LedgerWriter.write\n"
        "def slowly(self, rows, status=''):\n    time.sleep(0.5 if rows and not status else 0)\n    write(self, rows, status)\n"
        "LedgerWriter.write = slowly\n"
    )
    suite = BURN + "import pytest\n@pytest.mark.parametrize('n', range(10))\ndef test_n(n): burn(0.3)\n"
    run(tmp_path, suite, "--energy", "-n", "2")
    (own,) = [row for row in stored(tmp_path)[1] if row.phase == "plugin"]
    assert own.wall_ns > 4e8
    assert own.cpu_ns < 1e8
