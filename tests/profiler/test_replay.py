"""A recorded session, played back: the recorded energy comes out, and every value says that it was replayed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from local_meter import QuietClock

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.providers.replay import Replay
from greenlint.profiler.recording import dump, load
from greenlint.testing import CounterTree, ReplayProvider, Zone, check_provider
from greenlint.testing.replay import record_session

WATTS = 40.0
RANGE = 262_143_328_850


def rows(seconds: float = 2.0, *, start: int = 0, wrap: int = 0) -> list[tuple[int, int, int]]:
    """A read every millisecond of a package of 40 W and a DRAM of 5 W."""
    values = ((t, int(WATTS * t / 1000), int(5 * t / 1000)) for t in range(0, int(seconds * 1e9), 1_000_000))
    return [(t + 77, (start + a) % (wrap or a + start + 1), b) for t, a, b in values]


def recorded(path: Path, **head: Any) -> dict[str, Any]:
    dump(str(path), {"provider": "rapl-perf", "boundary": "CPU package + DRAM (RAPL)", **head}, ["package-0", "dram-0"], rows())
    return {"replay": str(path)}


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    return recorded(tmp_path / "session.csv")


def test_the_contract_holds_with_a_recording_and_without_one(settings: dict[str, Any]) -> None:
    probe = check_provider(Replay(), settings=settings)
    assert probe.found and probe.method is Method.COUNTER and probe.domains == ("package-0", "dram-0")
    assert check_provider(Replay()).reason == "no recording is configured"


def test_it_is_taken_by_name_only() -> None:
    assert Replay.order is None


def test_the_recorded_power_comes_out_and_is_marked_as_replayed(settings: dict[str, Any]) -> None:
    with Meter.open("replay", settings=settings, clock=QuietClock()) as meter:
        start = meter.read()
        time.sleep(0.3)
        end = meter.read()
        energy = meter.energy(start, end, idle="wall")
    assert energy is not None and meter.invalid is None
    low, high = energy.interval
    assert low <= (WATTS + 5) * (end.t_ns - start.t_ns) / 1e9 <= high
    assert energy.provider == "replay" and energy.method is Method.COUNTER
    assert energy.boundary == f"CPU package + DRAM (RAPL), replayed from {settings['replay']}, idle included"


def test_a_recording_that_is_over_begins_again_on_top(tmp_path: Path) -> None:
    dump(str(tmp_path / "short.csv"), {}, ["package-0"], [(0, 5), (1_000_000, 15), (3_000_000, 30)])
    recording = load(str(tmp_path / "short.csv"))
    assert [recording.at(t * 1_000_000) for t in (0, 1, 2, 3, 4, 6)] == [(0,), (10,), (10,), (25,), (35,), (50,)]


def test_what_wrapped_while_it_was_recorded_is_whole_again(tmp_path: Path) -> None:
    values = rows(1.0, start=RANGE - 1_000_000, wrap=RANGE + 1)
    dump(str(tmp_path / "wrap.csv"), {"range_uj": f"{RANGE} 0"}, ["package-0", "dram-0"], values)
    recording = load(str(tmp_path / "wrap.csv"))
    assert recording.values_uj[-1] == (39_960_000, 4_995_000)


def test_json_lines_say_the_same_as_csv(tmp_path: Path, settings: dict[str, Any]) -> None:
    head = '{"provider": "rapl-perf", "boundary": "CPU package + DRAM (RAPL)", "domains": ["package-0", "dram-0"]}'
    path = tmp_path / "session.jsonl"
    path.write_text(head + "\n" + "".join(f"[{t}, {a}, {b}]\n" for t, a, b in rows()))
    assert load(str(path))._replace(path="") == load(settings["replay"])._replace(path="")


def test_a_session_of_real_counters_is_recorded_and_played(tmp_path: Path) -> None:
    path = tmp_path / "session.csv"
    with CounterTree(tmp_path / "tree", [Zone(watts=WATTS, zones=(Zone("dram", 4),))]) as tree:
        record_session(str(path), 0.3, provider=RaplPowercap(tree.root))
    recording = load(str(path))
    assert recording.provider == "rapl-powercap" and recording.method is Method.COUNTER
    package, dram = recording.values_uj[-1]
    assert package / 1e6 == pytest.approx(WATTS * recording.seconds, rel=0.15)
    assert dram / 1e6 == pytest.approx(4 * recording.seconds, rel=0.15)
    assert "# boundary = CPU package + DRAM (RAPL)\n" in path.read_text()


def test_a_model_has_nothing_to_record(tmp_path: Path) -> None:
    with pytest.raises(ProviderError, match="model has no counter that could be recorded"):
        record_session(str(tmp_path / "x.csv"), 0.1, provider="model")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("t,package-0\n1,2\n", ":1: the header begins with t_ns, not 't'"),
        ("# what = 5\nt_ns,a\n", ":1: 'what' is unknown; known are provider, method"),
        ("# method = model\nt_ns,a\n1,1\n2,2\n", "estimates are not replayed"),
        ("# period_s = soon\nt_ns,a\n1,1\n2,2\n", "period_s is a positive number, not 'soon'"),
        ("# gain = nan\nt_ns,a\n1,1\n2,2\n", "gain is a positive number"),
        ("# range_uj = 1 2 3\nt_ns,a\n1,1\n2,2\n", "range_uj is one whole number"),
        ("# range_uj =\nt_ns,a\n1,1\n2,2\n", "range_uj is one whole number"),
        ("t_ns,a,a\n1,1,1\n2,2,2\n", "each domain needs a name of its own"),
        ("t_ns\n1\n2\n", "each domain needs a name of its own, not none"),
        ("t_ns,a\n1,1\n", "two rows are the least"),
        ("t_ns,a\n1,1\n2,2,3\n", ":3: 2 values for 1 domains"),
        ("t_ns,a\n2,1\n2,2\n", ":3: time does not go on"),
        ("t_ns,a\n1,-1\n2,2\n", ":2: a counter is negative"),
        ("t_ns,a\n1,1.5\n2,2\n", ":2: a row is whole numbers"),
        ("t_ns,a\n1,nan\n2,2\n", ":2: a row is whole numbers"),
        ("t_ns,a\n1,9000000\n1000000,5\n", "the counter went back by 9 J"),
        ('{"domains": "a"}\n', ":1: the first line holds domains"),
        ('{"domains": ["a"]}\n{"t": 1}\n', ":2: a row is whole numbers"),
        ('{"domains": ["a"]}\n[1, true]\n', ":2: a row is whole numbers"),
        ('{"domains": ["a"]}\n5\n', ":2: a row is whole numbers"),
        ('{"domains": ["a"]\n', ":1: not JSON"),
        ("\x00\xff\x00", "the header begins with t_ns"),
    ],
    ids=lambda value: value[:28].encode("ascii", "replace").decode().replace("\n", "|").replace("\0", "?"),
)
def test_a_wrong_recording_is_refused_with_its_line(text: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "session.csv"
    path.write_text(text, encoding="latin-1")
    probe = check_provider(Replay(), settings={"replay": str(path)})
    assert probe.status == "refused" and reason in probe.reason and str(path) in probe.reason


@pytest.mark.parametrize("value", [5, "", "no-such-file.csv", "a\0b"])
def test_a_recording_that_is_not_there_is_refused(value: Any) -> None:
    assert check_provider(Replay(), settings={"replay": value}).status == "refused"


def test_a_recording_that_stands_still_is_refused_like_a_dead_counter(tmp_path: Path) -> None:
    dump(str(tmp_path / "dead.csv"), {}, ["package-0"], [(t * 1_000_000, 7) for t in range(2000)])
    with pytest.raises(ProviderError, match="does not advance"):
        Meter.open("replay", settings={"replay": str(tmp_path / "dead.csv")})


def test_a_pipeline_can_be_tried_without_counters(settings: dict[str, Any], tmp_path: Path) -> None:
    """The command of a user's CI, which demands measured energy, on a machine that has none."""
    (tmp_path / "pyproject.toml").write_text('[tool.greenlint.machine]\nreplay = "session.csv"\n')
    argv = [sys.executable, "-m", "greenlint", "measure", "--provider", "replay", "--no-ledger"]
    done = subprocess.run(
        [*argv, "--", sys.executable, "-c", "sum(range(10**7))"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "by replay" in done.stderr and "replayed from session.csv" in " ".join(done.stderr.split())


def test_the_provider_for_tests_shares_its_source() -> None:
    source = ReplayProvider([(1,), OSError("gone"), (3,)]).open(None)  # type: ignore[arg-type]
    assert source.read() == (1,)
    with pytest.raises(OSError, match="gone"):
        source.read()
    assert source.read() == (3,) == source.read()
    source.close()
    assert (source.reads, source.closed, source.name, source.boundary) == (4, True, "replay", "a recording")
