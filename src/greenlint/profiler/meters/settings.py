"""`[tool.greenlint.machine.meter]`, validated: every mistake is named with its key and with what was probably meant."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.meters.devices import DEVICES, Device

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

SECTION = "[tool.greenlint.machine.meter]"

GAUGES = {"W": 1.0, "mW": 1e-3, "uW": 1e-6, "kW": 1e3}
"""Quantities that are a power, and their unit in W."""

COUNTERS = {"J": 1e6, "mJ": 1e3, "uJ": 1.0, "Wh": 3.6e9, "kWh": 3.6e12}
"""Quantities that are an energy counted up, and their unit in µJ."""

ACCURACY = 0.05
"""Relative standard uncertainty where the user states none: a convention of this project, not a calibration."""

MAX_W = 10_000.0

_PERIODS = {"file": 0.1, "http": 1.0, "redfish": 1.0, "prometheus": 15.0}
_KINDS = tuple(_PERIODS)
_OF_NETWORK = ("url", "user", "password_env", "verify")
_KEYS = {
    "kind": _KINDS, "device": _KINDS, "quantity": _KINDS, "period_s": _KINDS, "accuracy": _KINDS, "covers": _KINDS,
    "max_w": _KINDS, "range": _KINDS, "whole_machine": _KINDS,
    "path": ("file",), "column": ("file",), "field": ("http", "redfish"),
    **dict.fromkeys(_OF_NETWORK, _KINDS[1:]), "query": ("prometheus",), "series": ("prometheus",), "labels": ("prometheus",),
}  # fmt: skip


class MeterSettings(NamedTuple):
    """A meter as the user describes it.

    address   URL (no user name or password inside) or path; quantity  a key of GAUGES or COUNTERS
    field     JSON path; column  of the last line of a file, from 1; query, series  PromQL
    valid     JSON path of a flag that must be true, or ""; auth  "query" where the device wants the password in the URL
    period_s  how often the meter is asked; accuracy  relative standard uncertainty; max_w  no load exceeds it
    range_uj  the counter wraps to 0 above this, 0 when it never does
    whole_machine  devices such as GPUs are inside, and are not read beside it
    """

    kind: str
    device: str
    address: str
    quantity: str
    period_s: float
    accuracy: float
    covers: str
    max_w: float
    range_uj: int
    whole_machine: bool = True
    field: str = ""
    valid: str = ""
    column: int = 1
    query: str = ""
    series: str = ""
    user: str = ""
    password_env: str = ""
    auth: str = ""
    verify: str = ""

    @property
    def stale_s(self) -> float:
        """A meter that shows nothing new for this long is stale, s: three periods, but never less than a second."""
        return max(3 * self.period_s, 1.0)


def read_settings(table: object) -> MeterSettings:
    """The settings of the section. Raises ConfigError for the first wrong thing."""
    if not isinstance(table, dict):
        raise ConfigError(f"{SECTION} must be a table", 'kind = "http" and url = "http://…" are the least')
    _only_known(table)
    device = _device(table)
    kind = _one_of(table, "kind", _KINDS, device.kind)
    _belongs(table, kind)
    quantity = _one_of(table, "quantity", (*GAUGES, *COUNTERS), device.quantity or "W")
    unit = COUNTERS.get(quantity, 0.0)
    if "range" in table and not unit:
        raise _wrong(
            "range", f"a gauge in {quantity} does not wrap", "set quantity to the unit of the counter, or leave range out"
        )
    labels = _text(table, "labels")
    query = _text(table, "query") or device.query.format(labels=labels)
    return MeterSettings(
        kind=kind,
        device=_text(table, "device"),
        address=_address(table, kind, device),
        quantity=quantity,
        period_s=_number(table, "period_s", device.period_s or _PERIODS[kind], 0.01, 3600.0),
        accuracy=_number(table, "accuracy", ACCURACY, 1e-4, 1.0),
        covers=_text(table, "covers") or device.covers or "what the meter measures",
        max_w=_number(table, "max_w", MAX_W, 1.0, 1e8),
        range_uj=int(_number(table, "range", 0.0, 0.0, 1e12) * unit),
        whole_machine=_flag(table, "whole_machine", device.whole_machine),
        field=_field(table, kind, device),
        valid="" if "field" in table else device.valid,
        column=int(_number(table, "column", device.column, 1.0, 1000.0)),
        query=_needed(query, "query", kind, "prometheus", 'such as query = "scaph_host_power_microwatts"'),
        series=_text(table, "series") or ("" if "query" in table else device.series.format(labels=labels)) or query,
        user=_text(table, "user") or "admin",
        password_env=_text(table, "password_env"),
        auth=device.auth,
        verify=_text(table, "verify"),
    )


def _only_known(table: Mapping[str, Any]) -> None:
    for key in table:
        if key not in _KEYS:
            raise _wrong(str(key), "unknown key", _nearest(str(key), tuple(_KEYS)))


def _device(table: Mapping[str, Any]) -> Device:
    if "device" not in table:
        return Device("", "")
    return DEVICES[_one_of(table, "device", tuple(DEVICES), "")]


def _belongs(table: Mapping[str, Any], kind: str) -> None:
    for key in table:
        if kind not in _KEYS[key]:
            raise _wrong(key, f"does not belong to a meter of kind {kind!r}", f"it is for {', '.join(_KEYS[key])}")
    if "device" in table and DEVICES[table["device"]].kind != kind:
        raise _wrong("kind", f"{kind!r}, but a {table['device']} is {DEVICES[table['device']].kind!r}", "leave kind out")


def _address(table: Mapping[str, Any], kind: str, device: Device) -> str:
    if kind == "file":
        return _needed(_text(table, "path"), "path", kind, "file", "the file that shows the number")
    url = _needed(_text(table, "url"), "url", kind, kind, 'such as url = "http://192.168.1.20"')
    parts = _url_parts(url)
    if device.path and parts.path in ("", "/") and not parts.query:
        return url.rstrip("/") + device.path
    if kind == "redfish" and parts.path in ("", "/"):
        raise _wrong("url", "names no chassis", "such as https://HOST/redfish/v1/Chassis/1/EnvironmentMetrics")
    return url


def _url_parts(url: str) -> SplitResult:
    """The parts of an address that can be asked. Raises ConfigError for any other."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise _wrong("url", f"is no URL: {error}", "") from error
    if parts.scheme not in ("http", "https") or not host:
        raise _wrong("url", "must begin with http:// or https:// and name a host", "")
    if any(character.isspace() or ord(character) < 32 for character in url):
        raise _wrong("url", "has a space or a control character inside", "write a space as %20")
    if parts.username or parts.password:
        raise _wrong("url", "holds a user name or a password", "use user = … and password_env = NAME of a variable")
    return parts


