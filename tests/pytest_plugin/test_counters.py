"""With a counter of the whole machine: read once however many workers there are, and void when it dies."""

from __future__ import annotations

from pathlib import Path

import pytest
from energy_lab import BURN, report, run, stored
from shell import slowness

from greenlint.testing import CounterTree, Zone

HUNDRED = """
import atexit, os, pytest, time
noted = []
@atexit.register
def write():
    with open(f"spent.{os.getpid()}", "w") as file: file.writelines(noted)
def burn(seconds, kind):
    start = time.process_time()
    while time.process_time() - start < seconds: pass
    noted.append(f"{kind} {time.process_time() - start}\\n")
@pytest.fixture(scope="session")
def whole():
    burn(0.06, "fixture")
    yield
    burn(0.04, "fixture")
@pytest.fixture(scope="module")
def part(whole): burn(0.05, "fixture")
@pytest.mark.parametrize("n", range(100))
def test_n(n, part): burn(0.01, "call")
"""
SUITE = BURN + (
    "import pytest\n"
    "@pytest.fixture(scope='session')\ndef shared():\n    burn(0.1)\n    yield\n    burn(0.05)\n"
    "@pytest.fixture\ndef own(): burn(0.002)\n"
    "@pytest.mark.parametrize('n', range(60))\ndef test_short(n, shared, own): burn(0.005)\n"
    "def test_long(): burn(0.5)\n"
)


@pytest.mark.parametrize("options", [(), ("-n", "4")])
def test_the_parts_sum_to_what_the_counter_counted(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, options: tuple[str, ...]
) -> None:
    with CounterTree(tmp_path_factory.mktemp("rapl"), [Zone(watts=20, per_cpu_w=15)]) as tree:
        done = run(
            *(tmp_path, SUITE, "--energy", "--energy-provider=rapl-powercap", "--energy-json=out.json", *options),
            GREENLINT_POWERCAP_ROOT=tree.root,
        )
    assert done.returncode == 0, done.stdout
    assert "exceed it by" not in done.stdout
    found = report(tmp_path)
    parts, session = found["parts_j"], found["session"]
    assert session["method"] in ("counter", "attributed")
    assert sum(parts.values()) == pytest.approx(session["energy_j"], rel=0.01)
    wall_s = next(row.wall_ns for row in stored(tmp_path)[1] if row.phase == "session") / 1e9
    assert session["energy_j"] <= (20 + 15 * 16) * wall_s
    assert parts["tests"] + parts["fixtures"] <= session["energy_j"] + 1
    assert {row["energy"]["method"] for row in found["tests"] if options} <= {"attributed"}


@pytest.mark.parametrize("content", ["", "break_it(b'')", "break_it(b'no number')"], ids=["stalls", "empty", "garbage"])
def test_a_counter_that_dies_in_mid_run_passes_and_fails_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    suite = BURN + (
        "import os, pytest\ndef break_it(content):\n"
        "    with open(os.environ['COUNTER'], 'wb') as file: file.write(content)\n"
        f"def test_first():\n    burn(0.2)\n    os.kill(int(os.environ['WRITER']), 9)\n    {content}\n"
        "@pytest.mark.energy_budget('1 uJ')\ndef test_over(): burn(0.5)\n"
        "@pytest.mark.energy_budget('900 J')\ndef test_under(): burn(0.1)\n"
    )
    with CounterTree(tmp_path_factory.mktemp("rapl"), [Zone()]) as tree:
        assert tree._writer is not None
        done = run(
            *(tmp_path, suite, "--energy", "--energy-provider=rapl-powercap", "--energy-json=out.json"),
            GREENLINT_POWERCAP_ROOT=tree.root,
            COUNTER=tree.path("intel-rapl:0"),
            WRITER=str(tree._writer.pid),
        )
    assert "3 passed" in done.stdout
    assert done.stdout.count("no valid measurement: ") == 1
    assert "warning: " not in done.stdout, "one line says it"
    assert report(tmp_path)["session"] is None
    assert stored(tmp_path)[0].status.startswith("invalid: ")
    verdicts = {row.extra.get("verdict_energy") for row in stored(tmp_path)[1]} - {None}
    assert verdicts <= {"unmeasured"}


