"""[tool.greenlint.machine.meter]: every mistake names its key and what was probably meant."""

from __future__ import annotations

from typing import Any

import pytest

from greenlint.errors import ConfigError
from greenlint.profiler.meters.settings import read_settings
from greenlint.profiler.meters.source import identity
from greenlint.profiler.providers.meter import UserMeter
from greenlint.profiler.selection import make_context

HTTP = {"kind": "http", "url": "http://plug/", "field": "power"}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("plug", "must be a table"),
        ({}, "kind: is missing (choose from file, http, redfish, prometheus)"),
        ({"knd": "http"}, "knd: unknown key (did you mean 'kind'?)"),
        ({**HTTP, "kind": "htpp"}, "kind: 'htpp' is unknown (did you mean 'http'?)"),
        ({**HTTP, "kind": 3}, "kind: must be a string, not 3"),
        ({**HTTP, "quantity": "w"}, "quantity: 'w' is unknown (did you mean 'W'?)"),
        ({**HTTP, "quantity": "horsepower"}, "quantity: 'horsepower' is unknown (choose from W, mW, uW, kW, J,"),
        ({"device": "shelly"}, "device: 'shelly' is unknown (did you mean 'shelly-gen"),
        ({"device": "tasmota"}, "url: is missing: a meter of kind 'http' needs it"),
        ({"device": "tasmota", "kind": "redfish", "url": "http://x"}, "but a tasmota is 'http' (leave kind out)"),
        ({"kind": "http", "url": "http://plug/"}, "field: is missing"),
        ({"kind": "prometheus", "url": "http://p:9090"}, "query: is missing"),
        ({"kind": "file"}, "path: is missing"),
        ({"kind": "file", "path": "x", "url": "http://x"}, "url: does not belong to a meter of kind 'file'"),
        ({**HTTP, "path": "x"}, "path: does not belong to a meter of kind 'http' (it is for file)"),
        ({**HTTP, "url": "plug.local"}, "url: must begin with http:// or https://"),
        ({**HTTP, "url": "file:///etc/passwd"}, "url: must begin with http:// or https://"),
        ({**HTTP, "url": "http://x:port/"}, "url: is no URL"),
        ({**HTTP, "url": "http://[::1/"}, "url: is no URL"),
        ({**HTTP, "url": "http://x/a b"}, "url: has a space"),
        ({**HTTP, "url": "http://x/\r\nHost: y"}, "url: has a space"),
        ({**HTTP, "url": "http://joe:pw@plug/"}, "url: holds a user name or a password"),
        ({"kind": "redfish", "url": "https://bmc"}, "url: names no chassis"),
        ({**HTTP, "period_s": 0}, "period_s: must be a number from 0.01 to 3600, not 0"),
        ({**HTTP, "period_s": True}, "period_s: must be a number"),
        ({**HTTP, "period_s": "1"}, "period_s: must be a number"),
        ({**HTTP, "accuracy": float("nan")}, "accuracy: must be a number"),
        ({**HTTP, "accuracy": 5}, "accuracy: must be a number from 0.0001 to 1, not 5"),
        ({**HTTP, "max_w": -1}, "max_w: must be a number"),
        ({**HTTP, "whole_machine": 1}, "whole_machine: must be true or false, not 1"),
        ({**HTTP, "range": 100}, "range: a gauge in W does not wrap"),
        ({**HTTP, "password": "secret"}, "password: unknown key (did you mean 'password_env'?)"),
    ],
    ids=lambda value: value[:44] if isinstance(value, str) else "",
)
def test_a_mistake_is_named_with_its_key(table: Any, message: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        read_settings(table)
    assert message in str(wrong.value)
    assert str(wrong.value).startswith("[tool.greenlint.machine.meter]")
    assert "secret" not in str(wrong.value) and "pw" not in str(wrong.value).replace("passw", "")


def test_a_mistake_is_a_refusal_of_the_probe_and_asks_nobody() -> None:
    probe = UserMeter().probe(make_context({"meter": {"knd": "http"}}))
    assert (probe.status, probe.remedy) == ("refused", "did you mean 'kind'?")


@pytest.mark.parametrize(("key", "value"), [("password_env", "GREENLINT_NO_SUCH_VARIABLE"), ("verify", "no-such-ca.pem")])
def test_what_the_settings_name_but_is_not_there_is_named(key: str, value: str) -> None:
    table = {**HTTP, "url": "https://127.0.0.1:1/", key: value}
    probe = UserMeter().probe(make_context({"meter": table}))
    assert probe.status == "refused" and value in probe.reason and key in probe.reason


def test_the_identity_tells_meters_apart_and_holds_no_secret() -> None:
    one = read_settings({**HTTP, "password_env": "P"})
    assert identity(one) != identity(read_settings({**HTTP, "field": "apower"}))
    assert identity(one) != identity(read_settings({**HTTP, "quantity": "kW"}))


def test_defaults_of_each_kind() -> None:
    assert read_settings(HTTP).period_s == 1.0
    assert read_settings({"kind": "file", "path": "x"}).period_s == 0.1
    assert read_settings(HTTP).accuracy == 0.05
    assert read_settings({**HTTP, "period_s": 10}).stale_s == 30
    assert read_settings({"device": "powerjoular", "path": "x"}).column == 3
