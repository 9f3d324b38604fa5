"""Each export has the fields that its readers ask for, and an energy leaves with the method it came by."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from ledger_lab import MACHINE, SHA, joules, make_run, row, store
from shell import greenlint

from greenlint.errors import ConfigError, LedgerError
from greenlint.ledger.exports.registry import format_names, load_format
from greenlint.ledger.exports.selection import Selection
from greenlint.ledger.exports.table import COLUMNS
from greenlint.ledger.pytest_benchmark import import_benchmarks
from greenlint.ledger.store import Ledger
from greenlint.model.energy import Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit

MODELLED, COUNTED = joules(4.0), joules(6.0, Method.COUNTER)
SHARED = joules(2.0, Method.ATTRIBUTED)


def rounds(name: str, seconds: list[float], iterations: int = 10) -> list[Measurement]:
    """Rounds of a benchmark; 2 W of a counter."""
    return [
        row(
            name,
            joules(2 * value * iterations, Method.COUNTER),
            phase="bench",
            wall_ns=round(value * iterations * 1e9),
            cpu_ns=round(value * iterations * 1e9),
            extra={"iterations": str(iterations), "group": "g", "round": str(number)},
        )
        for number, value in enumerate(seconds)
    ]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "l.sqlite"


def exported(path: Path, name: str, **chosen: str) -> tuple[str, list[str]]:
    with Ledger.open(path, create=False) as ledger:
        selection = Selection(ledger, **chosen)
        content = load_format(name).export(selection)
        assert not isinstance(content, bytes)
        return "".join(content), selection.notices


def test_every_format_is_one_module_with_a_summary() -> None:
    assert format_names() == [
        *("bencher", "csv", "github-action-benchmark", "jsonl", "otava-csv", "parquet", "prometheus", "pytest-benchmark"),
    ]
    assert all(load_format(name).SUMMARY for name in format_names())
    with pytest.raises(ConfigError, match=r"no export format 'xml' \(one of bencher, csv"):
        load_format("xml")


def test_bencher_gets_benchmark_measure_value_and_bounds(path: Path) -> None:
    store(path, [row("t::a", MODELLED, peak_bytes=5000), row("t::b", COUNTED), *rounds("t::c", [1, 2, 3, 4, 5, 6])])
    text, notices = exported(path, "bencher")
    document = json.loads(text)
    assert notices == []
    assert set(document) == {"t::a", "t::b", "t::c"}
    for measures in document.values():
        for metric in measures.values():
            assert set(metric) <= {"value", "lower_value", "upper_value"}
            assert metric.get("lower_value", metric["value"]) <= metric["value"] <= metric.get("upper_value", metric["value"])
    assert set(document["t::a"]) == {"energy_estimated_joules", "cpu_seconds", "wall_seconds", "peak_memory_bytes"}
    assert document["t::a"]["peak_memory_bytes"] == {"value": 5000.0}
    energy = document["t::c"]["energy_measured_joules"]
    assert energy["value"] == 7.0
    assert energy["lower_value"] == pytest.approx(7 - (5**2 + (1.96 * 1.2) ** 2) ** 0.5, rel=0.001)
    assert energy["upper_value"] == pytest.approx(7 + (5**2 + (1.96 * 1.2) ** 2) ** 0.5, rel=0.001)
    assert document["t::c"]["wall_seconds"]["value"] == 3.5


def test_a_measured_an_attributed_and_a_modelled_energy_have_metrics_of_their_own(path: Path) -> None:
    store(path, [row("a", MODELLED), row("b", COUNTED), row("c", SHARED), row("d", joules(9, Method.PROXY)), row("e")])
    for name in ("bencher", "github-action-benchmark", "prometheus", "otava-csv", "csv", "pytest-benchmark"):
        text, _ = exported(path, name)
        assert all(f"energy_{mark}_joules" in text for mark in ("measured", "attributed", "estimated")), name
        assert not re.search(r"energy_joules|energy_proxy", text), name
        assert "9.0" not in text.replace("0.9", ""), name  # a proxy claims no joules


def test_github_action_benchmark_gets_its_five_fields(path: Path) -> None:
    store(path, [row("t::a", COUNTED)])
    entries = json.loads(exported(path, "github-action-benchmark")[0])
    assert [(entry["name"], entry["unit"], entry["value"]) for entry in entries] == [
        ("t::a energy_measured_joules", "J", 6.0),
        ("t::a cpu_seconds", "s", 0.9),
        ("t::a wall_seconds", "s", 1.0),
    ]
    assert all(set(entry) <= {"name", "unit", "value", "range", "extra"} for entry in entries)
    assert "energy from by-counter" in entries[0]["extra"]
    assert entries[0]["range"] == "4.8 to 7.2" or re.fullmatch(r"[\d.]+ to [\d.]+", entries[0]["range"])


FIELDS = (
    *("min", "max", "mean", "stddev", "rounds", "median", "iqr", "q1", "q3", "iqr_outliers", "stddev_outliers", "outliers"),
    *("ld15iqr", "hd15iqr", "ops", "total", "data", "iterations"),
)


def test_pytest_benchmark_finds_all_fields_that_it_compares(path: Path) -> None:
    run = make_run("bench", Commit(SHA, "", 0, True, "main", "s"))
    store(path, [row("t.py::a"), *rounds("t.py::a", [1.0, 2.0, 3.0, 4.0, 100.0]), row("t.py::b")], run)
    document = json.loads(exported(path, "pytest-benchmark")[0])
    assert set(document) == {"machine_info", "commit_info", "benchmarks", "datetime", "version"}
    assert document["commit_info"]["id"] == SHA
    assert document["machine_info"]["node"] == MACHINE.machine_class
    a, b = document["benchmarks"]
    assert {"group", "name", "fullname", "params", "param", "extra_info", "options", "stats"} <= set(a)
    assert (a["fullname"], a["name"], a["group"]) == ("t.py::a", "a", "g")
    assert set(a["stats"]) == set(FIELDS)
    assert (a["stats"]["median"], a["stats"]["rounds"], a["stats"]["iterations"]) == (3.0, 5, 10)
    assert (a["stats"]["iqr_outliers"], a["stats"]["hd15iqr"], a["stats"]["outliers"]) == (1, 4.0, "1;1")
    assert a["extra_info"]["energy_measured_joules"] == 6.0
    assert a["extra_info"]["energy_source"] == "by-counter"
    assert b["stats"]["stddev"] == 0.0


def test_prometheus_has_one_escaped_line_per_benchmark_and_metric(path: Path) -> None:
    store(path, [row('t::a["\\x\n"]', COUNTED), row("t::b", MODELLED)])
    store(path, [row("t::a", MODELLED)], make_run(machine_class="other"))
    text, _ = exported(path, "prometheus")
    lines = text.splitlines()
    label = r'[a-z_]+="(?:[^"\\\n]|\\["\\n])*"'
    assert all(re.fullmatch(rf"# (HELP|TYPE) greenlint_\w+ .+|greenlint_\w+\{{{label}(,{label})*\}} \S+", one) for one in lines)
    samples = [one.rsplit(" ", 1) for one in lines if not one.startswith("#")]
    assert len({name for name, _ in samples}) == len(samples)
    assert all(float(value) >= 0 for _, value in samples)
    assert r'benchmark="t::a[\"\\x\n\"]"' in text
    for metric in ("energy_measured_joules", "energy_estimated_joules", "cpu_seconds"):
        assert f"# TYPE greenlint_{metric} gauge" in lines
        block = [number for number, one in enumerate(lines) if one.startswith(f"greenlint_{metric}{{")]
        assert block == list(range(block[0], block[0] + len(block)))
    assert sum(one.startswith("greenlint_cpu_seconds{") for one in lines) == 3


def test_otava_gets_a_time_the_commit_and_a_column_per_metric_of_one_machine_class(path: Path) -> None:
    for number in (2, 0, 1):  # a history is visited in random order
        commit = Commit(f"{number}" * 40, "", 1_700_000_000 + number, False, "main", "s")
        rows = [row("a,b", joules(10.0 + number)), *([row("new")] if number == 2 else [])]
        store(path, rows, make_run("history", commit, started=f"2026-01-0{3 - number}T00:00:00+00:00"))
    store(path, [row("a,b")], make_run("history", started="2025-01-01T00:00:00+00:00", machine_class="slow"))
    text, notices = exported(path, "otava-csv")
    table = list(csv.DictReader(io.StringIO(text)))
    assert [line["commit"][0] for line in table] == ["0", "1", "2"]
    assert [line["time"] for line in table] == sorted(line["time"] for line in table)
    assert [float(line["a,b energy_estimated_joules"]) for line in table] == [10.0, 11.0, 12.0]
    assert list(table[0])[:5] == ["time", "commit", "branch", "run", "machine_class"]
    assert table[0]["new cpu_seconds"] == ""
    assert notices[0] == "3 of 4 runs are in: those of test-class and history, like the newest"
    assert "2 of 5 columns have empty cells" in notices[1]


def test_csv_has_a_row_per_measurement_and_empty_means_unknown(path: Path) -> None:
    below = joules(0.001, limit_j=0.5)
    store(path, [row("a", COUNTED), row("b", below), row("c", excluded="why", outcome="failed"), row("d", phase="setup")])
    table = list(csv.DictReader(io.StringIO(exported(path, "csv")[0])))
    assert list(table[0]) == list(COLUMNS)
    assert [line["name"] for line in table] == ["a", "b", "c", "d"]
    assert (table[0]["energy_measured_joules"], table[0]["energy_estimated_joules"]) == ("6.0", "")
    assert (table[1]["energy_estimated_joules"], table[1]["below_detection_limit"]) == ("", "True")
    assert (table[1]["energy_low_joules"], table[1]["energy_high_joules"]) == ("0.0", "0.5")
    assert (table[2]["excluded"], table[2]["outcome"]) == ("why", "failed")


def test_parquet_is_typed_or_says_what_to_install(path: Path, tmp_path: Path) -> None:
    store(path, [row("a", COUNTED), row("b", peak_bytes=7)])
    done = greenlint("ledger", "--ledger", "l.sqlite", "export", "--format", "parquet", "t.parquet", cwd=tmp_path)
    try:
        from pyarrow import parquet
    except ImportError:
        assert done.returncode == 2
        assert "--format parquet needs pyarrow" in done.stderr
        assert "pip install 'greenlint[parquet]'" in done.stderr
        assert done.stderr.count("\n") == 1
        assert not (tmp_path / "t.parquet").exists()
        return
    assert done.returncode == 0
    table = parquet.read_table(tmp_path / "t.parquet")
    assert table.column_names == list(COLUMNS)
    assert table["energy_measured_joules"].to_pylist() == [6.0, None]


def test_parquet_without_pyarrow_is_one_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(path, [row("a")])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with Ledger.open(path) as ledger, pytest.raises(Exception, match=r"needs pyarrow.*greenlint\[parquet\]"):
        load_format("parquet").export(Selection(ledger))


def test_invalid_runs_failed_windows_and_energies_below_the_limit_are_left_out_with_a_notice(
    path: Path, tmp_path: Path
) -> None:
    store(path, [row("good", COUNTED), row("small", joules(0.1, limit_j=1.0)), row("bad", COUNTED, outcome="failed")])
    store(path, [row("dead", COUNTED)], status="invalid: the counter stalled")
    text, notices = exported(path, "bencher")
    document = json.loads(text)
    assert set(document) == {"good", "small"}
    assert set(document["small"]) == {"cpu_seconds", "wall_seconds"}
    assert notices[0] == "1 run left out, for the counter failed (the last: invalid: the counter stalled)"
    assert notices[1].endswith("1 windows that failed or must not be ranked are left out")
    assert notices[2].endswith("small: its energy is below the detection limit and left out")
    done = greenlint("ledger", "--ledger", "l.sqlite", "export", "--format", "csv", "t.csv", cwd=tmp_path)
    assert "dead" not in (tmp_path / "t.csv").read_text()
    assert done.stderr.count("counter failed") == 1
    raw = greenlint("ledger", "--ledger", "l.sqlite", "export", cwd=tmp_path)
    assert "dead" in raw.stdout


def test_a_format_of_one_run_takes_the_newest_or_the_one_that_is_named(path: Path, tmp_path: Path) -> None:
    first = store(path, [row("one")], make_run(started="2026-01-01T00:00:00+00:00"))
    store(path, [row("two")], make_run("bench", started="2026-01-02T00:00:00+00:00"))
    text, notices = exported(path, "bencher")
    assert list(json.loads(text)) == ["two"]
    assert notices[0].startswith("this format holds one run: the newest of 2, ")
    assert list(json.loads(exported(path, "bencher", run_id=first.run_id[:8])[0])) == ["one"]
    assert list(json.loads(exported(path, "bencher", kind="account")[0])) == ["one"]
    with pytest.raises(LedgerError, match="no single run begins with 'zz'"):
        exported(path, "bencher", run_id="zz")
    with pytest.raises(LedgerError, match="holds no run to export"):
        exported(path, "bencher", kind="gate")
    for name in ("prometheus", "csv", "jsonl", "otava-csv"):
        assert exported(path, name, kind="gate")[0].count("\n") <= 1
    assert len(exported(path, "jsonl", kind="bench")[0].splitlines()) == 1
    listed = greenlint("ledger", "export", "--format", "help", cwd=tmp_path)
    assert "otava-csv " in listed.stdout
    wrong = greenlint("ledger", "--ledger", "l.sqlite", "export", "--format", "xml", cwd=tmp_path)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


SAVED: dict[str, Any] = {
    "machine_info": {
        "node": "my-host",
        "system": "Linux",
        "release": "6.1",
        "cpu": {
            "vendor_id_raw": "GenuineIntel",
            "family": 6,
            "model": 207,
            "count": 2,
            "brand_raw": "Xeon",
            "flags": ["hypervisor"],
        },
    },
    "commit_info": {"id": SHA, "author_time": "2026-01-01T10:00:00+01:00", "dirty": True, "project": "p", "branch": "main"},
    "benchmarks": [
        {
            "group": "g",
            "name": "test_a[1]",
            "fullname": "t.py::test_a[1]",
            "stats": {"data": [2e-6, 1e-6, 3e-6], "median": 2e-6, "rounds": 3, "iterations": 10},
        },
        {"group": None, "name": "b", "fullname": "t.py::b", "stats": {"median": 0.5, "rounds": 7, "iterations": 1}},
    ],
    "datetime": "2026-01-01T12:00:00.123456",
    "version": "5.3.1",
}


def test_a_file_of_pytest_benchmark_becomes_a_run_of_times_without_energy(path: Path, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(json.dumps(SAVED))
    command = ("ledger", "--ledger", "l.sqlite", "import", "b.json", "--format", "pytest-benchmark")
    assert greenlint(*command, cwd=tmp_path).stdout == "b.json: 1 run added, 0 known already\n"
    assert greenlint(*command, cwd=tmp_path).stdout == "b.json: 0 runs added, 1 known already\n"
    with Ledger.open(path) as ledger:
        (run,) = ledger.runs()
        assert (run.kind, run.method, run.provider, run.status) == ("bench", "none", "none", "complete")
        assert run.machine.machine_class == "intel-6-207-2vcpu-vm"
        assert run.commit == Commit(SHA, "", 1767258000, True, "main", "")
        assert run.started_utc == "2026-01-01T12:00:00.123+00:00"
        rows = ledger.measurements(run.run_id)
        assert [(m.name, m.phase, m.wall_ns, m.energy) for m in rows] == [
            *(("t.py::test_a[1]", "bench", wall, None) for wall in (10_000, 20_000, 30_000)),
            ("t.py::b", "bench", 500_000_000, None),
        ]
        assert ledger.check() == []
    assert "my-host" not in greenlint("ledger", "--ledger", "l.sqlite", "export", cwd=tmp_path).stdout
    figures = json.loads(exported(path, "bencher")[0])
    assert set(figures["t.py::b"]) == {"wall_seconds"}  # CPU time is unknown, not zero
    again = json.loads(exported(path, "pytest-benchmark")[0])
    assert again["benchmarks"][0]["stats"]["median"] == pytest.approx(2e-6)


def test_a_hundred_thousand_rounds_become_a_thousand_with_the_same_quantiles(path: Path, tmp_path: Path) -> None:
    data = [(n * 7919 % 100_003) / 1e6 for n in range(100_003)]
    saved = {**SAVED, "benchmarks": [{"fullname": "a", "stats": {"data": data, "rounds": len(data), "iterations": 1}}]}
    (tmp_path / "b.json").write_text(json.dumps(saved))
    with Ledger.open(path) as ledger:
        import_benchmarks(ledger, str(tmp_path / "b.json"))
        walls = [m.wall_ns / 1e9 for m in ledger.measurements(ledger.runs()[0].run_id)]
    assert len(walls) == 1000
    assert (walls[0], walls[-1]) == (min(data), max(data))
    assert walls[500] == pytest.approx(0.05, rel=0.01)


@pytest.mark.parametrize(
    "text",
    [
        *("{", "[]", "{}", "null", json.dumps({**SAVED, "benchmarks": [{}]}), json.dumps({**SAVED, "datetime": "today"})),
        json.dumps({**SAVED, "benchmarks": [{"fullname": "a", "stats": {"median": -1, "rounds": 1, "iterations": 1}}]}),
        json.dumps({**SAVED, "benchmarks": [{"fullname": "a", "stats": {"median": "x", "rounds": 1, "iterations": 1}}]}),
        '{"datetime": NaN}',
    ],
)
def test_what_is_no_file_of_pytest_benchmark_is_one_line(path: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with Ledger.open(path) as ledger:
        with pytest.raises(LedgerError, match=r"b\.json: is not a file of pytest-benchmark"):
            import_benchmarks(ledger, str(tmp_path / "b.json"))
        assert ledger.runs() == []
