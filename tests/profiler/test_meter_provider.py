"""The user's meter over real local servers and files that show what the devices' documents say: truth in the interval."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from local_meter import Answer, Known, QuietClock, answer_json, prometheus, send, serve

from greenlint.config.loader import load_config
from greenlint.model.energy import Energy
from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.meter import UserMeter
from greenlint.profiler.selection import make_context
from greenlint.testing import check_provider

WATTS = 62.0
SECONDS = 2.6  # more than 25 periods: shorter windows are split by CPU time
PACE = {"period_s": 0.1, "max_w": 300}


def shelly_gen1(load: Known) -> dict[str, Any]:
    meter = {"power": load.watts, "overpower": 0.0, "is_valid": True, "timestamp": 1600439798, "counters": [0.0, 0.0, 0.0]}
    return {"relays": [{"ison": True}], "meters": [{**meter, "total": 102}], "uptime": 12345}


def shelly_gen2(load: Known) -> dict[str, Any]:
    energy = {"total": round(1234.567 + load.joules() / 3600, 9), "by_minute": [0.0, 0.0, 0.0], "minute_ts": 1684960207}
    return {"id": 0, "output": True, "apower": load.watts, "voltage": 236.4, "aenergy": energy, "temperature": {"tC": 37.5}}


def tasmota(load: Known) -> dict[str, Any]:
    energy = {"TotalStartTime": "2023-02-05T11:04:13", "Total": 1290.396, "Today": 0.173, "Power": load.watts, "Voltage": 230}
    return {"StatusSNS": {"Time": "2023-02-05T20:31:48", "ENERGY": energy}}


def redfish_power(load: Known) -> dict[str, Any]:
    control = {"MemberId": "0", "PowerConsumedWatts": load.watts, "PowerMetrics": {"AverageConsumedWatts": 587}}
    return {"@odata.id": "/redfish/v1/Chassis/1/Power", "PowerControl": [control]}


def environment(load: Known) -> dict[str, Any]:
    energy = {"DataSourceUri": "/redfish/v1/Chassis/1U/Sensors/Energy", "Reading": 3638 + load.joules() / 3.6e6}
    return {"PowerWatts": {"Reading": load.watts}, "EnergykWh": energy}


CHASSIS = "/redfish/v1/Chassis/1"
ENVIRONMENT = f"{CHASSIS}/EnvironmentMetrics"
# Name: path that must be asked for, shape of the answer, path in the URL that the user writes, the user's settings.
DEVICES: dict[str, tuple[str, Callable[[Known], dict[str, Any]], str, dict[str, Any]]] = {
    "shelly-gen1": ("/status", shelly_gen1, "", {"device": "shelly-gen1"}),
    "shelly-gen2": ("/rpc/Switch.GetStatus?id=0", shelly_gen2, "/", {"device": "shelly-gen2"}),
    "shelly-gen2-energy": ("/rpc/Switch.GetStatus?id=0", shelly_gen2, "", {"device": "shelly-gen2-energy"}),
    "tasmota": ("/cm?cmnd=Status%208", tasmota, "", {"device": "tasmota"}),
    "redfish-power": (f"{CHASSIS}/Power", redfish_power, f"{CHASSIS}/Power", {"kind": "redfish"}),
    "redfish-watts": (ENVIRONMENT, environment, ENVIRONMENT, {"kind": "redfish"}),
    "redfish-kwh": (ENVIRONMENT, environment, ENVIRONMENT, {"kind": "redfish", "quantity": "kWh"}),
    "http": ("/any", shelly_gen2, "/any", {"kind": "http", "field": "apower", "covers": "whole desktop at the plug"}),
}
FILES: dict[str, tuple[Callable[[Known], str], dict[str, Any]]] = {
    "watts": (lambda load: f"{load.watts}\n", {"kind": "file"}),
    "powerjoular": (lambda load: f"2026-05-04 10:00:00,0.31,{load.watts},0.0,0.0\n", {"device": "powerjoular"}),
    "scaphandre-vm": (lambda load: f"{int(5e9 + load.joules() * 1e6)}", {"device": "scaphandre-vm"}),
    "wrapping": (
        lambda load: f"{int(9e7 + load.joules() * 1e6) % 200_000_000}",
        {"kind": "file", "quantity": "uJ", "range": 199_999_999},
    ),
    "Wh": (lambda load: f"{load.joules() / 3600:.9f}\n", {"kind": "file", "quantity": "Wh"}),
    "J": (lambda load: f"{load.joules():.3f}\n", {"kind": "file", "quantity": "J"}),
    "kW": (lambda load: f"{load.watts / 1000}\n", {"kind": "file", "quantity": "kW"}),
}
SERIES: dict[str, dict[str, Any]] = {
    "kepler": {"device": "kepler"},
    "kepler-platform": {"device": "kepler-platform"},
    "scaphandre": {"device": "scaphandre", "labels": 'instance="a:8080"'},
    "scaphandre-energy": {"device": "scaphandre-energy"},
    "query": {"kind": "prometheus", "query": "node_hwmon_power_average_watt"},
}


def settings(**keys: Any) -> dict[str, Any]:
    return {"meter": {**PACE, **keys}}


@contextmanager
def keep_writing(files: dict[Path, Callable[[], str]]) -> Iterator[None]:
    """Files written anew every 20 ms, as the programs on a host do: truncated first, so that readers meet empty ones."""
    ended = threading.Event()

    def write() -> None:
        for path, content in files.items():
            path.write_text(content())

    def keep() -> None:
        while not ended.wait(0.02):
            write()

    write()
    thread = threading.Thread(target=keep)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class Seen(NamedTuple):
    """One meter's session: the energy of a window of known power, its true energy, and what the server was asked for."""

    energy: Energy
    truth_j: float
    invalid: str | None
    asked: set[str]


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Seen]]:
    """All meters side by side in one window, each in a session of its own."""
    folder, load = tmp_path_factory.mktemp("meters"), Known(WATTS)
    asked: dict[str, set[str]] = {}
    keys: dict[str, dict[str, Any]] = {}
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        for name, (_, shape, suffix, given) in DEVICES.items():
            url = stack.enter_context(serve(noting(asked.setdefault(name, set()), answer_json(partial(shape, load)))))
            keys[name] = {"url": url + suffix, **given}
        exporter = stack.enter_context(serve(prometheus(lambda expression: series_of(load)(expression))))
        keys |= {name: {"url": f"{exporter}/prefix/", **given} for name, given in SERIES.items()}
        keys |= {name: {"path": str(folder / name), **given} for name, (_, given) in FILES.items()}
        stack.enter_context(keep_writing({folder / name: partial(show, load) for name, (show, _) in FILES.items()}))
        with ThreadPoolExecutor(len(keys)) as pool:
            opened = {
                name: pool.submit(Meter.open, UserMeter(), settings=settings(**given), clock=QuietClock(allow_perf=False))
                for name, given in keys.items()
            }
            meters = {name: stack.enter_context(future.result()) for name, future in opened.items()}
            starts = {name: meter.read() for name, meter in meters.items()}
            time.sleep(SECONDS)
            ends = {name: meter.read() for name, meter in meters.items()}
            seen = {
                name: (
                    meter.energy(starts[name], ends[name], idle="wall"),
                    WATTS * (ends[name].t_ns - starts[name].t_ns) / 1e9,
                )
                for name, meter in meters.items()
            }
            list(pool.map(lambda meter: meter.close(), meters.values()))
        yield {name: Seen(*seen[name], meters[name].invalid, asked.get(name, set())) for name in meters}