def test_a_counter_that_wraps_in_mid_run_is_counted_on(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    suite = BURN + (
        "import os\nfrom pathlib import Path\ndef count(): return int(Path(os.environ['COUNTER']).read_text())\n"
        "def test_until_it_wraps():\n    first = count()\n    while count() > 10**9: burn(0.01)\n"
        "    burn(0.1)\n    Path('counted').write_text(f'{first} {count()}')\n"
    )
    zone = Zone(watts=40, start_uj=Zone().range_uj - 80_000_000)  # it wraps after two seconds
    with CounterTree(tmp_path_factory.mktemp("rapl"), [zone]) as tree:
        counter = Path(tree.path("intel-rapl:0"))
        before = int(counter.read_text())
        done = run(
            *(tmp_path, suite, "--energy", "--energy-provider=rapl-powercap"),
            GREENLINT_POWERCAP_ROOT=tree.root,
            COUNTER=str(counter),
        )
        after = int(counter.read_text())
    assert "1 passed" in done.stdout
    assert "no valid measurement" not in done.stdout, done.stdout
    (whole,) = [row for row in stored(tmp_path)[1] if row.phase == "session"]
    assert whole.energy is not None
    # The session lies around its test and inside the process, so the counter itself gives both limits. Beside other busy
    # processes a session is charged its part alone; `most_j` is what the whole machine used at the most.
    first, last = map(int, (tmp_path / "counted").read_text().split())
    assert last < first, "it did not wrap"
    values = zone.range_uj + 1
    least_j, most_j = (last - first) % values / 1e6, (after - before) % values / 1e6
    assert least_j / 2 <= whole.energy.energy_j <= most_j
    assert whole.energy.most_j is None or least_j <= whole.energy.most_j


def test_a_machine_that_was_suspended_says_so_and_judges_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "conftest.py").write_text(
        "from greenlint.profiler.clock import ProcessTreeClock\nslept = [0]\n"
        "ProcessTreeClock.asleep_ns = staticmethod(lambda: slept[0])\n"
        "def pytest_runtest_teardown(item):\n    if 'first' in item.name: slept[0] = 300 * 10**9\n"
    )
    suite = BURN + (
        "import pytest\ndef test_first(): burn(0.1)\n@pytest.mark.energy_budget('1 uJ')\ndef test_over(): burn(0.3)\n"
    )
    with CounterTree(tmp_path_factory.mktemp("rapl"), [Zone()]) as tree:
        done = run(tmp_path, suite, "--energy", "--energy-provider=rapl-powercap", GREENLINT_POWERCAP_ROOT=tree.root)
    assert "2 passed" in done.stdout, done.stdout
    assert done.stdout.count("the machine was suspended for 300 s") == 1
    assert stored(tmp_path)[0].status.startswith("invalid: ")


@pytest.mark.parametrize("options", [(), ("-n", "4")])
def test_what_a_hundred_tests_and_their_fixtures_used_is_charged_to_them_within_one_percent(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    done = run(tmp_path, HUNDRED, "--energy", "--energy-json=out.json", *options)
    assert "100 passed" in done.stdout, done.stdout
    noted = [line.split() for file in tmp_path.glob("spent.*") for line in file.read_text().splitlines()]
    rows, found = stored(tmp_path)[1], report(tmp_path)
    own_s = 400e-6 * slowness()  # what pytest itself does inside the borders: 0.2 to 0.4 ms
    for phase, extra_s in (("call", 100 * own_s), ("fixture", 20 * own_s)):
        used = sum(row.cpu_ns for row in rows if row.phase == phase) / 1e9
        known = sum(float(seconds) for kind, seconds in noted if kind == phase)
        assert known * 0.99 <= used <= known * 1.01 + extra_s
    assert sum(found["parts_j"].values()) == pytest.approx(found["session"]["energy_j"], rel=1e-9)
    assert found["parts_j"]["other"] >= -0.01 * found["session"]["energy_j"]
