"""The worked plug-in for live intensity, installed as an installer would, against a server on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from greenlint.carbon.factors import CarbonFactor, factor_for
from greenlint.carbon.live import LiveFactor
from greenlint.config.schema import CarbonConfig

EXAMPLE = Path(__file__).parents[2] / "examples" / "greenlint-carbon-live"
RECORDED = EXAMPLE / "tests" / "recorded" / "intensity.json"
SHOW = """
import json, sys
from greenlint.carbon.factors import factor_for
from greenlint.config.schema import CarbonConfig
factor = factor_for(CarbonConfig(zone=sys.argv[1] or None))
print(json.dumps([factor.zone, factor.value_g_per_kwh, factor.note, "urllib.request" in sys.modules]))
"""


class Service:
    """Gives the recorded answer as that of this half hour, and counts the questions."""

    def __init__(self) -> None:
        self.asked = 0
        service = self
        now = datetime.now(timezone.utc)
        start, end = (f"{now + timedelta(minutes=minutes):%Y-%m-%dT%H:%MZ}" for minutes in (-10, 20))
        text = RECORDED.read_text("utf-8").replace("2018-01-20T12:00Z", start).replace("2018-01-20T12:30Z", end)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.asked += 1
                self.send_response(200)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/intensity"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def stop(self) -> None:
        """Close the port; twice is no harm."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.stop()


def show(folder: Path, zone: str, address: str) -> tuple[list[object], str]:
    """What `factor_for` gives in a fresh interpreter with the plug-in installed, and its stderr."""
    site = folder / "site"
    info = site / "greenlint_carbon_live-1.0.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: greenlint-carbon-live\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[greenlint]\ncarbon-live = greenlint_carbon_live\n")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(site), str(EXAMPLE / "src")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "XDG_CACHE_HOME": str(folder / "cache"),
        "GREENLINT_CARBON_LIVE_URL": address,
        "no_proxy": "127.0.0.1",
    }
    environment.pop("GREENLINT_NO_PLUGINS", None)
    command = [sys.executable, "-W", "error", "-c", SHOW, zone]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=60)
    return json.loads(done.stdout), done.stderr


def test_own_server_is_asked_once_a_half_hour_and_only_for_its_zone(service: Service, tmp_path: Path) -> None:
    yearly = factor_for(CarbonConfig(zone="GBR")).value_g_per_kwh
    (zone, value, *_), stderr = show(tmp_path, "GB", service.address)
    assert (zone, value, stderr, service.asked) == ("GBR", yearly, "", 0)
    for _ in range(2):
        (zone, value, note, _), stderr = show(tmp_path, "gb-live", service.address)
        assert (zone, value, stderr, service.asked) == ("GB-LIVE", 263.0, "", 1)
        assert str(note).startswith("live: the half hour from")


def test_own_server_that_is_gone_is_one_line_and_the_yearly_factor(service: Service, tmp_path: Path) -> None:
    yearly = factor_for(CarbonConfig(zone="GBR"))
    service.stop()
    (zone, value, note, _), stderr = show(tmp_path, "GB-LIVE", service.address)
    assert (zone, value) == ("GBR", yearly.value_g_per_kwh)
    assert "could not be fetched" in str(note)
    (line,) = stderr.splitlines()
    assert line.startswith("greenlint: warning: GB-LIVE could not be fetched (URLError")
    assert "yearly factor of GBR instead" in line


def test_own_server_tests_of_the_example_pass() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", str(EXAMPLE / "tests")]
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLE / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "is no CarbonFactor"),
        (CarbonFactor(5.0, 6.0, 7.0, "X", 2026, "c", "location", "s", "l"), "not in this order"),
        (CarbonFactor(5.0, 4.0, 7.0, "X", 2026, "c", "location", "", "l"), "source must be stated"),
        (OSError("no network\nhere"), "OSError: no network here"),
    ],
)
def test_whatever_a_live_zone_gives_the_yearly_factor_stands_in(
    answer: object, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def fetch() -> CarbonFactor:
        if isinstance(answer, Exception):
            raise answer
        return answer  # type: ignore[return-value]

    yearly = factor_for(CarbonConfig(zone="GBR"))
    found = LiveFactor("GB-LIVE", fetch, "GBR").now(lambda: yearly)
    assert (found.value_g_per_kwh, found.low, found.zone) == (yearly.value_g_per_kwh, yearly.low, "GBR")
    assert reason in found.note
    (line,) = capsys.readouterr().err.splitlines()
    assert reason in line