@pytest.mark.parametrize("name", [*DEVICES, *FILES, *SERIES])
def test_a_known_power_is_inside_the_interval(name: str, sessions: dict[str, Seen]) -> None:
    energy, truth_j, invalid, _ = sessions[name]
    low, high = energy.interval
    assert invalid is None
    assert low <= truth_j <= high
    assert high - low < 0.35 * energy.energy_j
    assert (energy.method.value, energy.method.tier, energy.provider) == ("meter", "T1", "meter")


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_is_asked_for_the_path_of_its_documents(name: str, sessions: dict[str, Seen]) -> None:
    assert sessions[name].asked == {DEVICES[name][0]}


def test_the_boundary_is_what_the_user_says(sessions: dict[str, Seen]) -> None:
    assert sessions["http"].energy.boundary == "whole desktop at the plug (user's meter, AC side), idle included"


def noting(asked: set[str], answer: Answer) -> Answer:
    def note(handler: Any) -> None:
        asked.add(handler.path)
        answer(handler)

    return note


def series_of(load: Known) -> Callable[[str], list[tuple[dict[str, str], float, float]]]:
    """What an exporter on one node shows, scraped a moment ago; only the expressions below exist."""
    known = {
        'sum by (node_name) (kepler_node_cpu_joules_total{zone=~"package.*|dram.*",})': load.joules(),
        'kepler_node_cpu_joules_total{zone=~"package.*|dram.*",}': load.joules(),
        "sum by (instance) (kepler_node_platform_joules_total{})": load.joules(),
        "kepler_node_platform_joules_total{}": load.joules(),
        'scaph_host_power_microwatts{instance="a:8080"}': load.watts * 1e6,
        "scaph_host_energy_microjoules{}": load.joules() * 1e6,
        "node_hwmon_power_average_watt": load.watts,
    }
    return lambda expression: [({"instance": "a:8080"}, known[expression], 0.02)] if expression in known else []


