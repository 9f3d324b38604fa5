"""Energy providers, findings formats and carbon factors of an installed package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from plugin_lab import HEAD, RULE, Lab

from greenlint.plugins import hookspecs

PROVIDER = """
import time

from greenlint.profiler.provider import Provider
from greenlint.testing import ReplayProvider


class Meter(ReplayProvider):
    name = "acme-meter"

    def __init__(self):
        super().__init__(at=lambda: (int(time.perf_counter() * 40e6 + time.process_time() * 10e6),))


class Broken(Provider):
    name = "acme-broken"

    def probe(self, context):
        raise ZeroDivisionError("oops")


@hookimpl
def greenlint_providers():
    return [Meter, Broken]
"""
REPORTER = """
class Count:
    NAME = "count"

    @staticmethod
    def render(result, options):
        return f"{len(result.findings)} in {result.files}"


@hookimpl
def greenlint_reporters():
    return [Count]
"""
FACTOR = """
from greenlint.carbon.factors import CarbonFactor


@hookimpl
def greenlint_carbon_factors():
    return [CarbonFactor(28.0, 20.0, 40.0, "ISL-EAST", 2024, "CO2e, life cycle", "location", "Acme 2025", "CC0")]
"""
FACTOR_FOR = """
from greenlint.carbon.factors import factor_for
from greenlint.config import load_config
print(factor_for(load_config(".").carbon))
"""


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return HEAD + text.replace(old, new)


def one_warning(stderr: str) -> str:
    (line,) = stderr.splitlines()
    assert line.startswith("greenlint: warning: plug-in acme-kind 1.2: ")
    return line


def test_a_provider_is_listed_by_doctor_and_taken_by_name(lab: Lab) -> None:
    lab.install("kind", HEAD + PROVIDER)
    done = lab.run("doctor", "--json", GREENLINT_PROVIDER="model")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    probes = {probe["name"]: probe["status"] for probe in report["providers"]}
    assert (probes["acme-meter"], probes["acme-broken"], probes["model"]) == ("found", "refused", "found")
    assert report["plugins"] == [{"package": "acme-kind", "version": "1.2", "hooks": ["greenlint_providers"], "problem": ""}]
    measured = lab.run("measure", "--provider", "acme-meter", "--", "true")
    assert (measured.returncode, measured.stdout) == (0, "")
    assert "by acme-meter" in measured.stderr
    unknown = lab.run("measure", "--provider", "acme-none", "--", "true")
    assert unknown.returncode == 4
    assert "acme-meter" in unknown.stderr
    taken = lab.run("measure", "--provider", "acme-broken", "--", "true")
    assert taken.returncode == 4
    assert "acme-broken: probe failed: ZeroDivisionError: oops" in taken.stderr


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[Meter, Broken]", "[Meter, Broken, 3]", "provider 3: is no subclass of Provider"),
        ('"acme-meter"', '"model"', "provider model: the name is taken"),
        ('"acme-meter"', '"auto"', "provider auto: the name is taken"),
        ('"acme-meter"', '"Acme Meter"', "its name is not lower case words"),
        ("super().__init__(", "raise OSError('dead')\n        super().__init__(", "provider acme-meter: OSError: dead"),
    ],
)
def test_nonsense_instead_of_a_provider_is_one_warning(lab: Lab, old: str, new: str, reason: str) -> None:
    lab.install("kind", changed(PROVIDER, old, new))
    done = lab.run("doctor", "--json", GREENLINT_PROVIDER="model")
    assert reason in one_warning(done.stderr)
    assert done.returncode == 0
    assert "acme-broken" in [probe["name"] for probe in json.loads(done.stdout)["providers"]]


def test_doctor_lists_plug_ins_with_what_they_add_or_why_they_failed(lab: Lab) -> None:
    def line(**variables: str) -> str:
        text = " ".join(lab.run("doctor", GREENLINT_PROVIDER="model", **variables).stdout.split())
        return text.partition("plug-ins ")[2].partition(" providers ")[0]

    assert line() == "none"
    lab.install("broken", "import not_installed_anywhere\n")
    lab.install("evil", HEAD + RULE + FACTOR)
    assert line() == (
        "acme-broken 1.2 (not loaded: ModuleNotFoundError: No module named 'not_installed_anywhere'); "
        "acme-evil 1.2 (carbon factors, rules)"
    )
    assert line(GREENLINT_NO_PLUGINS="1") == "switched off (GREENLINT_NO_PLUGINS is set)"


def test_a_findings_format_is_offered_and_used(lab: Lab) -> None:
    lab.install("kind", HEAD + REPORTER)
    done = lab.run("check", "--output-format", "count")
    assert (done.returncode, done.stdout, done.stderr) == (0, "0 in 1", "")
    assert "count" in lab.run("check", "--help").stdout
    assert lab.run("check", "--output-format", "count", GREENLINT_NO_PLUGINS="1").returncode == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [("return 1 / 0", "failed: ZeroDivisionError"), ("return b'x'", "gives no text")],
)
def test_a_format_that_fails_is_one_error_that_names_its_package(lab: Lab, body: str, reason: str) -> None:
    lab.install("kind", changed(REPORTER, 'return f"', f'{body}\n        return f"'))
    done = lab.run("check", "--output-format", "count")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"greenlint: error: output format count of acme-kind 1.2 {reason}" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"count"', '"json"', "output format json: the name is taken"),
        ('"count"', '"a/b"', "its NAME is not lower case words"),
        ("def render", "def rendre", "output format count: it has no render"),
    ],
)
def test_nonsense_instead_of_a_format_is_one_warning(lab: Lab, old: str, new: str, reason: str) -> None:
    lab.install("kind", changed(REPORTER, old, new))
    done = lab.run("check", "--output-format=json")  # with "=", click reads it, and asks for all formats
    assert reason in one_warning(done.stderr)
    assert (done.returncode, json.loads(done.stdout)["findings"]) == (0, [])


def test_a_carbon_factor_serves_its_zone(lab: Lab) -> None:
    lab.install("kind", HEAD + FACTOR)
    (lab.project / "pyproject.toml").write_text('[tool.greenlint.carbon]\nzone = "isl-east"\n')
    assert "value_g_per_kwh=28.0" in lab.python("-c", FACTOR_FOR).stdout
    assert "unknown carbon zone 'isl-east'" in lab.python("-c", FACTOR_FOR, GREENLINT_NO_PLUGINS="1").stderr


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"ISL-EAST"', '"DEU"', "carbon factor DEU: the zone is taken"),
        ('"ISL-EAST"', '"isl-east"', "its zone is not a name in capitals"),
        ("28.0, 20.0", "28.0, 30.0", "low, value and high are not in this order"),
        ("28.0", "float('nan')", "low, value and high are not in this order"),
        ("28.0", "'28'", "a figure is no number"),
        ('"Acme 2025", "CC0"', '"", ""', "source and licence must be stated"),
        ("return [", "return [5, ", "carbon factor 5: is no CarbonFactor"),
    ],
)
def test_nonsense_instead_of_a_carbon_factor_is_one_warning(lab: Lab, old: str, new: str, reason: str) -> None:
    lab.install("kind", changed(FACTOR, old, new))
    (lab.project / "pyproject.toml").write_text('[tool.greenlint.carbon]\nzone = "DEU"\n')
    done = lab.python("-c", FACTOR_FOR)
    assert reason in one_warning(done.stderr)
    assert "zone='DEU', year=2025, convention='CO2e, life cycle, generation'" in done.stdout


def test_every_hook_is_in_the_manual_for_contributors() -> None:
    hooks = {name for name in vars(hookspecs) if name.startswith("greenlint_")}
    manual = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text()
    assert hooks == {word.strip("`") for word in manual.split() if word.startswith("`greenlint_")}
