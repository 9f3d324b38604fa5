"""`greenlint budget init|update` over real ledgers and real configuration files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from history_lab import greenlint, joules, ledger_path, run_of

from greenlint.config.loader import load_config
from greenlint.ledger.store import Ledger
from greenlint.model.measurement import Measurement
from greenlint.profiler.machine import describe_machine

if TYPE_CHECKING:
    from pathlib import Path

    from greenlint.model.energy import Energy

HERE = describe_machine()
CONFIG = """\
# our project
[project]
name = "shop"   # not "greenlint"

[tool.greenlint]
jobs = 2  # two of them

[tool.other]
cpu = "9 s"
"""


def record(folder: Path, values: list[float], *, energy: bool = False, first: int = 0, **changes: object) -> None:
    """One accounting run for each value: a session of so many CPU seconds (and joules), of which one test used a tenth."""
    with Ledger.open(ledger_path(folder)) as ledger:
        for number, value in enumerate(values, first):
            run = run_of("account", f"{number:040x}", number, HERE)._replace(**changes)
            ledger.begin(run)
            ledger.append(
                run.run_id,
                [
                    _row("tests/test_a.py::test_one[x.y]", "call", value / 10, joules(value / 10) if energy else None),
                    _row("[session]", "session", value, joules(value) if energy else None),
                ],
            )
            ledger.finish(run.run_id)


def _row(name: str, phase: str, cpu_s: float, energy: Energy | None) -> Measurement:
    return Measurement(name, phase, energy, int(2e9 * cpu_s), int(1e9 * cpu_s), outcome="passed")


def config(folder: Path, text: str = CONFIG, name: str = "pyproject.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def limits(folder: Path) -> dict[tuple[str, str, str], tuple[str, str]]:
    budgets = load_config(str(folder)).budgets
    return {(one.scope, one.selector, one.quantity): (one.text, one.machine_class) for one in budgets}


def test_an_empty_ledger_invents_no_limit_and_exits_4(tmp_path: Path) -> None:
    path = config(tmp_path)
    done = greenlint(tmp_path, "budget", "init")
    assert (done.returncode, path.read_text()) == (4, CONFIG)
    assert "nothing measured" in done.stderr
    assert not ledger_path(tmp_path).exists()


def test_two_runs_are_too_few_unless_a_percentage_is_given(tmp_path: Path) -> None:
    path = config(tmp_path)
    record(tmp_path, [10.0, 10.1])
    assert greenlint(tmp_path, "budget", "init").returncode == 4
    assert path.read_text() == CONFIG
    done = greenlint(tmp_path, "budget", "init", "--headroom", "10 %")
    assert done.returncode == 0
    assert limits(tmp_path) == {("suite", "*", "cpu"): ("11.2 s", HERE.machine_class)}


def test_init_keeps_every_byte_that_was_there_and_binds_the_limit_to_this_machine(tmp_path: Path) -> None:
    path = config(tmp_path)
    record(tmp_path, [10.0, 10.1, 10.2, 9.9, 10.0])
    done = greenlint(tmp_path, "budget", "init", "--test", "tests/*")
    assert done.returncode == 0, done.stderr
    assert path.read_text().startswith(CONFIG)
    found = limits(tmp_path)
    assert set(found) == {("suite", "*", "cpu"), ("test", "tests/test_a.py::test_one[x.y]", "cpu")}
    assert all(machine == HERE.machine_class for _, machine in found.values())
    seconds = float(found["suite", "*", "cpu"][0].split()[0])
    assert 10.2 < seconds < 12  # above the 95th percentile, and a run of 12 s would be seen
    again = greenlint(tmp_path, "budget", "init", "--test", "tests/*")
    assert (again.returncode, "has a limit already" in again.stderr) == (0, True)


def test_a_gate_with_the_new_limit_passes_the_runs_it_was_made_from_and_fails_a_worse_one(tmp_path: Path) -> None:
    config(tmp_path)
    record(tmp_path, [10.0, 10.1, 10.2, 9.9, 10.0])
    assert greenlint(tmp_path, "budget", "init").returncode == 0
    assert greenlint(tmp_path, "gate").returncode == 0
    record(tmp_path, [14.0], first=9)
    assert greenlint(tmp_path, "gate").returncode == 1


def test_joules_are_limited_only_where_a_device_counted_them(tmp_path: Path) -> None:
    config(tmp_path)
    record(tmp_path, [10.0, 10.1, 10.2], energy=True)
    greenlint(tmp_path, "budget", "init")
    assert [key[2] for key in limits(tmp_path)] == ["energy"]


def test_runs_of_another_machine_class_half_suites_and_unfinished_ones_do_not_count(tmp_path: Path) -> None:
    config(tmp_path)
    record(tmp_path, [1.0] * 5, machine=HERE._replace(machine_class="else"))
    record(tmp_path, [2.0, 2.0], first=10, args=("-k", "one"))
    record(tmp_path, [10.0, 10.0, 10.0], first=20)
    greenlint(tmp_path, "budget", "init", "--headroom", "0 %")
    assert limits(tmp_path)["suite", "*", "cpu"][0] == "10 s"


def test_update_only_lowers_unless_raising_is_allowed(tmp_path: Path) -> None:
    text = CONFIG + '\n[tool.greenlint.budgets.suite]\ncpu = "20 s" # hard won\n'
    path = config(tmp_path, text)
    record(tmp_path, [10.0, 10.0, 10.0])
    assert greenlint(tmp_path, "budget", "update", "--headroom", "5 %").returncode == 0
    assert path.read_text() == text.replace('"20 s"', '"10.5 s"')
    record(tmp_path, [15.0] * 3, first=10)
    done = greenlint(tmp_path, "budget", "update", "--headroom", "5 %", "--last", "3")
    assert (done.returncode, "no limit can be lowered" in done.stderr) == (0, True)
    assert '"10.5 s"' in path.read_text()
    greenlint(tmp_path, "budget", "update", "--headroom", "5 %", "--last", "3", "--allow-raise")
    assert '"15.8 s" # hard won' in path.read_text()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("greenlint.toml", '[budgets]\nsuite = { cpu = "20 s", machine = "" } # inline\n'),
        ("greenlint.toml", "budgets.suite.cpu = '20 s'\n"),
        ("greenlint.toml", '[budgets.session]\ncpu = "20 s"\n'),
        ("greenlint.toml", '[budgets.suite]\r\ncpu = "20 s"\r\n'),
        ("pyproject.toml", '[tool.other]\ncpu = "20 s"\n[tool.greenlint.budgets."suite"]\n"cpu" = "20 s"'),
    ],
)
def test_every_way_of_writing_a_limit_is_edited_in_place(tmp_path: Path, name: str, text: str) -> None:
    path = config(tmp_path, text, name)
    record(tmp_path, [10.0, 10.0, 10.0])
    done = greenlint(tmp_path, "budget", "update", "--headroom", "0 %")
    assert done.returncode == 0, done.stderr
    changed = path.read_bytes().decode()
    old = text.rpartition("20 s")
    assert changed.replace("'", '"') == f"{old[0]}10 s{old[2]}".replace("'", '"')


def test_a_dry_run_shows_a_diff_and_writes_nothing(tmp_path: Path) -> None:
    path = config(tmp_path)
    record(tmp_path, [10.0, 10.0, 10.0])
    done = greenlint(tmp_path, "budget", "init", "--headroom", "0 %", "--dry-run")
    assert '+[tool.greenlint.budgets.suite]\n+cpu = "10 s"\n' in done.stdout
    assert path.read_text() == CONFIG


def test_without_any_configuration_a_file_is_made(tmp_path: Path) -> None:
    record(tmp_path, [10.0, 10.0, 10.0])
    assert greenlint(tmp_path, "budget", "init", "--headroom", "0 %").returncode == 0
    assert (tmp_path / "greenlint.toml").read_text().startswith('[budgets.suite]\ncpu = "10 s"\n')


def test_a_limit_of_another_machine_class_is_left_alone_and_named(tmp_path: Path) -> None:
    text = '[budgets.suite]\ncpu = "20 s"\nmachine = "else"\n'
    path = config(tmp_path, text, "greenlint.toml")
    record(tmp_path, [10.0, 10.0, 10.0])
    done = greenlint(tmp_path, "budget", "update")
    assert (done.returncode, path.read_text()) == (4, text)
    assert "is for machine class else" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("init", "--headroom", "5"), "a percentage such as"),
        (("init", "--headroom", "often"), "a percentage such as"),
        (("init", "--test", "nothing/*"), "no test of the newest runs matches"),
        (("update",), "no budgets are configured"),
    ],
)
def test_wrong_arguments_are_one_line_each(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    config(tmp_path)
    record(tmp_path, [10.0, 10.0, 10.0])
    done = greenlint(tmp_path, "budget", *arguments)
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (2, True, False)