def test_the_password_comes_from_the_environment_and_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUG_PASSWORD", "s3cret & more")
    asked: list[dict[str, list[str]]] = []

    def answer(handler: Any) -> None:
        asked.append(parse_qs(urlsplit(handler.path).query))
        send(handler, b"{}")

    with serve(answer) as url:
        keys = settings(device="tasmota", url=url, password_env="PLUG_PASSWORD")
        probe = check_provider(UserMeter(), settings=keys)
    assert asked[0]["password"] == ["s3cret & more"] and asked[0]["user"] == ["admin"]
    assert "s3cret" not in repr(probe)


@pytest.mark.parametrize("scheme", ["Basic", "MD5", "SHA-256"])
def test_a_meter_that_asks_for_a_password_gets_it(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shelly's second generation asks with Digest and SHA-256, management controllers with Basic."""
    monkeypatch.setenv("METER_PASSWORD", "hunter2")
    digest = f'Digest realm="shelly", qop="auth", nonce="60dc2c69", algorithm={scheme}'
    challenge = 'Basic realm="bmc"' if scheme == "Basic" else digest

    def answer(handler: Any) -> None:
        given = handler.headers.get("Authorization", "")
        if not right(given, scheme):
            send(handler, b"", 401, WWW_Authenticate=challenge)
        else:
            send(handler, b'{"power": 62.0}')

    keys = {"kind": "http", "field": "power", "user": "joe", "password_env": "METER_PASSWORD"}
    with serve(answer) as url:
        good = UserMeter().probe(context_of(url=f"{url}/x", **keys))
        monkeypatch.setenv("METER_PASSWORD", "wrong")
        bad = UserMeter().probe(context_of(url=f"{url}/x", **keys))
    assert good.found, good
    assert bad.status == "refused" and "refuses the user name or the password" in bad.reason


def right(given: str, scheme: str) -> bool:
    """Checks an Authorization header as a server does (RFC 7617, RFC 7616)."""
    import base64
    import hashlib
    import re

    kind, _, rest = given.partition(" ")
    if kind == "Basic":
        return scheme == "Basic" and base64.b64decode(rest) == b"joe:hunter2"
    if kind != "Digest" or scheme == "Basic":
        return False
    fields = {name: quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^,\s]+))', rest)}
    algorithm = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}[scheme]

    def digest(text: str) -> str:
        return algorithm(text.encode()).hexdigest()

    one, two = digest(f"joe:{fields['realm']}:hunter2"), digest(f"GET:{fields['uri']}")
    middle = f"{fields['nonce']}:{fields['nc']}:{fields['cnonce']}:auth"
    return fields["response"] == digest(f"{one}:{middle}:{two}")


def context_of(**keys: Any) -> Any:
    return make_context(settings(**keys))


