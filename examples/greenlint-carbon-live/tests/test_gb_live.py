"""The zone against a real server on this machine that gives recorded answers; no test reaches the network."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from greenlint_carbon_live import gb, greenlint_carbon_factors

RECORDED = Path(__file__).parent / "recorded"
NOON = datetime(2018, 1, 20, 12, 10, tzinfo=timezone.utc)


class Service:
    """A server of the recorded answers that counts how often it is asked."""

    def __init__(self) -> None:
        self.answer, self.status, self.delay, self.asked = (RECORDED / "intensity.json").read_bytes(), 200, 0.0, 0
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.asked += 1
                service.agent = self.headers["User-Agent"]
                self.send_response(service.status)
                self.end_headers()
                try:
                    for at in range(0, len(service.answer), 20):
                        time.sleep(service.delay)
                        self.wfile.write(service.answer[at : at + 20])
                except OSError:
                    pass  # the client has gone

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/intensity"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def service():
    running = Service()
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_the_answer_becomes_a_factor_that_says_what_it_means(service, tmp_path) -> None:
    factor = gb.current(service.address, tmp_path / "c.json", NOON)
    assert (factor.value_g_per_kwh, factor.low, factor.high) == pytest.approx((263, 184.1, 341.9))
    assert (factor.zone, factor.year, factor.basis, factor.unit) == ("GB-LIVE", 2018, "location", "g CO2/kWh")
    assert "2018-01-20T12:00Z" in factor.source and "actual" in factor.note
    assert service.agent == "greenlint-carbon-live/1.0"


def test_before_the_half_hour_is_over_the_forecast_is_taken_and_named(service, tmp_path) -> None:
    service.answer = (RECORDED / "intensity_without_actual.json").read_bytes()
    factor = gb.current(service.address, tmp_path / "c.json", NOON)
    assert factor.value_g_per_kwh == 266
    assert "forecast" in factor.note


def test_one_half_hour_is_one_question_and_the_next_is_another(service, tmp_path) -> None:
    cache = tmp_path / "deep" / "c.json"
    for minutes in (0, 5, 15):
        gb.current(service.address, cache, NOON + timedelta(minutes=minutes))
    assert service.asked == 1
    with pytest.raises(ValueError, match="not for now"):
        gb.current(service.address, cache, NOON + timedelta(hours=1))
    assert service.asked == 2


def test_a_torn_cache_or_one_that_cannot_be_written_is_no_harm(service, tmp_path) -> None:
    cache = tmp_path / "c.json"
    cache.write_bytes(b'{"data":[{"fr')
    assert gb.current(service.address, cache, NOON).value_g_per_kwh == 263
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert gb.current(service.address, blocked / "c.json", NOON).value_g_per_kwh == 263


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"<html>busy</html>", "Expecting value"),
        (b"[]", "not an answer"),
        (b'{"data":[]}', "not enough values"),
        (b'{"data":[{"from":"noon","to":"x","intensity":{"actual":1,"forecast":1}}]}', "does not match"),
        ((RECORDED / "intensity.json").read_bytes().replace(b"263", b"-5"), "is no carbon intensity"),
        ((RECORDED / "intensity.json").read_bytes().replace(b"263", b'"263"'), "is no carbon intensity"),
        ((RECORDED / "intensity.json").read_bytes().replace(b"263", b"NaN"), "is no carbon intensity"),
        (b" " * 70_000, "too long"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_the_reason(service, tmp_path, answer, reason) -> None:
    service.answer = answer
    with pytest.raises(ValueError, match=reason):
        gb.current(service.address, tmp_path / "c.json", NOON)
    assert not (tmp_path / "c.json").exists()


def test_an_error_of_the_server_and_a_closed_port_are_errors_of_the_system(service, tmp_path) -> None:
    service.status = 503
    with pytest.raises(OSError, match="503"):
        gb.current(service.address, tmp_path / "c.json", NOON)
    service.server.shutdown()
    service.server.server_close()
    with pytest.raises(OSError, match="refused"):
        gb.current(service.address, tmp_path / "c.json", NOON)


def test_a_server_that_drips_is_left_in_time(service) -> None:
    service.delay = 0.2
    before = time.monotonic()
    with pytest.raises(OSError, match="within 0.3 s|timed out"):
        gb.fetch(service.address, seconds=0.3)
    assert time.monotonic() - before < 2


def test_only_http_is_asked() -> None:
    with pytest.raises(ValueError, match="not an http address"):
        gb.fetch("file:///etc/hostname")


def test_the_plug_in_offers_one_live_zone_and_offering_asks_nothing() -> None:
    (live,) = greenlint_carbon_factors()
    assert (live.zone, live.fallback, live.fetch) == ("GB-LIVE", "GBR", gb.now)
