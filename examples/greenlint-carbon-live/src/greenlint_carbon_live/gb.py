"""The intensity of Great Britain in this half hour: asked for, checked, kept until the half hour is over."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

from greenlint.carbon.factors import CarbonFactor

ADDRESS = "https://api.carbonintensity.org.uk/intensity"
SECONDS = 3.0
"""The time limit of the whole answer: carbon must not make a report slow."""
MOST_BYTES = 65536
SPAN = (0.7, 1.3)
"""The half hour is known, the place in Great Britain is not: the regions differ. A convention."""


def now() -> CarbonFactor:
    """The factor of this half hour. Raises OSError or ValueError when there is none that can be trusted."""
    address = os.environ.get("GREENLINT_CARBON_LIVE_URL", ADDRESS)
    return current(address, _cache_file(), datetime.now(timezone.utc))


def current(address: str, cache: Path, moment: datetime) -> CarbonFactor:
    """The kept answer while its half hour lasts, else a fetched one."""
    try:
        return factor_from(cache.read_bytes(), moment)
    except (OSError, ValueError):
        pass  # no kept answer, or one of another half hour
    answer = fetch(address)
    factor = factor_from(answer, moment)
    _keep(cache, answer)
    return factor


def fetch(address: str, seconds: float = SECONDS) -> bytes:
    """The body at an address. Raises OSError when it does not come in time, ValueError when it is too long."""
    if not address.startswith(("https://", "http://")):
        raise ValueError(f"not an http address: {address!r}")
    end = time.monotonic() + seconds
    request = urllib.request.Request(address, headers={"User-Agent": "greenlint-carbon-live/1.0", "Accept": "application/json"})
    body = b""
    try:
        with urllib.request.urlopen(request, timeout=seconds) as response:
            while piece := response.read1(MOST_BYTES):
                body += piece
                if len(body) > MOST_BYTES:
                    raise ValueError("the answer is too long")
                if time.monotonic() > end:
                    raise TimeoutError(f"no whole answer within {seconds:g} s")
    except urllib.error.HTTPError as error:
        error.close()  # it is the answer as well, with an open connection
        raise
    return body


def factor_from(answer: bytes, moment: datetime) -> CarbonFactor:
    """The factor in an answer of the API. Raises ValueError when it is not one, or not one for this moment."""
    try:
        (period,) = json.loads(answer)["data"]
        start, end = (_time(period[key]) for key in ("from", "to"))
        intensity = period["intensity"]
        value = intensity["forecast"] if intensity["actual"] is None else intensity["actual"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an answer of the Carbon Intensity API: {error!r}") from error
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 2000:
        raise ValueError(f"{value!r} is no carbon intensity")
    if not start - timedelta(minutes=5) <= moment < end + timedelta(minutes=5):
        raise ValueError(f"the answer is for {period['from']} to {period['to']}, not for now")
    return CarbonFactor(
        value_g_per_kwh=float(value),
        low=value * SPAN[0],
        high=value * SPAN[1],
        zone="GB-LIVE",
        year=start.year,
        convention="CO2, direct, generation and imports",
        basis="location",
        source=f"Carbon Intensity API, National Energy System Operator, {period['from']} to {period['to']}",
        licence="CC BY 4.0",
        url="https://carbonintensity.org.uk",
        unit="g CO2/kWh",
        note=f"live: the half hour from {period['from']}, {'forecast' if intensity['actual'] is None else 'actual'}",
    )


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=timezone.utc)


def _keep(cache: Path, answer: bytes) -> None:
    """Write the answer in one step, so that nobody reads half of it; a folder that cannot be written is no reason to fail."""
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        draft = cache.with_name(f"{cache.name}.{os.getpid()}")
        draft.write_bytes(answer)
        os.replace(draft, cache)
    except OSError:
        pass


def _cache_file() -> Path:
    folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(folder) / "greenlint" / "carbon-gb-live.json"