def test_the_contract_holds_with_a_meter_and_without_one() -> None:
    with serve(answer_json(lambda: {"power": WATTS})) as url:
        found = check_provider(UserMeter(), settings=settings(kind="http", url=url, field="power"))
    assert found.found and found.reason == "shows 62 W" and found.facts["accuracy"].endswith("(a convention: none was stated)")
    absent = check_provider(UserMeter())
    assert (absent.status, absent.reason) == ("unavailable", "no meter is configured")
    assert "docs/meter.md" in absent.remedy


def test_a_configured_meter_is_chosen_first_and_holds_the_devices_inside() -> None:
    with serve(answer_json(lambda: {"power": WATTS})) as url:
        with Meter.open(settings=settings(kind="http", url=url, field="power")) as meter:
            assert meter.provider == "meter"
            assert {probe.name for probe in meter.probes} >= {"meter"}
    for device, contains in (("shelly-gen2", True), ("kepler", False), ("kepler-platform", True)):
        assert UserMeter().contains_devices(context_of(device=device, url=url)) is contains
    assert UserMeter().contains_devices(context_of(device="kepler", url=url, whole_machine=True))


def test_without_a_configured_meter_nothing_of_it_is_imported_and_no_socket_is_opened() -> None:
    import subprocess
    import sys

    code = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("a socket was opened")
socket.socket.__init__ = refuse
from greenlint.profiler.meter import Meter
with Meter.open() as meter:
    meter.read()
print(sorted(name for name in sys.modules if "profiler.meters" in name or name == "urllib.request"))
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, env={**os.environ})
    assert done.stdout.strip() == "[]", done.stderr


EXAMPLES = re.findall(r"```toml\n(.*?)```", (Path(__file__).parents[2] / "docs" / "meter.md").read_text("utf-8"), re.DOTALL)


def documented(handler: Any) -> None:
    """A network with every device of docs/meter.md in it."""
    load = Known(WATTS)
    path, _, query = handler.path.partition("?")
    shapes: dict[str, Callable[[Known], dict[str, Any]]] = {
        "/rpc/Switch.GetStatus": shelly_gen2,
        "/cm": tasmota,
        "/api/power": lambda load: {"sensors": [{"watts": load.watts}]},
        ENVIRONMENT: environment,
    }
    if path == "/api/v1/query":
        assert "builder-1" in query
        prometheus(lambda _: [({}, WATTS, 1.0)])(handler)
    else:
        answer_json(partial(shapes[path], load))(handler)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n")[1])
def test_the_examples_of_the_documentation_work_word_for_word(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the addresses are moved to this machine."""
    (tmp_path / "watts").write_text("62.0\n")
    (tmp_path / "energy_uj").write_text("62000000\n")
    monkeypatch.setenv("PLUG_PASSWORD", "x")
    monkeypatch.setenv("BMC_PASSWORD", "x")
    with serve(documented) as url:
        moved = re.sub(r'"https?://[^/"]+', f'"{url}', example).replace("/mnt/power", str(tmp_path))
        file = tmp_path / "pyproject.toml"
        file.write_text(moved, "utf-8")
        config = load_config(str(tmp_path))
        if "replay" in config.machine:
            assert list(config.machine) == ["replay"]
            return
        probe = UserMeter().probe(make_context(config.machine))
    assert probe.found, probe.reason
    assert probe.reason in ("shows 62 W", "shows 62 J", "shows 6.2e+07 uJ")


def test_every_kind_and_device_is_documented() -> None:
    from greenlint.profiler.meters.devices import DEVICES as known
    from greenlint.profiler.meters.settings import _KEYS

    text = (Path(__file__).parents[2] / "docs" / "meter.md").read_text("utf-8")
    assert [name for name in (*known, *_KEYS) if f"`{name}`" not in text] == []


def test_a_configured_meter_that_cannot_be_read_is_never_replaced_in_silence(tmp_path: Path) -> None:
    settings = {"meter": {"kind": "file", "path": str(tmp_path / "none"), "quantity": "W"}}
    meter = Meter.open("auto", settings=settings)
    warnings = meter.close()
    assert any(text.startswith("meter is configured, but not used:") for text in warnings)