def _field(table: Mapping[str, Any], kind: str, device: Device) -> str:
    field = _text(table, "field") or device.field
    if kind == "redfish" and not field:
        from greenlint.profiler.meters.redfish import field_of

        return field_of(_text(table, "url"), _text(table, "quantity") or "W")
    return _needed(field, "field", kind, "http", 'where in the answer the number is, such as field = "meters.0.power"')


def _needed(value: str, key: str, kind: str, needed_by: str, hint: str) -> str:
    if kind == needed_by and not value:
        raise _wrong(key, f"is missing: a meter of kind {kind!r} needs it", hint)
    return value


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise _wrong(key, f"must be a string, not {value!r}", "")
    return value


def _one_of(table: Mapping[str, Any], key: str, choices: tuple[str, ...], default: str) -> str:
    value = _text(table, key) or default
    if value not in choices:
        problem = f"{value!r} is unknown" if value else "is missing"
        raise _wrong(key, problem, _nearest(value, choices))
    return value


def _number(table: Mapping[str, Any], key: str, default: float, low: float, high: float) -> float:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or not low <= value <= high:
        raise _wrong(key, f"must be a number from {low:g} to {high:g}, not {value!r}", "")
    return float(value)


def _flag(table: Mapping[str, Any], key: str, default: bool) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise _wrong(key, f"must be true or false, not {value!r}", "")
    return value


def _nearest(value: str, choices: tuple[str, ...]) -> str:
    import difflib

    folded = {choice.lower(): choice for choice in choices}
    near = difflib.get_close_matches(value.lower(), folded, n=1)
    return f"did you mean {folded[near[0]]!r}?" if near else f"choose from {', '.join(choices)}"


def _wrong(key: str, problem: str, hint: str) -> ConfigError:
    return ConfigError(f"{SECTION} {key}: {problem}", hint)
