"""With a counter of the whole machine: read once however many workers there are, and void when it dies."""

from __future__ import annotations

from pathlib import Path

import pytest
from energy_lab import BURN, report, run, stored

from greenlint.testing import CounterTree, Zone

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


def test_a_counter_that_dies_in_mid_run_passes_and_fails_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    suite = BURN + (
        "import pytest\ndef test_first(): burn(1.5)\n"
        "@pytest.mark.energy_budget('1 uJ')\ndef test_over(): burn(0.7)\n"
        "@pytest.mark.energy_budget('900 J')\ndef test_under(): burn(0.1)\n"
    )
    with CounterTree(tmp_path_factory.mktemp("rapl"), [Zone(stalls_after_s=1.5)]) as tree:
        done = run(
            *(tmp_path, suite, "--energy", "--energy-provider=rapl-powercap", "--energy-json=out.json"),
            GREENLINT_POWERCAP_ROOT=tree.root,
        )
    assert "3 passed" in done.stdout
    assert done.stdout.count("no valid measurement: ") == 1
    assert report(tmp_path)["session"] is None
    assert stored(tmp_path)[0].status.startswith("invalid: ")
    verdicts = {row.extra.get("verdict_energy") for row in stored(tmp_path)[1]} - {None}
    assert verdicts <= {"unmeasured"}
