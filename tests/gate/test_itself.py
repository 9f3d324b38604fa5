"""`greenlint doctor --aa`: the machine against itself, and the noise that is kept for the gates."""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from greenlint.errors import ConfigError, GreenlintError
from greenlint.gate.itself import Itself, against_itself
from greenlint.profiler.pair_noise import PairNoise, find_noise, load, save
from greenlint.reporters.base import plain
from greenlint.reporters.bench.itself import as_object, render
from greenlint.sampling.sample import Process, Value


def itself(sd: float, *, pairs: int = 200, seed: int = 4, rounds: int = 5) -> Itself:
    """A simulated machine: processes differ by `sd`, the rounds of one process by a fifth of it."""
    draw = random.Random(seed)

    def run(side: str, hash_seed: int, names: Sequence[str]) -> Process:
        level = math.exp(draw.gauss(0, sd))
        times = tuple(1e-3 * level * math.exp(draw.gauss(0, sd / 5)) for _ in range(rounds))
        return Process({"a": Value(times[0], None, "", 10, None, times, times)})

    return against_itself(run, "x-1cpu", "[simulated]", pairs, 1, lambda _: None)


def test_the_noise_of_a_pair_is_found_and_that_of_a_process_is_smaller() -> None:
    found = itself(0.02)
    assert found.noise.sd == pytest.approx(0.02 * math.sqrt(2), rel=0.2)
    assert found.noise.process_sd == pytest.approx(0.02, rel=0.2)
    assert (found.noise.metric, found.noise.pairs, found.noise.benchmarks) == ("cpu", 200, 1)


def test_more_pairs_see_more_and_a_noisier_machine_needs_more_of_them() -> None:
    quiet, noisy = itself(0.01), itself(0.03)
    assert list(quiet.visible.values()) == sorted(quiet.visible.values(), reverse=True)
    quiet_five, noisy_five = quiet.needed[0.05], noisy.needed[0.05]
    assert quiet_five is not None and noisy_five is not None and quiet_five < noisy_five
    assert quiet.headroom < noisy.headroom


def test_head_room_lets_95_of_100_unchanged_runs_pass_with_certainty() -> None:
    found, draw = itself(0.02), random.Random(9)
    sd, limit = found.noise.process_sd, 1 + found.headroom
    passed = sum(math.exp(draw.gauss(0, 0.02)) * (1 + 2.326 * sd) <= limit for _ in range(4000))
    assert passed / 4000 == pytest.approx(0.95, abs=0.04)


def test_simple_rules_cry_wolf_where_processes_differ_more_than_their_rounds() -> None:
    rules = {rule.name: rule for rule in itself(0.035).rules}
    assert rules["t test of CPU time, p < 0.05"].alarms > 200 * 0.25
    assert rules["mean CPU time +5 %"].alarms > 200 * 0.08
    assert not any(rule.name.startswith("t test") for rule in itself(0.02, rounds=1).rules)


def test_the_text_fits_and_says_what_to_do() -> None:
    text = render(itself(0.02), "noise.json", 80, plain)
    assert all(len(line) <= 80 for line in text.splitlines())
    for words in ("noise of a pair", "+5%:", "head-room of a budget", "false alarms in 200", "kept in noise.json"):
        assert words in " ".join(text.split()), words
    assert json.loads(json.dumps(as_object(itself(0.02), "p")))["needed"]["0.05"] >= 8


def test_nothing_to_measure_is_an_error_with_the_words_of_what_failed() -> None:
    with pytest.raises(GreenlintError, match="nothing measured: no module pkg"):
        against_itself(lambda *_: Process({}, {"a": "no module pkg"}), "x", "y", 8, 1, lambda _: None)


NOISE = PairNoise("x-1cpu", "cpu", 0.02, 30, 1, "[built-in]", "2026-11-21")


