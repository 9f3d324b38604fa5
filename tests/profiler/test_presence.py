"""The automatic choice imports a provider only where it could be; none is forgotten, and every one can be asked for by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.profiler import power_unit, registry
from greenlint.profiler.presence import ENTRIES, possible
from greenlint.profiler.provider import FOUND, Probe, Provider
from greenlint.profiler.selection import choose, make_context

FILES = sorted(path.stem for path in (Path(registry.__file__).parent / "providers").glob("[!_]*.py"))
CLASSES = {name: provider for name, provider in registry.all_providers().items() if name not in registry._added}


def test_every_provider_of_ours_has_an_entry_that_says_what_the_class_says() -> None:
    assert sorted(name.replace("-", "_") for name in ENTRIES) == FILES
    assert {name: (entry.order, entry.beside) for name, entry in ENTRIES.items()} == {
        name: (provider.order, provider.beside) for name, provider in CLASSES.items()
    }
    assert [name for name, entry in ENTRIES.items() if bool(entry.traces) is (entry.order is None)] == []


def test_a_provider_that_the_settings_can_ask_for_is_looked_at_because_of_them() -> None:
    asking = {name for name, provider in CLASSES.items() if type(provider).asked_for is not Provider.asked_for}
    assert asking == {"meter", "hwmon"}
    for name in asking:
        assert possible(ENTRIES[name], make_context({name: {}}))


def test_the_event_that_is_looked_for_is_that_of_the_provider() -> None:
    assert ENTRIES["rapl-perf"].traces == (os.path.join(power_unit.UNIT, "events", "energy-pkg"),)


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("rapl-powercap", "GREENLINT_POWERCAP_ROOT"),
        ("hwmon", "GREENLINT_HWMON_ROOT"),
        ("battery", "GREENLINT_POWER_SUPPLY_ROOT"),
    ],
)
def test_a_tree_that_is_moved_is_looked_at(name: str, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, str(tmp_path))
    assert possible(ENTRIES[name], make_context({}))


def test_what_is_left_out_would_have_said_that_it_is_of_no_use_here() -> None:
    context = make_context({})
    for name, entry in ENTRIES.items():
        if entry.order is not None and not possible(entry, context):
            assert not CLASSES[name].probe(context).found


def test_other_systems_have_their_own() -> None:
    here = make_context({})
    for system, names in {"darwin": {"ioreport"}, "win32": {"emi", "nvml"}}.items():
        there = here._replace(machine=here.machine._replace(os=system))
        assert names <= {name for name, entry in ENTRIES.items() if possible(entry, there)}


def test_a_folder_with_nothing_in_it_is_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from greenlint.profiler.presence import Entry

    context = make_context({})
    folder = Entry(1, f"{tmp_path}/")
    assert not possible(folder, context)
    (tmp_path / "hwmon0").mkdir()
    assert possible(folder, context)
    assert not possible(Entry(1, f"{tmp_path}/none/"), context)


def test_a_session_with_the_model_imports_no_other_provider() -> None:
    code = """
import json, sys
from greenlint.profiler.meter import Meter
Meter.open("model").close()
print(json.dumps([name for name in sys.modules if name.startswith("greenlint.profiler.providers.")]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["greenlint.profiler.providers.model"]


def test_a_file_without_an_entry_is_a_provider_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tea_meter.py").write_text(
        "from greenlint.profiler.provider import FOUND, Probe\n"
        "from greenlint.profiler.providers.model import ModelProvider\n"
        "class TeaMeter(ModelProvider):\n"
        "    name, order = 'tea-meter', 1\n"
    )
    import greenlint.profiler.providers as package

    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    assert "tea-meter" in registry.all_providers()
    assert registry.candidates(make_context({}))[0].name == "tea-meter"
    assert choose("auto", self_check=False, settings={}).probes[0].name == "tea-meter"
    found = registry.find_provider("tea-meter")
    assert found is not None and found.name == "tea-meter"
    sys.modules.pop("greenlint.profiler.providers.tea_meter", None)


def test_a_provider_added_by_hand_stands_in_for_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mine(Provider):
        name, order = "model", 100

        def probe(self, context: object) -> Probe:
            return Probe(self.name, FOUND, "mine")

    monkeypatch.setattr(registry, "_added", {})
    registry.add_providers([Mine()])
    assert isinstance(registry.find_provider("model"), Mine)
    (one,) = [one for one in registry.candidates(make_context({})) if one.name == "model"]
    assert isinstance(one.provider, Mine)