def test_what_pairs_that_took_turns_have_in_common_counts_for_a_process_alone_and_for_simple_rules() -> None:
    draw, state = random.Random(3), {"seed": -1.0, "level": 1.0}

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        if state["seed"] != seed:
            state.update(seed=seed, level=math.exp(draw.gauss(0, 0.05)))
        seconds = 1e-3 * state["level"] * math.exp(draw.gauss(0, 0.005))
        return Process({"a": Value(seconds, None, "", 1, None, (seconds,) * 3, (seconds,) * 3)})

    found = against_itself(run, "x-1cpu", "[simulated]", 100, 1, lambda _: None)
    assert found.noise.sd < 0.01
    assert found.noise.process_sd == pytest.approx(0.05, rel=0.3)
    assert found.headroom > 0.12
    assert {rule.name: rule for rule in found.rules}["mean CPU time +5 %"].alarms > 10


def test_noise_is_kept_by_machine_class_and_metric_and_a_newer_one_replaces_it(tmp_path: Path) -> None:
    path = str(tmp_path / "data" / "noise.json")
    save(NOISE, path)
    save(NOISE._replace(metric="energy", sd=0.04), path)
    save(NOISE._replace(sd=0.03), path)
    assert find_noise("x-1cpu", "cpu", path) == NOISE._replace(sd=0.03)
    assert find_noise("x-1cpu", "energy", path) == NOISE._replace(metric="energy", sd=0.04)
    assert find_noise("y-2cpu", "cpu", path) is None
    old = {name: value for name, value in NOISE._asdict().items() if name != "alone_sd"}
    (tmp_path / "old.json").write_text(json.dumps({"version": 1, "noises": [old]}))
    assert find_noise("x-1cpu", "cpu", str(tmp_path / "old.json")) == NOISE
    assert NOISE._replace(alone_sd=0.05).process_sd == 0.05
    assert find_noise("x-1cpu", "cpu", str(tmp_path / "none.json")) is None


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", '{"version": 2, "noises": []}', '{"version": 1}', '{"version": 1, "noises": [{}]}',
        json.dumps({"version": 1, "noises": [{**NOISE._asdict(), "sd": 0}]}),
        json.dumps({"version": 1, "noises": [{**NOISE._asdict(), "alone_sd": "x"}]}),
        json.dumps({"version": 1, "noises": [{**NOISE._asdict(), "pairs": "many"}]}),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_where_it_is_asked_for_and_counts_as_none_elsewhere(tmp_path: Path, text: str) -> None:
    path = tmp_path / "noise.json"
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"noise\.json"):
        load(str(path))
    assert find_noise("x-1cpu", "cpu", str(path)) is None


def doctor(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "greenlint", "doctor", *arguments]
    environment = {**os.environ, "GREENLINT_PROVIDER": "model", "XDG_DATA_HOME": str(folder / "data")}
    return subprocess.run(argv, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120)


def test_a_project_without_benchmarks_is_measured_by_the_built_in_workload_and_kept_for_this_user(tmp_path: Path) -> None:
    done = doctor(tmp_path, "--aa", "--pairs", "8", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["workload"], report["pairs"], report["metric"]) == ("[built-in]", 8, "cpu")
    assert 0 < report["sd"] < 1
    assert {rule["of"] for rule in report["simple_rules"]} == {8}
    stored = load(str(tmp_path / "data" / "greenlint" / "noise.json"))
    assert stored[report["machine_class"], "cpu"].sd == report["sd"]


def test_configured_commands_are_what_is_measured(tmp_path: Path) -> None:
    (tmp_path / "greenlint.toml").write_text(f'[bench.commands]\nsum = "{sys.executable} -c sum(range(100000))"\n')
    done = doctor(tmp_path, "--aa", "--pairs", "8", "--noise-file", str(tmp_path / "n.json"))
    assert done.returncode == 0, done.stderr
    assert " · sum · 8 interleaved process pairs" in done.stdout
    assert "t test" not in done.stdout
    assert (tmp_path / "n.json").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("tests",), 2, "are for --aa"),
        (("--noise-file", "x"), 2, "are for --aa"),
        (("--aa", "--pairs", "7"), 2, "7 is not in the range"),
        (("--aa", "--noise-file", "broken.json"), 2, "broken.json: cannot be read"),
        (("--aa", "test_plain.py"), 4, "nothing measured"),
    ],
)
def test_wrong_arguments_are_one_line_each(tmp_path: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "test_plain.py").write_text("def test_plain():\n    pass\n")
    done = doctor(tmp_path, *arguments)
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (code, True, False), done.stderr
